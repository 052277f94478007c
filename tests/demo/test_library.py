"""The references of the demo: the chapter's 58 list items, the series, the report's own list."""

import re

import pytest

from literature.models import Reference, ReferenceListItem

CHAPTER = "10.1007/978-3-030-62241-1_17"
SERIES = "10.1007/s00432-021-03650-2"
REPORT = "10.3389/fonc.2021.809129"


@pytest.fixture(scope="module")
def lists(from_demo):
    """The numbered items of each work that has a list, by the work's DOI."""
    return from_demo(read_lists)


def read_lists():
    found = {}
    for item in ReferenceListItem.objects.select_related("reference", "work"):
        found.setdefault(item.work.doi, []).append(item)
    return found


def test_all_58_items_lead_to_references_with_what_is_printed(lists):
    items = lists[CHAPTER]
    assert [item.number for item in items] == list(range(1, 59))
    missing = []
    for item in items:
        csl = item.reference.csl
        wanted = ["author", "title", "container-title", "issued"]
        if re.search(r"[12][0-9]{3};[0-9]+:", item.raw):
            wanted += ["volume", "page"]
        if "doi.org" in item.raw:
            wanted.append("DOI")
        missing += [(item.number, field) for field in wanted if not csl.get(field)]
    assert missing == []


def test_printed_years_and_volumes_are_kept(lists):
    wrong = []
    for item in lists[CHAPTER]:
        printed = re.search(r"([12][0-9]{3});([0-9]+):(e?[0-9]+|E[0-9]+)", item.raw)
        if printed is None:
            continue
        csl = item.reference.csl
        kept = (
            str(csl["issued"]["date-parts"][0][0]), csl["volume"], csl["page"].split("-")[0]
        )  # fmt: skip
        if kept != printed.groups():
            wrong.append((item.number, printed.groups(), kept))
    assert wrong == []


def test_item_8_and_10_are_one_work(lists):
    by_number = {item.number: item.reference for item in lists[CHAPTER]}
    assert by_number[8] == by_number[10]


def test_own_list_of_the_report_is_numbered(lists):
    assert [item.number for item in lists[REPORT]][:24] == list(range(1, 25))


def read_series():
    series = Reference.objects.prefetch_related("facts", "texts").get(doi=SERIES)
    return series, list(series.facts.all()), list(series.texts.all())


def test_series_has_its_figures_and_two_summaries(from_demo):
    series, facts, texts = from_demo(read_series)
    assert series.patients_covered == 12
    figures = {(fact.count, fact.of) for fact in facts}
    assert figures >= {(8, 12), (4, 12), (9, 12)}
    assert {text.language for text in texts} == {"en", "zh-Hans"}
    assert {text.depth for text in texts} == {"summary"}
