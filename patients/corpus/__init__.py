"""Synthetic case documents of any number, for measurement. Pure; nothing here knows the database.

They tell of nobody: every record says so in its title, and a base of them holds nothing else.
"""
