"""Loads in bulk, and how they stand in the history: a line a case and a batch, not one a row."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from literature.history.operations import Watch

BEFORE = import_module("literature.migrations.0006_history").FUNCTION.partition("REVOKE ALL")[0]
BEFORE = BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
# Who may leave rows out is who could drop the triggers: session_user is who signed in, whatever
# role was taken since. The web role is no member of the owner, so saying this helps it to nothing.
# The transaction's own number is said, so that nothing outlives the transaction.
GUARD = """BEGIN
    IF current_setting('casebase.loading', true) = pg_current_xact_id()::text
        AND TG_OP = 'INSERT'
        AND pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER')
    THEN
        RETURN NULL;
    END IF;
"""
AFTER = BEFORE.replace("BEGIN\n", GUARD, 1)


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0017_search"),
        ("literature", "0006_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Load",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True)),
                ("is_synthetic", models.BooleanField(help_text="Empty until a line was loaded", null=True)),
                ("lines", models.PositiveBigIntegerField(default=0, help_text="Read and dealt with")),
                ("digest", models.CharField(blank=True, help_text="SHA-256 of the file up to there", max_length=64)),
                ("cases", models.PositiveBigIntegerField(default=0)),
                ("skipped", models.PositiveBigIntegerField(default=0)),
                ("without_indexes", models.BooleanField(default=False, help_text="Indexes were dropped for it, and are made again at its end")),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("cases", 0), ("is_synthetic__isnull", False), _connector="OR"), name="load_says_what_it_is"),
                    models.CheckConstraint(condition=models.Q(("lines__gte", models.F("cases") + models.F("skipped"))), name="load_counts_its_lines"),
                    models.CheckConstraint(condition=models.Q(("finished_at__isnull", True), ("without_indexes", False), _connector="OR"), name="load_ends_with_indexes"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LoadBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_line", models.PositiveBigIntegerField()),
                ("last_line", models.PositiveBigIntegerField()),
                ("cases", models.PositiveIntegerField()),
                ("digest", models.CharField(help_text="SHA-256 of the checksums of its versions, one after the other", max_length=64)),
                ("at", models.DateTimeField()),
                ("load", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="batches", to="patients.load")),
            ],
            options={
                "ordering": ("load", "first_line"),
                "constraints": [
                    models.UniqueConstraint(fields=("load", "first_line"), name="load_batch_line_unique"),
                    models.CheckConstraint(condition=models.Q(("first_line__gte", 1), ("last_line__gte", models.F("first_line"))), name="load_batch_lines_in_order"),
                    models.CheckConstraint(condition=models.Q(("cases__gte", 1)), name="load_batch_has_cases"),
                ],
            },
        ),
        Watch("patients_loadbatch"),
        migrations.RunSQL(AFTER, BEFORE),
    ]
