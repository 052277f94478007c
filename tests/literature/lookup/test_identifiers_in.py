"""Identifiers and links out of a box."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from literature.lookup import Kind, identifiers_in, only_identifiers

SICI = "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2"


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("10.1007/978-3-030-62241-1_17", "doi", "10.1007/978-3-030-62241-1_17"),
        ("10.5555/ABC.", "doi", "10.5555/abc"),
        ("doi:10.5555/abc", "doi", "10.5555/abc"),
        ("DOI: 10.5555/abc", "doi", "10.5555/abc"),
        ("doi 10.5555/abc;", "doi", "10.5555/abc"),
        ("https://doi.org/10.5555/abc", "doi", "10.5555/abc"),
        ("http://dx.doi.org/10.5555/a%2Fb", "doi", "10.5555/a/b"),
        ("doi.org/10.5555/abc", "doi", "10.5555/abc"),
        ("(https://doi.org/10.5555/abc)", "doi", "10.5555/abc"),
        ("<10.5555/abc>", "doi", "10.5555/abc"),
        ("“10.5555/abc”", "doi", "10.5555/abc"),
        ("10.5555/a(1)", "doi", "10.5555/a(1)"),
        ("(10.5555/a(1))", "doi", "10.5555/a(1)"),
        ("10.1016/S0140-6736(97)11096-0", "doi", "10.1016/s0140-6736(97)11096-0"),
        (SICI.upper(), "doi", SICI),
        ("https://link.example.org/article/10.5555/abc#part", "doi", "10.5555/abc"),
        ("https://www.example.org/articles/10.5555/abc/full", "doi", "10.5555/abc"),
        ("https://www.example.org/doi/pdf/10.5555/abc?needAccess=true", "doi", "10.5555/abc"),
        ("https://example.org/content/pdf/10.5555/abc.pdf", "doi", "10.5555/abc"),
        ("https://example.org/article?id=10.5555/abc&type=x", "doi", "10.5555/abc"),
        ("12717354", "pmid", "12717354"),
        ("PMID: 12717354", "pmid", "12717354"),
        ("PMID:12717354.", "pmid", "12717354"),
        ("PubMed 12717354", "pmid", "12717354"),
        ("https://pubmed.ncbi.nlm.nih.gov/12717354/", "pmid", "12717354"),
        ("https://pubmed.ncbi.nlm.nih.gov/12717354/?from=x", "pmid", "12717354"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/12717354", "pmid", "12717354"),
        ("http://www.ncbi.nlm.nih.gov/pubmed/12717354", "pmid", "12717354"),
        ("PMC27182", "pmcid", "PMC27182"),
        ("pmc27182", "pmcid", "PMC27182"),
        ("PMCID: PMC27182", "pmcid", "PMC27182"),
        ("PMC27182.2", "pmcid", "PMC27182"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC27182/", "pmcid", "PMC27182"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC27182/pdf/a.pdf", "pmcid", "PMC27182"),
        ("https://europepmc.org/article/MED/12717354", "pmid", "12717354"),
        ("https://europepmc.org/articles/PMC27182", "pmcid", "PMC27182"),
    ],
)
def test_one(typed: str, kind: str, value: str) -> None:
    (found,) = identifiers_in(typed)
    assert (found.kind, found.value, found.line) == (kind, value, 1)
    assert only_identifiers(typed)


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("1,2, 3;4|5 6", ["1", "2", "3", "4", "5", "6"]),
        ("10.5555/a,10.5555/b;https://doi.org/10.5555/c", ["10.5555/a", "10.5555/b", "10.5555/c"]),
        ("PMID: 1, 2, 3", ["1", "2", "3"]),
        ("PMC: 1, 2", ["PMC1", "PMC2"]),
        ("10.5555/a\r\n\r\n10.5555/A\n10.5555/b", ["10.5555/a", "10.5555/b"]),
        ("1，2；3、4", ["1", "2", "3", "4"]),
        ("PMID 1 PMCID PMC2 doi:10.5555/c", ["1", "PMC2", "10.5555/c"]),
        ("\ufeff10.5555/a\t2", ["10.5555/a", "2"]),
    ],
)
def test_many(typed: str, values: list[str]) -> None:
    assert [found.value for found in identifiers_in(typed)] == values


@pytest.mark.parametrize(
    "typed",
    [
        "hello", "https://example.org/nothing", "0", "012", "1234567890", "10.5/abc", "10.5555/",
        "doi", "PMC", "PMID PMC5", "doi: 5", "https://doi.org/", "ftp://doi.org/10.5555/abc",
        "https://pubmed.ncbi.nlm.nih.gov/?term=x", "10.5555/" + "a" * 600, "x" * 5000,
    ],
)  # fmt: skip
def test_none(typed: str) -> None:
    found = identifiers_in(typed)
    assert any(one.kind is Kind.NONE for one in found)
    assert not only_identifiers(typed)


def test_what_is_none_is_named_with_its_line() -> None:
    found = identifiers_in("10.5555/a\nSmith J. A title. 10.5555/b\n\nnonsense")
    assert [(one.kind, one.line, one.text) for one in found] == [
        (Kind.DOI, 1, "10.5555/a"),
        (Kind.DOI, 2, "10.5555/b"),
        (Kind.NONE, 2, "Smith J. A title."),
        (Kind.NONE, 4, "nonsense"),
    ]


def test_a_reference_list_is_not_identifiers() -> None:
    assert not only_identifiers("1. Doe J. A title. J Tests 2016;12:34-56. doi:10.5555/a")
    assert not only_identifiers("")
    assert not only_identifiers(" \n ")


@given(st.text(max_size=300))
def test_any_text_is_told_whole_or_not_at_all(text: str) -> None:
    for found in identifiers_in(text):
        assert bool(found.value) == bool(found.kind)
        assert found.text
        assert 1 <= found.line <= len(text.splitlines())


@given(st.lists(st.integers(1, 999_999_999), min_size=1, max_size=20, unique=True))
def test_numbers_come_back_in_order(numbers: list[int]) -> None:
    typed = "\n".join(map(str, numbers))
    assert [found.value for found in identifiers_in(typed)] == typed.split("\n")
