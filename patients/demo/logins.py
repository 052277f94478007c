"""One login a role, for the demo on the loopback address and nowhere else."""

from django.conf import settings
from django.contrib.auth.models import Group, User

from patients.roles import ADMIN, CURATOR, ROLES

DEMO_LOGINS: list[tuple[str, str, str]] = [(role, role, f"{role}-demo") for role in ROLES]
"""Role, user name, password."""


def ensure_logins() -> int:
    """Makes the logins that are missing and says how many. Raises RuntimeError outside the demo."""
    if not settings.DEMO:
        raise RuntimeError("Demo logins are made in demo mode only.")
    made = 0
    for role, username, password in DEMO_LOGINS:
        if User.objects.filter(username=username).exists():
            continue
        user = User.objects.create_user(username=username, password=password)
        user.is_staff = role in (CURATOR, ADMIN)
        user.save(update_fields=["is_staff"])
        user.groups.add(Group.objects.get(name=role))
        made += 1
    return made
