"""Words to search by: how text is cut and folded, how a query is read, how hits are marked."""
