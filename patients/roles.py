"""Who may do what: the groups that a migration makes, and their permissions.

A reader is anybody who is not signed in and needs no group.
"""

from typing import Final

CLINICIAN: Final = "clinician"
RESEARCHER: Final = "researcher"
CURATOR: Final = "curator"
ADMIN: Final = "admin"
ROLES: Final = (CLINICIAN, RESEARCHER, CURATOR, ADMIN)
