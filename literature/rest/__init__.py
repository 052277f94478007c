"""What the REST interfaces of both apps share: bodies, queries, errors, preconditions, schema."""
