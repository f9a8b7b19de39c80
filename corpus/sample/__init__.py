"""Articles written for this project, so that the first question has something to be asked of."""
