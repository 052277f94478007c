"""The groups that migrations made. A test that empties the database takes them with it."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

_known: dict[str, list[tuple[str, str]]] = {}


def remember() -> None:
    """Called once the test database is made."""
    for group in Group.objects.prefetch_related("permissions__content_type"):
        _known[group.name] = [
            (row.content_type.app_label, row.codename) for row in group.permissions.all()
        ]


def put_back() -> None:
    """Makes the groups again that are missing, with their permissions."""
    missing = set(_known) - set(Group.objects.values_list("name", flat=True))
    if not missing:
        return
    ContentType.objects.clear_cache()
    for app in apps.get_app_configs():
        create_permissions(app, verbosity=0)
    permissions = {
        (row.content_type.app_label, row.codename): row
        for row in Permission.objects.select_related("content_type")
    }
    for name in sorted(missing):
        Group.objects.create(name=name).permissions.set(permissions[key] for key in _known[name])
