"""What Dateline knows of questions: index time, question time, answers and their citations."""
