"""What a pack is made of, read from the database: works as they were, and of other cases too."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from literature import actions as literature
from patients.actions import cases
from patients.pack.gathering import compared_cases, json_of, works_of
from patients.reading import read_case, read_version
from patients.vocabulary import Category
from tests import make

pytestmark = pytest.mark.django_db


def published(*references):
    """A drug, with each of `references` behind it; the first is the report."""
    case = make.make_case()
    make.make_source(case, references[0])
    event = make.make_event(case, 0, is_index=True, category=Category.DRUG, label="Octreotide")
    for reference in references[1:]:
        make.make_citation(event, reference)
    cases.publish(case=case, by=None)
    return case


def titles_of(case, number, *names):
    user = make.make_user()
    reading = read_version(case.accession, number, user)
    found = works_of(reading, compared_cases(names, case.accession, user))
    return [csl["title"] for csl in found]


def reference(title):
    return make.make_reference({"title": title})


def test_works_stand_in_the_order_of_the_case_page_then_those_of_the_table_alone():
    one, two, three, four = (reference(title) for title in ("one", "two", "three", "four"))
    case, other = published(one, two), published(three, two, four)
    assert titles_of(case, 1) == ["one", "two"]
    assert sorted(titles_of(case, 1, other.accession)[2:]) == ["four", "three"]


def test_a_work_that_was_mended_by_hand_is_new_in_the_version_that_came_of_it():
    report = reference("as it was")
    case = published(report)
    report.csl = {**report.csl, "title": "mended"}
    literature.save(reference=report, by=make.make_user("curator"), reason="As it is printed.")
    assert case.versions.count() == 2
    assert titles_of(case, 1) == ["as it was"]
    assert titles_of(case, 2) == ["mended"]


def test_of_a_work_that_the_library_lost_the_document_tells():
    user = make.make_user()
    case = published(reference("kept"))
    reading = read_case(case.accession, user)
    lost = replace(reading.document.references[0], id="NEVERWASAA", title="lost", year=2016)
    reading = replace(reading, document=replace(reading.document, references=[lost]))
    (csl,) = works_of(reading, ())
    assert csl["title"] == "lost"
    assert csl["issued"] == {"date-parts": [[2016]]}
    assert csl["author"] == [{"literal": "Doe J"}]


def test_the_json_has_the_checksum_of_the_version_whatever_its_schema():
    user = make.make_user()
    case = published(reference("one"))
    version = case.versions.get()
    old = {name: told for name, told in version.document.items() if name != "derived"}
    old["schema_version"] = 3
    version.document = old
    version.checksum = hashlib.sha256(_canonical(old)).hexdigest()
    version.save()
    made = json_of(read_version(case.accession, 1, user), user)
    assert hashlib.sha256(made).hexdigest() == version.checksum
    assert b"derived" not in made


def _canonical(told):
    return json.dumps(
        told, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()  # fmt: skip


def test_other_cases_take_a_query_each(django_assert_num_queries):
    others = [published(reference("one")).accession for _ in range(3)]
    user = make.make_user()
    assert user.has_perm("patients.change_case") is False
    with django_assert_num_queries(3):
        compared_cases(others, "CB-0000000", user)
