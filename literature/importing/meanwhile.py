"""What others added between the reading of an import and the moment it is brought in."""

from __future__ import annotations

from django.db import connection

from literature.duplicates.candidates import SLOTS
from literature.duplicates.finding import find_matches
from literature.duplicates.model import Likeness, Match
from literature.importing.blocks import Block
from literature.models import Decision, Import, ImportRow, Verdict

MEANWHILE = "It was added by somebody else meanwhile."
# Each is one look into an index: a scalar subquery, since EXISTS may be planned as a hash of the
# whole library.
_HELD = "(SELECT true FROM literature_reference AS held WHERE {} LIMIT 1)"
_SHARED = (
    *(f"held.match_keys[{slot}] = brought.match_keys[{slot}]" for slot in range(1, SLOTS + 1)),
    "held.doi = lower(brought.csl ->> 'DOI')",
    "held.pmid = brought.csl ->> 'PMID'",
    "held.pmcid = brought.csl ->> 'PMCID'",
)
_TAKEN_OVER = """
    SELECT true FROM literature_otheridentifier AS other
    WHERE (other.kind, other.value) IN (
        ('DOI', lower(brought.csl ->> 'DOI')), ('PMID', brought.csl ->> 'PMID'),
        ('PMCID', brought.csl ->> 'PMCID')
    ) LIMIT 1
"""
_LIKE = f"""
    SELECT position FROM literature_importrow AS brought
    WHERE imported_id = %s AND position BETWEEN %s AND %s
        AND verdict = 'new' AND decision = 'add' AND NOT decided
        AND ({" OR ".join(_HELD.format(same) for same in _SHARED)} OR ({_TAKEN_OVER}))
"""
"""Rows that share a key with a record of the library: a few of them are like it."""


def tie_what_came(imported: Import, block: Block) -> list[int]:
    """Ties new rows to what is certainly the same in the library by now; gives the positions of
    those that are probably the same as something. Rows that a person decided stay as decided.

    Every row is looked up anew. No clock tells what is new: another import may have been at its
    one long transaction while these rows were read.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LIKE, [imported.pk, block.first, block.last])
        positions = [position for (position,) in cursor.fetchall()]
    rows = imported.rows.filter(position__in=positions).order_by()
    found = find_matches(list(rows.values_list("position", "csl")), within=False)
    same = {at: match for at, all_ in found.items() if (match := _first(all_, Likeness.SAME))}
    changed = list(rows.filter(position__in=same).defer("original", "texts"))
    for row in changed:
        match = same[row.position]
        row.verdict, row.decision = Verdict.SAME, Decision.EXISTING
        row.match_id, row.match_row = match.reference_id, None
        row.match_reason = match.comparison.reason[:300]
        row.outcome_reason = MEANWHILE
    ImportRow.objects.bulk_update(
        changed, ["verdict", "decision", "match", "match_row", "match_reason", "outcome_reason"]
    )
    return [
        at for at, matches in found.items() if at not in same and _first(matches, Likeness.PROBABLE)
    ]


def _first(matches: list[Match], likeness: Likeness) -> Match | None:
    return next((match for match in matches if match.comparison.likeness is likeness), None)
