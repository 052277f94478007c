"""Derived results that a curator set aside, and who may do so."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.models import Q

import literature.public_ids
from literature.history.operations import Watch

ROWS = ["case", "event", "finding", "lesion", "result", "citation"]
OF_A_CASE = {"patients_case": ["case_id"]}
GROUPS = ("curator", "admin")


def groups_and_permission(apps):
    # Permissions are made after all migrations; on a new database these are not there yet.
    config = apps.get_app_config("patients")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    permission = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="patients", codename="set_aside_derived"
    )
    return apps.get_model("auth", "Group").objects.filter(name__in=GROUPS), permission


def allow(apps, schema_editor):
    groups, permission = groups_and_permission(apps)
    for group in groups:
        group.permissions.add(permission)


def disallow(apps, schema_editor):
    groups, permission = groups_and_permission(apps)
    for group in groups:
        group.permissions.remove(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0013_curation_roles"),
        ("literature", "0006_history"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="DerivedSetAside",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=literature.public_ids.new_public_id, editable=False, max_length=10, unique=True, verbose_name="id")),
                ("rule", models.CharField(help_text="Key of the rule", max_length=20)),
                ("subject", models.CharField(help_text="What the result is about", max_length=40)),
                ("reason", models.CharField(max_length=300)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="derived_set_asides", to="patients.case")),
                ("undone_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "derived result set aside",
                "verbose_name_plural": "derived results set aside",
                "ordering": ("-at", "-pk"),
                "permissions": [("set_aside_derived", "Can set derived results aside")],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(condition=Q(undone_at__isnull=True), fields=["case", "rule", "subject"], name="set_aside_stands_once"),
                    models.CheckConstraint(condition=~Q(reason=""), name="set_aside_has_reason"),
                    models.CheckConstraint(condition=Q(rule__regex="^[a-z0-9_]+$"), name="set_aside_rule_pattern"),
                    models.CheckConstraint(condition=Q(subject__regex=r"^(event|finding|lesion)-[0-9A-HJKMNP-TV-Z]{10}(\.(event|finding|lesion)-[0-9A-HJKMNP-TV-Z]{10})?$"), name="set_aside_subject_pattern"),
                    models.CheckConstraint(condition=Q(undone_at__isnull=False) | Q(undone_by__isnull=True), name="set_aside_undone_has_time"),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="clearing", name="clearing_row_kind_known"),
        migrations.AlterField(
            model_name="clearing",
            name="row_kind",
            field=models.CharField(choices=[("case", "Case"), ("event", "Event"), ("finding", "Finding"), ("lesion", "Lesion"), ("result", "Laboratory result"), ("citation", "Citation"), ("derived", "Derived result set aside")], max_length=10),
        ),
        migrations.AddConstraint(
            model_name="clearing",
            constraint=models.CheckConstraint(condition=Q(row_kind__in=[*ROWS, "derived"]), name="clearing_row_kind_known"),
        ),
        Watch("patients_derivedsetaside", part_of=OF_A_CASE),
        migrations.RunPython(allow, disallow),
    ]
