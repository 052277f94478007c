"""Records that may be of one work: compared purely, found by the database, decided by people."""
