"""Bibliographic records in words."""

from __future__ import annotations

from typing import Any

import pytest

from literature import wording
from tests.make import make_csl

TRUNCATED = {"authors_truncated": True}


def authors(*families: str) -> list[dict[str, str]]:
    return [{"family": family, "given": "A"} for family in families]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ({"family": "Doe", "given": "JA"}, "Doe JA"),
        ({"family": "Doe"}, "Doe"),
        ({"family": "Vilsteren", "given": "FGI", "non-dropping-particle": "van"},
         "van Vilsteren FGI"),
        ({"family": "Doe", "given": "J", "suffix": "Jr"}, "Doe J, Jr"),
        ({"literal": "World Health Organization"}, "World Health Organization"),
        ({"family": "王", "given": "伟"}, "王 伟"),
    ],
)  # fmt: skip
def test_name(name: dict[str, str], words: str) -> None:
    assert wording.name_words(name) == words


@pytest.mark.parametrize(
    ("csl", "words"),
    [
        ({}, ""),
        ({"author": authors("A", "B")}, "A A, B A"),
        ({"author": authors(*"ABCDEF")}, "A A, B A, C A, D A, E A, F A"),
        ({"author": authors(*"ABCDEFG")}, "A A, B A, C A, D A, E A, F A, et al."),
        ({"author": authors("A"), "custom": TRUNCATED}, "A A, et al."),
        ({"author": authors("A"), "custom": {"authors_truncated": False}}, "A A"),
        ({"custom": TRUNCATED}, ""),
    ],
)
def test_authors(csl: dict[str, Any], words: str) -> None:
    assert wording.authors_words(csl) == words


def test_fewer_authors_may_be_shown() -> None:
    assert wording.authors_words({"author": authors(*"ABC")}, shown=1) == "A A, et al."


def test_editors() -> None:
    assert wording.editors_words({"editor": authors("A", "B")}) == "A A, B A"
    assert wording.editors_words({}) == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Journal of Tests 2016;12:34–56"),
        ({"issue": "2"}, "Journal of Tests 2016;12(2):34–56"),
        ({"volume": None}, "Journal of Tests 2016, pages 34–56"),
        ({"volume": None, "issue": "2"}, "Journal of Tests 2016;(2):34–56"),
        ({"page": "e12"}, "Journal of Tests 2016;12:e12"),
        ({"page": None}, "Journal of Tests 2016;12"),
        ({"issued": None}, "Journal of Tests;12:34–56"),
        ({"container-title": None}, "2016;12:34–56"),
        ({"volume": None, "page": None}, "Journal of Tests 2016"),
    ],
)
def test_where_published(changes: dict[str, Any], words: str) -> None:
    assert wording.where_published(make_csl(**changes)) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Doe 2016"),
        ({"author": authors("A", "B")}, "A and B 2016"),
        ({"author": authors("A", "B"), "custom": TRUNCATED}, "A et al. 2016"),
        ({"author": authors("A", "B", "C")}, "A et al. 2016"),
        ({"author": [{"family": "Berg", "non-dropping-particle": "van den"}]},
         "van den Berg 2016"),
        ({"author": [{"literal": "A group"}], "issued": None}, "A group"),
        ({"author": [{"family": "A"}, {"family": "Berg", "non-dropping-particle": "van den"}]},
         "A and van den Berg 2016"),
        ({"author": None}, "Journal of Tests 2016"),
        ({"author": None, "issued": None}, "Journal of Tests"),
        ({"author": None, "container-title": None, "title": "A title"}, "A title"),
    ],
)  # fmt: skip
def test_short_citation(changes: dict[str, Any], words: str) -> None:
    assert wording.short_citation(make_csl(**changes)) == words


def test_type_is_named_in_words() -> None:
    assert wording.type_words(make_csl()) == "Journal article"
    assert wording.type_words({"type": "of later days"}) == "of later days"
    assert wording.type_words({}) == ""
