"""What Dateline knows of text: reading, cleaning, splitting, storing, who said what.

Nothing here knows vectors, questions or people.
"""
