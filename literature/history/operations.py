"""Migration operations: a table whose every change the database writes down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.migrations.operations.base import Operation

DROP = "DROP TRIGGER IF EXISTS history_{} ON {}"
TRIGGERS = {
    "added": "AFTER INSERT ON {} REFERENCING NEW TABLE AS new_rows",
    "changed": "AFTER UPDATE ON {} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "removed": "AFTER DELETE ON {} REFERENCING OLD TABLE AS old_rows",
    "emptied": "BEFORE TRUNCATE ON {}",
}


class Watch(Operation):
    """Has the changes of `table` recorded; on a table that is watched, anew as it says here.

    `leave_out` are columns that say nothing of the record, or are secret. `part_of` are the
    records that a row belongs to: by the table of each, the columns that point there.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(
        self,
        table: str,
        leave_out: Sequence[str] = (),
        part_of: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.table, self.leave_out, self.part_of = table, leave_out, part_of or {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """No model changes."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        self._drop(schema_editor)
        table = schema_editor.quote_name(self.table)
        arguments = ", ".join(f"'{argument}'" for argument in self.arguments())
        for name, fires in TRIGGERS.items():
            schema_editor.execute(
                f"CREATE TRIGGER history_{name} {fires.format(table)} FOR EACH STATEMENT "
                f"EXECUTE FUNCTION history_record({arguments})"
            )

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        self._drop(schema_editor)

    def _drop(self, schema_editor: Any) -> None:
        for name in TRIGGERS:
            schema_editor.execute(DROP.format(name, schema_editor.quote_name(self.table)))

    def arguments(self) -> tuple[str, str]:
        """What the trigger function is given: two array literals."""
        parts = [f"{table}:{column}" for table, names in self.part_of.items() for column in names]
        return f"{{{','.join(self.leave_out)}}}", f"{{{','.join(parts)}}}"

    def describe(self) -> str:
        return f"Record every change of {self.table}"

    @property
    def migration_name_fragment(self) -> str:
        return f"watch_{self.table}"
