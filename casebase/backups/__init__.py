"""Backups: a folder with a dump of the database, the media and a manifest of sums, taken while the
site runs, and put back as a whole or not at all.

`python -m casebase.backups` is the command.
"""


class BackupError(Exception):
    """What was asked for was not done, and nothing was left behind; the message says why."""
