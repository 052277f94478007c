"""The page of two records: what it shows, and what was picked on it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404

from literature.actions.merging_rules import GONE, KEPT, clashes
from literature.duplicates.compare import compare
from literature.duplicates.model import Likeness
from literature.models import DuplicatePair, PairLikeness, PairState, Reference, RelationKind
from literature.pair_presenters import (
    FIRST,
    SECOND,
    clash_choices,
    composed,
    field_choices,
    own_choices,
    side,
)

PICK = "pick:"
"""Before the name of a field in the form."""
CHANGED = (
    "One of the two records has been changed since this page was opened. Look at the fields again: "
    "they show the records as they are now."
)


@dataclass
class Picked:
    """What was sent: which record stays, and whose value each field takes."""

    kept: str = ""
    by_name: dict[str, str] = field(default_factory=dict)
    token: str = ""

    @classmethod
    def of(cls, data: Mapping[str, str]) -> Picked:
        picks = {
            name.removeprefix(PICK): value
            for name, value in data.items()
            if name.startswith(PICK) and value in (FIRST, SECOND)
        }
        kept = data.get("kept", "")
        return cls(kept if kept in (FIRST, SECOND) else "", picks, data.get("token", ""))


def two_records(first_id: str, second_id: str) -> tuple[Reference, Reference]:
    """Both, the one with the lower key first. Raises Http404."""
    rows = list(Reference.objects.filter(public_id__in=[first_id, second_id]).order_by("pk"))
    if len(rows) != 2:
        raise Http404("One of the two records is no more: it was merged or removed.")
    return rows[0], rows[1]


def pair_of(first: Reference, second: Reference) -> DuplicatePair:
    """Their pair in the queue; one that is not saved where nobody was asked about them yet."""
    found = DuplicatePair.objects.filter(first=first, second=second)
    pair = found.select_related("decided_by").first()
    if pair is not None:
        return pair
    comparison = compare(first.csl, second.csl)
    likeness = comparison.likeness
    if likeness is Likeness.DIFFERENT:
        likeness = Likeness.PROBABLE
    return DuplicatePair(
        first=first,
        second=second,
        likeness=PairLikeness(likeness.value),
        reason=f"Chosen by hand. {comparison.reason}",
    )


def token_of(first: Reference, second: Reference) -> str:
    """Names the state of both records, so that nothing is merged that was not seen."""
    state = [[row.csl, row.study_design, row.patients_covered] for row in (first, second)]
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:32]


def kept_and_gone(
    first: Reference, second: Reference, picked: Picked
) -> tuple[Reference, Reference]:
    return (second, first) if picked.kept == SECOND else (first, second)


def merge_choices(picked: Picked) -> dict[str, str]:
    """The picks as the action names them."""
    kept = picked.kept or FIRST
    return {name: KEPT if pick == kept else GONE for name, pick in picked.by_name.items()}


def merged_csl(first: Reference, second: Reference, picked: Picked) -> dict[str, Any]:
    return composed(first.csl, second.csl, picked.by_name)


def page_context(first: Reference, second: Reference, picked: Picked) -> dict[str, Any]:
    """All that the page shows. Without a pick the fuller record stays."""
    pair = pair_of(first, second)
    usual = FIRST if len(first.csl) >= len(second.csl) else SECOND
    names = picked.by_name
    choices = [
        *field_choices(first.csl, second.csl, names, usual),
        *own_choices(first, second, names, usual),
        *clash_choices(clashes(first, second), first, names),
    ]
    return {
        "section": "references",
        "pair": pair,
        "is_open": pair.state == PairState.OPEN,
        "sides": (side(first, FIRST), side(second, SECOND)),
        "choices": choices,
        "kept": picked.kept or usual,
        "token": token_of(first, second),
        "kinds": RelationKind.choices,
        "suggested": suggested_kind(pair),
        "pick": PICK,
    }


def suggested_kind(pair: DuplicatePair) -> str:
    """The kind of relation that the reason speaks of, for a start; empty where it does not."""
    for words, kind in (
        ("preprint", RelationKind.PREPRINT_OF),
        ("conference abstract", RelationKind.ABSTRACT_OF),
        ("perhaps an abstract", RelationKind.ABSTRACT_OF),
        ("a correction", RelationKind.ERRATUM_OF),
        ("retraction notice", RelationKind.RETRACTION_OF),
        ("a comment", RelationKind.COMMENT_ON),
        ("a reply", RelationKind.COMMENT_ON),
        ("edition", RelationKind.EDITION_OF),
        ("two languages", RelationKind.TRANSLATION_OF),
        ("different parts", RelationKind.PART_OF),
    ):
        if words in pair.reason:
            return kind.value
    return ""
