"""What is brought in: bytes to entries, one file per format. Nothing here knows the database."""
