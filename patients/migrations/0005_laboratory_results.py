"""Laboratory results, who may write them, and labels in Chinese."""

import django.db.models.deletion
from django.contrib.auth.management import create_permissions
from django.db import migrations, models
from django.db.models import F, Q

import literature.public_ids

LIMIT = 10**10
ROLES = ("curator", "admin")
VERBS = ("add", "change", "delete", "view")
KINDS = [
    ("patient", "Patient"),
    ("event", "Event"),
    ("imaging_finding", "Imaging finding"),
    ("measurement", "Measurement"),
    ("result", "Laboratory result"),
    ("citation", "Citation"),
]


def number(verbose_name, **options):
    return models.DecimalField(
        decimal_places=4, max_digits=14, verbose_name=verbose_name, **options
    )


def finite(field):
    return Q(**{f"{field}__isnull": True}) | Q(
        **{f"{field}__gt": -LIMIT, f"{field}__lt": LIMIT},
    )


def label_zh():
    return models.CharField(blank=True, max_length=200, verbose_name="label in Chinese")


def role_permissions(apps):
    """The permissions on results, made here where the database is new: else they come too late."""
    config = apps.get_app_config("patients")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    return apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="patients",
        codename__in=[f"{verb}_laboratoryresult" for verb in VERBS],
    )


def allow(apps, schema_editor):
    wanted = role_permissions(apps)
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.add(*wanted)


def disallow(apps, schema_editor):
    wanted = role_permissions(apps)
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.remove(*wanted)


OF_SAME_CASE = migrations.RunSQL(
    "ALTER TABLE patients_laboratoryresult ADD CONSTRAINT laboratoryresult_event_of_same_case "
    "FOREIGN KEY (event_id, case_id) REFERENCES patients_event (id, case_id) "
    "DEFERRABLE INITIALLY DEFERRED",
    "ALTER TABLE patients_laboratoryresult DROP CONSTRAINT laboratoryresult_event_of_same_case",
)
# What the API lists of an event has its new fields, empty; what was published stays as it is.
LISTED_EVENTS = migrations.RunSQL(
    """UPDATE patients_listeditem SET data = '{"results": [], "label_zh": ""}'::jsonb || data
    WHERE kind = 'event'""",
    """DELETE FROM patients_listeditem WHERE kind = 'result';
    UPDATE patients_listeditem SET data = data - 'results' - 'label_zh' WHERE kind = 'event'""",
)


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0004_case_edit"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.AddField("event", "label_zh", label_zh()),
        migrations.AddField("lesion", "label_zh", label_zh()),
        migrations.CreateModel(
            name="LaboratoryResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=literature.public_ids.new_public_id,
                        editable=False,
                        max_length=10,
                        unique=True,
                        verbose_name="id",
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Order within the report, from 0; settles what time leaves open",
                    ),
                ),
                (
                    "analyte",
                    models.CharField(help_text="Such as chromogranin A", max_length=100),
                ),
                (
                    "comparator",
                    models.CharField(
                        blank=True,
                        choices=[("<", "<"), (">", ">"), ("≤", "≤"), ("≥", "≥")],
                        max_length=1,
                    ),
                ),
                ("value", number("value")),
                (
                    "unit",
                    models.CharField(blank=True, help_text="Empty for a ratio", max_length=30),
                ),
                ("reference_low", number("reference range from", blank=True, null=True)),
                ("reference_high", number("reference range to", blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to="patients.case",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="results",
                        to="patients.event",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patients.term",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "pk"),
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(comparator__in=["", "<", ">", "≤", "≥"]),
                        name="result_comparator_known",
                    ),
                    models.CheckConstraint(
                        condition=finite("value")
                        & finite("reference_low")
                        & finite("reference_high"),
                        name="result_numbers_finite",
                        violation_error_message="A value and its reference range are numbers below "
                        "ten thousand million.",
                    ),
                    models.CheckConstraint(
                        condition=Q(reference_low__isnull=True)
                        | Q(reference_high__isnull=True)
                        | Q(reference_low__lte=F("reference_high")),
                        name="result_reference_low_to_high",
                        violation_error_message="A reference range has its low end first.",
                    ),
                ],
            },
        ),
        OF_SAME_CASE,
        migrations.RemoveConstraint("listeditem", "listed_item_kind_known"),
        migrations.AlterField(
            "listeditem", "kind", models.CharField(choices=KINDS, max_length=16)
        ),
        migrations.AddConstraint(
            "listeditem",
            models.CheckConstraint(
                condition=Q(kind__in=[kind for kind, _ in KINDS]), name="listed_item_kind_known"
            ),
        ),
        LISTED_EVENTS,
        migrations.RunPython(allow, disallow),
    ]
