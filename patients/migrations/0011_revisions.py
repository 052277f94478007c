"""Proposals on cases, what is said of them, and the rows that a version was made of."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import literature.public_ids


class Migration(migrations.Migration):
    dependencies = [
        ("literature", "0005_quotes"),
        ("patients", "0010_publishing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="PublishedRows",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rows",
                    models.JSONField(
                        help_text="[{model, pk, columns}], without what the edits leave out"
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="patients.caseversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Revision",
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
                    "key",
                    models.CharField(
                        blank=True,
                        help_text="From the form or client: sent twice, it makes one",
                        max_length=40,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("correction", "Correction"),
                            ("addition", "Addition"),
                            ("citation", "Citation"),
                            ("case", "New case"),
                        ],
                        default="correction",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("asked_back", "Asked back"),
                            ("accepted", "Accepted"),
                            ("partly_accepted", "Partly accepted"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=16,
                    ),
                ),
                (
                    "comment",
                    models.TextField(
                        blank=True, help_text="What and why, in short", max_length=2000
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Where it can be looked up, in words", max_length=500
                    ),
                ),
                (
                    "base_version",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="The published version that it was begun on",
                        null=True,
                    ),
                ),
                ("changes", models.JSONField(default=list, editable=False)),
                (
                    "log",
                    models.JSONField(
                        default=list,
                        editable=False,
                        help_text="Its own edits: {words, at, changes, undone}",
                    ),
                ),
                (
                    "answer",
                    models.TextField(blank=True, help_text="The curator’s reason", max_length=2000),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "accepted",
                    models.JSONField(
                        default=list,
                        editable=False,
                        help_text="Names of the parts that were accepted",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
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
                        related_name="revisions",
                        to="patients.case",
                    ),
                ),
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
                    "edit",
                    models.ForeignKey(
                        blank=True,
                        help_text="The edit that took it over",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="patients.caseedit",
                    ),
                ),
                (
                    "source_reference",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="literature.reference",
                    ),
                ),
            ],
            options={
                "ordering": ("-submitted_at", "-pk"),
                "permissions": [
                    ("propose_revision", "Can propose changes of published cases"),
                    ("propose_case", "Can propose new cases"),
                    ("decide_revision", "Can accept and reject proposals of others"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notification",
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
                ("words", models.CharField(max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to="patients.revision",
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="RevisionComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("text", models.TextField(max_length=2000)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="patients.revision",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(fields=["state", "submitted_at"], name="revision_queue"),
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(fields=["author", "state"], name="revision_author_state"),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("public_id__regex", "^[0123456789ABCDEFGHJKMNPQRSTVWXYZ]{10}$")
                ),
                name="revision_id_pattern",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True),
                fields=("author", "key"),
                name="revision_key_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    ("author__isnull", True),
                    models.Q(("decided_by", models.F("author")), _negated=True),
                    _connector="OR",
                ),
                name="revision_decided_by_another",
                violation_error_message="Nobody decides their own proposal.",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", False),
                        ("state__in", ("accepted", "partly_accepted", "rejected")),
                    ),
                    models.Q(
                        models.Q(
                            ("state__in", ("accepted", "partly_accepted", "rejected")),
                            _negated=True,
                        ),
                        ("decided_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="revision_decision_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            ("submitted", "asked_back", "accepted", "partly_accepted", "rejected"),
                        ),
                        _negated=True,
                    ),
                    ("submitted_at__isnull", False),
                    _connector="OR",
                ),
                name="revision_submitted_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["correction", "addition", "citation", "case"])),
                name="revision_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "draft",
                            "submitted",
                            "asked_back",
                            "accepted",
                            "partly_accepted",
                            "rejected",
                            "withdrawn",
                        ],
                    )
                ),
                name="revision_state_known",
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("read_at__isnull", True)),
                fields=["user"],
                name="notification_unread",
            ),
        ),
        migrations.AddConstraint(
            model_name="revisioncomment",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="revision_comment_has_text"
            ),
        ),
    ]
