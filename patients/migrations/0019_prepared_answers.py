"""What readers are sent of published cases, kept as bytes; made by the worker."""

import django.db.models.deletion
from django.db import migrations, models

# Compressed already: PostgreSQL need not try it again.
PLAIN = "ALTER TABLE patients_preparedanswer ALTER COLUMN body SET STORAGE EXTERNAL"

# PostgreSQL plans what stands in a function once a connection, and a query of ours each time.
LOOK_UP = """
CREATE FUNCTION patients_prepared_answer(
    asked_accession varchar, asked_kind varchar, asked_origin varchar, asked_build varchar,
    known varchar[]
) RETURNS TABLE (etag varchar, body bytea) LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY
    SELECT prepared.etag, CASE WHEN prepared.etag = ANY (known) THEN NULL ELSE prepared.body END
    FROM patients_case AS record
    JOIN patients_caseversion AS version
      ON version.case_id = record.id AND version.is_current
    JOIN patients_preparedanswer AS prepared
      ON prepared.version_id = version.id AND prepared.kind = asked_kind
     AND prepared.origin = asked_origin
    WHERE record.accession = asked_accession AND record.status = 'published'
      AND prepared.build = asked_build AND prepared.checksum = version.checksum;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("patients", "0018_corpus")]
    operations = [
        migrations.CreateModel(
            name="PreparedAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("json", "Case as JSON"), ("page", "Case page")], max_length=4)),
                ("origin", models.CharField(blank=True, help_text="Scheme, host and port that a page names; else empty", max_length=260)),
                ("build", models.CharField(help_text="Of the program that made it", max_length=16)),
                ("checksum", models.CharField(help_text="Of the version when it was made", max_length=64)),
                ("etag", models.CharField(max_length=120)),
                ("body", models.BinaryField(help_text="Compressed by gzip")),
                ("version", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="patients.caseversion")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("version", "kind", "origin"), name="prepared_answer_unique"),
                    models.CheckConstraint(condition=models.Q(("kind__in", ["json", "page"])), name="prepared_answer_kind_known"),
                ],
            },
        ),
        migrations.RunSQL(PLAIN, migrations.RunSQL.noop),
        migrations.RunSQL(LOOK_UP, "DROP FUNCTION patients_prepared_answer"),
    ]
