"""A row may only name rows of its own case: foreign keys on (id, case) beside those on id."""

from django.db import migrations

TARGETS = ("event", "imagingfinding", "lesion")
TIES = (
    ("event", "anchor_id", "event"),
    ("imagingfinding", "event_id", "event"),
    ("imagingfinding", "lesion_id", "lesion"),
    ("measurement", "finding_id", "imagingfinding"),
    ("citation", "event_id", "event"),
    ("citation", "finding_id", "imagingfinding"),
)


def unique(table):
    name = f"{table}_id_case_unique"
    return migrations.RunSQL(
        f"ALTER TABLE patients_{table} ADD CONSTRAINT {name} UNIQUE (id, case_id)",
        f"ALTER TABLE patients_{table} DROP CONSTRAINT {name}",
    )


def same_case(table, column, target):
    name = f"{table}_{column.removesuffix('_id')}_of_same_case"
    return migrations.RunSQL(
        f"ALTER TABLE patients_{table} ADD CONSTRAINT {name} FOREIGN KEY ({column}, case_id) "
        f"REFERENCES patients_{target} (id, case_id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE patients_{table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("patients", "0001_initial")]
    operations = [*map(unique, TARGETS), *(same_case(*tie) for tie in TIES)]
