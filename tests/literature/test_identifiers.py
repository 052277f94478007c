"""Identifiers are brought to one form, and what is none is refused with a reason."""

from collections.abc import Callable

import pytest

from literature.identifiers import normalise_doi, normalise_pmcid, normalise_pmid
from literature.public_ids import CROCKFORD, PUBLIC_ID_RE, new_public_id

NORMAL_FORMS = [
    (normalise_doi, "10.5555/ABC", "10.5555/abc"),
    (normalise_doi, "https://doi.org/10.5555/abc", "10.5555/abc"),
    (normalise_doi, "http://dx.doi.org/10.5555/abc", "10.5555/abc"),
    (normalise_doi, "DOI: 10.5555/abc", "10.5555/abc"),
    (normalise_doi, " 10.5555/abc\n", "10.5555/abc"),
    (normalise_doi, "10.5555/(sici)1097-0142(1997)79:4<813::aid>3.0.co;2-#",
     "10.5555/(sici)1097-0142(1997)79:4<813::aid>3.0.co;2-#"),
    (normalise_doi, "10.1000.10/123", "10.1000.10/123"),
    (normalise_pmid, "12345", "12345"),
    (normalise_pmid, " PMID: 12345 ", "12345"),
    (normalise_pmcid, "pmc12345", "PMC12345"),
    (normalise_pmcid, " PMC12345", "PMC12345"),
]  # fmt: skip
NO_IDENTIFIERS = [
    (normalise_doi, ""),
    (normalise_doi, "10.5555"),
    (normalise_doi, "10.5555/"),
    (normalise_doi, "11.5555/abc"),
    (normalise_doi, "10.55/abc"),
    (normalise_doi, "10.5555/a b"),
    (normalise_doi, "10.5555/" + "a" * 500),
    (normalise_doi, "see https://doi.org/10.5555/abc"),
    (normalise_pmid, ""),
    (normalise_pmid, "0"),
    (normalise_pmid, "0123"),
    (normalise_pmid, "1234567890"),
    (normalise_pmid, "-1"),
    (normalise_pmid, "12.5"),
    (normalise_pmid, "\u0661\u0662\u0663"),  # Arabic digits are digits to Python
    (normalise_pmcid, "12345"),
    (normalise_pmcid, "PMC0"),
    (normalise_pmcid, "PMC"),
]


@pytest.mark.parametrize(("normalise", "text", "normal"), NORMAL_FORMS)
def test_normal_form(normalise: Callable[[str], str], text: str, normal: str) -> None:
    assert normalise(text) == normal
    assert normalise(normal) == normal


@pytest.mark.parametrize(("normalise", "text"), NO_IDENTIFIERS)
def test_refused(normalise: Callable[[str], str], text: str) -> None:
    with pytest.raises(ValueError, match="^is not a "):
        normalise(text)


def test_public_ids_are_crockford_and_never_counted() -> None:
    made = {new_public_id() for _ in range(200)}
    assert len(made) == 200
    assert all(PUBLIC_ID_RE.match(public_id) for public_id in made)
    assert not set("ILOU") & set(CROCKFORD)
