"""Files that a reader takes away. Objects in, bytes out: no query, no request."""
