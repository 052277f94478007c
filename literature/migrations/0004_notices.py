"""Retractions and corrections, and answers of look-ups kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import literature.public_ids


class Migration(migrations.Migration):
    dependencies = [
        ("literature", "0003_duplicates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ServiceTurn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service", models.CharField(max_length=10, unique=True)),
                ("next_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("service", models.CharField(max_length=10)),
                (
                    "identifier",
                    models.CharField(help_text="Kind and value: doi:10.5555/1", max_length=510),
                ),
                ("body", models.TextField(blank=True, help_text="Empty: not known there")),
                ("fetched_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("service", "identifier"), name="kept_answer_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("checked_at", models.DateTimeField(db_index=True)),
                (
                    "reference",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_check",
                        to="literature.reference",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TakenOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "changes",
                    models.JSONField(
                        help_text='By CSL field: {"from": …, "to": …, "source": …}; null where it was empty'
                    ),
                ),
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
                    "reference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taken_over",
                        to="literature.reference",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Notice",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("retraction", "Retracted"),
                            ("retracted_republished", "Retracted and republished"),
                            ("partial_retraction", "Retracted in part"),
                            ("concern", "Expression of concern"),
                            ("correction", "Corrected"),
                            ("erratum", "Erratum published"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("crossref", "Crossref"),
                            ("pubmed", "PubMed"),
                            ("person", "A curator"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "doi",
                    models.CharField(blank=True, max_length=500, verbose_name="DOI of the notice"),
                ),
                (
                    "pmid",
                    models.CharField(blank=True, max_length=9, verbose_name="PMID of the notice"),
                ),
                (
                    "year",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="year of the notice"
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="Where it was published, or why", max_length=500
                    ),
                ),
                ("first_seen_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=500)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="literature.reference",
                    ),
                ),
                (
                    "withdrawn_by",
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
                "ordering": ("first_seen_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reference", "kind", "source", "doi", "pmid"), name="notice_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "retraction",
                                    "retracted_republished",
                                    "partial_retraction",
                                    "concern",
                                    "correction",
                                    "erratum",
                                ],
                            )
                        ),
                        name="notice_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["crossref", "pubmed", "person"])),
                        name="notice_source_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("doi", ""),
                            ("doi__regex", "^10\\.[0-9]{4,9}(\\.[0-9]+)*/[^[:space:]]+$"),
                            _connector="OR",
                        ),
                        name="notice_doi_pattern",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pmid", ""), ("pmid__regex", "^[1-9][0-9]{0,8}$"), _connector="OR"
                        ),
                        name="notice_pmid_pattern",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("year__isnull", True),
                            models.Q(("year__gte", 1000), ("year__lte", 2100)),
                            _connector="OR",
                        ),
                        name="notice_year_plausible",
                        violation_error_message="A year is from 1000 to 2100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_because", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                models.Q(("withdrawn_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="notice_withdrawn_for_a_reason",
                        violation_error_message="Say why it is withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("public_id__regex", "^[0123456789ABCDEFGHJKMNPQRSTVWXYZ]{10}$")
                        ),
                        name="notice_public_id_pattern",
                    ),
                ],
            },
        ),
    ]
