"""The groups, with their permissions; kept as they stood when this was written."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

CASE_PARTS = ("case", "event", "imagingfinding", "lesion", "measurement", "citation", "patient")
LITERATURE = ("reference", "sourcetext", "studyfact", "referencelistitem")


def permissions(app, models, *verbs):
    return {(app, f"{verb}_{model}") for model in models for verb in verbs}


RESEARCHER = permissions("literature", LITERATURE, "add", "view") | permissions(
    "patients", ("citation",), "add", "view"
)
CURATOR = (
    permissions("literature", LITERATURE, "add", "change", "delete", "view")
    | permissions("patients", (*CASE_PARTS, "term"), "add", "change", "delete", "view")
    | permissions("patients", ("caseversion",), "view")
    | {("patients", "view_unpublished"), ("patients", "publish_case")}
)
ADMIN = CURATOR | permissions("auth", ("user", "group"), "add", "change", "delete", "view")
GROUPS = {"clinician": set(), "researcher": RESEARCHER, "curator": CURATOR, "admin": ADMIN}


def make_groups(apps, schema_editor):
    # Permissions are made after all migrations; on a new database these are not there yet.
    for label in ("auth", "contenttypes", "literature", "patients"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    known = {
        (row.content_type.app_label, row.codename): row
        for row in Permission.objects.select_related("content_type")
    }
    for name, wanted in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(known[key] for key in wanted)


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0002_rows_of_one_case"),
        ("literature", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_groups, remove_groups)]
