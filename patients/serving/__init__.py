"""How readers who are not signed in are served: bytes made once, looked up by one query."""
