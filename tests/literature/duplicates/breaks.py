"""A write for each constraint on duplicates, merges and relations that it refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F
from django.utils import timezone

from literature.models import DuplicatePair, Merge, OtherIdentifier, Relation
from tests.constraints import Break, update
from tests.make import make_duplicate_pair, make_reference


def identifier(**changes: Any) -> OtherIdentifier:
    fields = {"reference": make_reference(), "kind": "DOI", "value": "10.5555/a", **changes}
    return OtherIdentifier.objects.create(**fields)


def relation(**changes: Any) -> Relation:
    fields = {"reference": make_reference(), "to": make_reference(), "kind": "part_of", **changes}
    return Relation.objects.create(**fields)


def merged(**changes: Any) -> Merge:
    kept = make_reference()
    fields = {
        "kept": kept, "kept_was": kept.public_id, "gone": "0123456789", "gone_row": {},
        "kept_before": {}, "kept_after": {}, "steps": [], "citing": [], **changes,
    }  # fmt: skip
    return Merge.objects.create(**fields)


def twice(make: Callable[[], Any]) -> Callable[[], None]:
    def write() -> None:
        make()
        make()

    return write


def same_pair_twice() -> None:
    pair = make_duplicate_pair()
    make_duplicate_pair(pair.first, pair.second)


def swapped_pair() -> None:
    pair = make_duplicate_pair()
    DuplicatePair.objects.filter(pk=pair.pk).update(first=F("second"), second=F("first"))


def same_relation_twice() -> None:
    first = relation()
    relation(reference=first.reference, to=first.to, kind="edition_of")


BREAKS: list[Break] = [
    ("other_identifier_unique", twice(identifier)),
    ("other_identifier_kind_known", lambda: identifier(kind="ISBN")),
    ("other_identifier_not_empty", lambda: identifier(value="")),
    ("relation_unique", same_relation_twice),
    ("relation_not_itself", lambda: update(relation(), to=F("reference"))),
    ("relation_kind_known", lambda: relation(kind="rumour")),
    ("duplicate_pair_unique", same_pair_twice),
    ("duplicate_pair_in_order", swapped_pair),
    ("duplicate_pair_likeness_known", lambda: make_duplicate_pair(likeness="rumour")),
    (
        "duplicate_pair_state_known",
        lambda: make_duplicate_pair(state="rumour", decided_at=timezone.now()),
    ),
    ("duplicate_pair_decided_has_time", lambda: make_duplicate_pair(state="distinct")),
    ("duplicate_pair_decided_has_time", lambda: make_duplicate_pair(decided_at=timezone.now())),
    ("merge_gone_once", twice(merged)),
    ("merge_undone_has_time", lambda: merged(undone_at=timezone.now())),
    ("merge_undone_has_time", lambda: merged(kept=None)),
]
