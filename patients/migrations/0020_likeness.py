"""Which published cases are like each other, and which two cases may be of one patient."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

import literature.public_ids
from literature.history.operations import Watch

GROUPS = ("curator", "admin")
CODENAMES = ("change_samepatientpair", "view_samepatientpair")


def deciding(apps):
    """The permissions to decide which cases are of one patient, and the groups that may."""
    # Permissions are made after all migrations; on a new database these are not there yet.
    config = apps.get_app_config("patients")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    of_pairs = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="patients", codename__in=CODENAMES
    )
    return of_pairs, apps.get_model("auth", "Group").objects.filter(name__in=GROUPS)


def allow(apps, schema_editor):
    permissions, groups = deciding(apps)
    for group in groups:
        group.permissions.add(*permissions)


def disallow(apps, schema_editor):
    permissions, groups = deciding(apps)
    for group in groups:
        group.permissions.remove(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0019_prepared_answers"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseFeatures",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="features",
                        serialize=False,
                        to="patients.case",
                    ),
                ),
                (
                    "checksum",
                    models.CharField(help_text="Of the version when it was made", max_length=64),
                ),
                (
                    "rules",
                    models.PositiveSmallIntegerField(
                        help_text="Number of the rules it was made by"
                    ),
                ),
                ("features", models.JSONField(help_text="See patients.likeness.model.Features")),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(),
                        help_text="See patients.likeness.codes",
                        size=None,
                    ),
                ),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["codes"], name="case_features_codes"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NearestCases",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="nearest",
                        serialize=False,
                        to="patients.case",
                    ),
                ),
                (
                    "cases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        default=list,
                        help_text="Keys of cases",
                        size=None,
                    ),
                ),
                (
                    "cited",
                    models.JSONField(
                        default=dict,
                        help_text="By the id of a study, how many cases cite it; up to a bound",
                    ),
                ),
                ("found_at", models.DateTimeField(null=True)),
                ("is_stale", models.BooleanField(default=True)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["cases"], name="nearest_cases_named"
                    ),
                    models.Index(
                        models.F("case"),
                        condition=models.Q(("is_stale", True)),
                        name="nearest_cases_stale",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PatientTrace",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="trace",
                        serialize=False,
                        to="patients.case",
                    ),
                ),
                (
                    "listed_at",
                    models.DateTimeField(help_text="Of the working listing when it was made"),
                ),
                (
                    "rules",
                    models.PositiveSmallIntegerField(
                        help_text="Number of the rules it was made by"
                    ),
                ),
                ("trace", models.JSONField(help_text="See patients.likeness.trace.Trace")),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(),
                        help_text="See patients.likeness.trace",
                        size=None,
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["keys"], name="patient_trace_keys"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SamePatientPair",
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
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300), help_text="In words", size=None
                    ),
                ),
                ("weight", models.PositiveSmallIntegerField(help_text="How much speaks for it")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be decided"),
                            ("later", "Put off"),
                            ("same", "The same patient"),
                            ("distinct", "Not the same patient"),
                        ],
                        default="open",
                        editable=False,
                        max_length=8,
                    ),
                ),
                ("moved", models.JSONField(blank=True, default=dict)),
                ("found_at", models.DateTimeField(auto_now_add=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="patients.case",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whose both cases are, once that is decided",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="patients.patient",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="patients.case",
                    ),
                ),
            ],
            options={
                "ordering": ("-weight", "pk"),
                "indexes": [
                    models.Index(fields=["state", "-weight"], name="same_patient_pair_queue")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("first", "second"), name="same_patient_pair_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="same_patient_pair_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("public_id__regex", "^[0123456789ABCDEFGHJKMNPQRSTVWXYZ]{10}$")
                        ),
                        name="same_patient_pair_public_id_pattern",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "later", "same", "distinct"])),
                        name="same_patient_pair_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("state", "open"),
                            ),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="same_patient_pair_decided_has_time",
                    ),
                ],
            },
        ),
        Watch("patients_samepatientpair", part_of={"patients_case": ["first_id", "second_id"]}),
        migrations.RunPython(allow, disallow),
    ]
