"""The histories of cases and terms, and taking changes back."""
