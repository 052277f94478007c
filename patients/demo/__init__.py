"""The demo knowledge base: data files in `demo/` become records, once."""
