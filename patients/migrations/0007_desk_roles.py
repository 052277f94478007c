"""What the roles may do at the reference desk; kept as it stood when this was written."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

OWN = ("import", "importrow", "origin")
PUT_RIGHT = ("duplicatepair", "merge", "notice", "otheridentifier", "relation")


def permissions(models, *verbs):
    return {f"{verb}_{model}" for model in models for verb in verbs}


RESEARCHER = permissions(OWN, "add", "view")
CURATOR = permissions((*OWN, *PUT_RIGHT), "add", "change", "delete", "view")
GROUPS = {"researcher": RESEARCHER, "curator": CURATOR, "admin": CURATOR}


def of_groups(apps):
    # Permissions are made after all migrations; on a new database these are not there yet.
    for label in ("auth", "contenttypes", "literature"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    known = {
        row.codename: row
        for row in apps.get_model("auth", "Permission").objects.filter(
            content_type__app_label="literature"
        )
    }
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        yield group, [known[name] for name in sorted(GROUPS[group.name])]


def allow(apps, schema_editor):
    for group, wanted in of_groups(apps):
        group.permissions.add(*wanted)


def disallow(apps, schema_editor):
    for group, wanted in of_groups(apps):
        group.permissions.remove(*wanted)


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0006_quotes"),
        ("literature", "0005_quotes"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(allow, disallow)]
