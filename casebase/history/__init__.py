"""Pages of history that belong to no app: of everything, and of accounts."""
