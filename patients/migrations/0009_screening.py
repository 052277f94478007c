"""Findings of identifying text that a curator cleared."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import literature.public_ids


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0008_version_reason"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Clearing",
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
                    "row_kind",
                    models.CharField(
                        choices=[
                            ("case", "Case"),
                            ("event", "Event"),
                            ("finding", "Finding"),
                            ("lesion", "Lesion"),
                            ("result", "Laboratory result"),
                            ("citation", "Citation"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "row_id",
                    models.CharField(
                        help_text="Public id, or the accession of the case", max_length=10
                    ),
                ),
                ("field", models.CharField(max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("date", "Date finer than a year"),
                            ("age", "Age over 89"),
                            ("record_number", "Record number"),
                            ("national_id", "National or insurance number"),
                            ("phone", "Phone number"),
                            ("email", "E-mail address"),
                            ("web", "Personal page or account"),
                            ("address", "Postal address"),
                            ("name", "Name of a person"),
                            ("hospital", "Name of a hospital"),
                            ("place", "Place below a country"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "fingerprint",
                    models.CharField(
                        help_text="SHA-256 of the words found and of those around them",
                        max_length=64,
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clearings",
                        to="patients.case",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-pk"),
                "permissions": [("clear_finding", "Can clear findings of identifying text")],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("case", "fingerprint"),
                        name="clearing_stands_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="clearing_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fingerprint__regex", "^[0-9a-f]{64}$")),
                        name="clearing_fingerprint_sha256",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("undone_at__isnull", False),
                            ("undone_by__isnull", True),
                            _connector="OR",
                        ),
                        name="clearing_undone_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "row_kind__in",
                                ["case", "event", "finding", "lesion", "result", "citation"],
                            )
                        ),
                        name="clearing_row_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "date",
                                    "age",
                                    "record_number",
                                    "national_id",
                                    "phone",
                                    "email",
                                    "web",
                                    "address",
                                    "name",
                                    "hospital",
                                    "place",
                                ],
                            )
                        ),
                        name="clearing_kind_known",
                    ),
                ],
            },
        ),
    ]
