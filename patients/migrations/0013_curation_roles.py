"""What the roles may do in curation; kept as it stood when this was written."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

APPS = ("auth", "contenttypes", "literature", "patients", "mfa", "axes")
PROPOSER = {"patients.propose_case", "patients.propose_revision"}
CURATOR = PROPOSER | {
    "patients.decide_revision",
    "patients.clear_finding",
    "patients.publish_case",
    "patients.withdraw_case",
    "patients.view_statuschange",
    "patients.view_casereview",
    "literature.view_history",
    "literature.revert_change",
}
KEEPS_ACCOUNTS = {
    "mfa.view_authenticator",
    "mfa.delete_authenticator",
    "axes.view_accessattempt",
    "axes.delete_accessattempt",
}
GROUPS = {
    "clinician": {"patients.propose_case"},
    "researcher": PROPOSER,
    "curator": CURATOR,
    "admin": CURATOR | KEEPS_ACCOUNTS,
}
BEFORE = {"patients.publish_case"}
"""Given by an earlier migration: stays when this one is taken back."""


def of_groups(apps):
    # Permissions are made after all migrations; on a new database these are not there yet.
    for label in APPS:
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    known = {
        f"{row.content_type.app_label}.{row.codename}": row
        for row in apps.get_model("auth", "Permission").objects.select_related("content_type")
    }
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        yield group, known, GROUPS[group.name]


def allow(apps, schema_editor):
    for group, known, names in of_groups(apps):
        group.permissions.add(*(known[name] for name in sorted(names)))


def disallow(apps, schema_editor):
    for group, known, names in of_groups(apps):
        group.permissions.remove(*(known[name] for name in sorted(names - BEFORE)))


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0012_history"),
        ("literature", "0006_history"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("axes", "0010_accessattemptexpiration"),
    ]
    operations = [migrations.RunPython(allow, disallow)]
