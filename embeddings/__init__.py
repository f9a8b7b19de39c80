"""What Dateline knows of numbers: turning text into vectors and finding the nearest ones."""
