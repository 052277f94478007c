"""Finding what is like in the library and in the same batch: what is found, and at what cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from literature.duplicates.candidates import QUERY, parameters
from literature.duplicates.finding import find_matches, find_pairs
from literature.duplicates.keys import keys_of
from literature.duplicates.model import Likeness
from literature.duplicates.within import BatchMatcher
from literature.models import OtherIdentifier, Reference
from tests import make
from tests.literature.duplicates.labelled import PAIRS
from tests.literature.duplicates.notation import Truth

pytestmark = pytest.mark.django_db
TITLE = "Debulking of hepatic disease improves symptoms"


def one(csl: dict[str, Any]) -> list[Any]:
    return find_matches([(7, csl)])[7]


def test_found_by_identifier_and_by_what_a_merged_record_had() -> None:
    reference = make.make_reference({"title": TITLE, "DOI": "10.5555/abc", "PMID": "42"})
    OtherIdentifier.objects.create(reference=reference, kind="DOI", value="10.5555/other")
    for record in ({"DOI": "10.5555/ABC"}, {"PMID": "42"}, {"DOI": "10.5555/other"}):
        [match] = one({"type": "article-journal", "title": TITLE, **record})
        assert match.reference_id == reference.pk
        assert match.comparison.likeness is Likeness.SAME, (record, match.comparison)


def test_the_same_identifier_is_never_less_than_a_question() -> None:
    make.make_reference({"title": TITLE, "DOI": "10.5555/abc"})
    for title in ("Something else altogether, of other people", f"Erratum: {TITLE}", "X"):
        [match] = one({"type": "article", "title": title, "DOI": "10.5555/abc"})
        assert match.comparison.likeness is Likeness.PROBABLE


def test_best_first_and_nothing_that_differs() -> None:
    csl = make.make_csl(title=TITLE, page="100-110", volume="9")
    same = make.make_reference(csl)
    related = make.make_reference({**csl, "title": f"Erratum: {TITLE}", "page": "300"})
    make.make_reference()
    found = one(csl)
    assert [match.reference_id for match in found] == [same.pk, related.pk]
    assert one({"type": "book", "title": "Nothing like it in the library"}) == []


def test_entries_of_one_batch_match_earlier_ones() -> None:
    csl = make.make_csl(title=TITLE)
    found = find_matches([(1, csl), (2, make.make_csl()), (5, {**csl, "title": TITLE.upper()})])
    assert (found[1], found[2]) == ([], [])
    [match] = found[5]
    assert (match.reference_id, match.position, match.csl) == (None, 1, csl)


def test_matches_across_the_batches_of_a_long_import() -> None:
    staged = {at: make.make_csl(title=pair.a["title"]) for at, pair in enumerate(PAIRS[:6], 1)}
    staged[6] = {**staged[2], "container-title": "J. Tests"}
    asked: list[set[int]] = []

    def fetch(positions: Any) -> dict[int, Any]:
        asked.append(set(positions))
        return {at: staged[at] for at in positions}

    matcher = BatchMatcher(fetch)
    first = matcher.matches([(at, staged[at]) for at in (1, 2, 3)])
    second = matcher.matches([(at, staged[at]) for at in (4, 5, 6)])
    assert not any(first.values())
    assert second[6][0].position == 2
    assert second[6][0].comparison.likeness is Likeness.SAME
    assert 2 in asked[-1]


@pytest.mark.parametrize(
    "title", ["", "\x00", "\\u0000", "half \ud800 a pair", "<>" * 5000, "题" * 4000]
)
def test_broken_entries_find_nothing_and_raise_nothing(title: str) -> None:
    make.make_reference({"title": TITLE})
    csl = {"title": title, "page": title, "volume": title, "DOI": title, "author": "nobody",
           "issued": {}}  # fmt: skip
    assert find_matches([(1, csl), (2, {})]) == {1: [], 2: []}


def queries(entries: list[Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        find_matches(entries)
    return len(captured)


def test_the_number_of_queries_does_not_grow() -> None:
    records = [make.make_csl(title=f"{TITLE} {number}") for number in range(30)]
    for record in records[:20]:
        Reference.objects.create(csl=record)
    entries = list(enumerate(records))
    assert queries(entries[:1]) == queries(entries) == 3


def test_only_indexes_are_read_in_a_large_library() -> None:
    Reference.objects.bulk_create(
        Reference(csl=make.make_csl(
            title=f"Study {number} of {number * 7919 % 10007} in group {number % 97}",
            volume=str(number % 80), page=f"{number % 1999}-{number % 1999 + 8}",
            DOI=f"10.5555/big.{number}",
        ))
        for number in range(8_000)
    )  # fmt: skip
    entries = [(at, make.make_csl(title=f"Study {at} of nothing", DOI=f"10.5555/big.{at}",
                                  PMID=str(at + 1))) for at in range(300)]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE literature_reference")
        cursor.execute(f"EXPLAIN {QUERY}", parameters(entries, keys_of(entries)))
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Seq Scan on literature_reference" not in plan, plan
    assert plan.count("reference_match_") == 4
    assert plan.count("Index") >= 7


def test_the_labelled_pairs_are_found_again_in_the_library() -> None:
    """What `compare` would say is worth nothing where the keys do not bring the two together."""
    true = [pair for pair in PAIRS if pair.truth is Truth.SAME]
    made = Reference.objects.bulk_create(
        Reference(csl={field: value for field, value in pair.a.items()
                       if field not in ("DOI", "PMID", "PMCID")})
        for pair in true
    )  # fmt: skip
    found = 0
    for pair, reference in zip(true, made, strict=True):
        if {"DOI", "PMID", "PMCID"} & pair.a.keys() & pair.b.keys():
            found += 1  # found by it, as tested above; here it would have to be unique
            continue
        matches = find_matches([(1, pair.b)], within=False)[1]
        likely = [match.comparison.likeness for match in matches]
        titles = {match.csl["title"] for match in matches}
        found += pair.a["title"] in titles and likely[0] is not Likeness.RELATED
        assert reference.pk
    assert found / len(true) >= 0.98


def test_pairs_of_the_library_stand_once_with_the_lower_key_first() -> None:
    csl = make.make_csl(title=TITLE)
    one, two, three = (make.make_reference(csl) for _ in range(3))
    records = {row.pk: row.csl for row in (three, one)}
    assert set(find_pairs(records)) == {(one.pk, two.pk), (two.pk, three.pk), (one.pk, three.pk)}
