"""The rules themselves: linear by their shape, and single traps that a line cannot show."""

from __future__ import annotations

import re
import re._parser as sre  # type: ignore[import-not-found]

import pytest

from patients.deidentification import OLDEST_AGE
from patients.screening import find
from patients.screening import places as lists
from patients.screening.find import RULES
from patients.screening.rules import contact, folding, names, numbers, places

LONGEST = 450
"""Characters that any pattern can match: a bound on the work at one place of a text."""
PATTERNS = [rule.pattern for rule in RULES] + [
    found
    for module in (contact, folding, names, numbers, places)
    for found in vars(module).values()
    if isinstance(found, re.Pattern)
]


def width(pattern: re.Pattern[str]) -> int:
    return int(sre.parse(pattern.pattern, pattern.flags).getwidth()[1])


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.pattern[:40])
def test_no_pattern_has_an_open_repeat(pattern):
    assert width(pattern) <= LONGEST


def test_an_open_repeat_would_be_noticed():
    assert width(re.compile("a+b")) > LONGEST
    assert width(re.compile("(?:a{1,9}b*){2}")) > LONGEST


def nested(parsed: object, depth: int = 0) -> int:
    """The greatest number of repeats of more than a single piece within each other."""
    deepest = depth
    for operator, argument in parsed:  # type: ignore[attr-defined]
        inner = []
        at = depth
        if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            inner, at = [argument[2]], depth + (argument[1] > 1)
        elif operator is sre.SUBPATTERN:
            inner = [argument[3]]
        elif operator is sre.BRANCH:
            inner = argument[1]
        elif operator in (sre.ASSERT, sre.ASSERT_NOT):
            inner = [argument[1]]
        deepest = max([deepest, *(nested(each, at) for each in inner)])
    return deepest


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.pattern[:40])
def test_repeats_are_not_nested_deeper_than_words_of_letters(pattern):
    assert nested(sre.parse(pattern.pattern, pattern.flags)) <= 2


def test_folding_keeps_every_place():
    text = "".join(map(chr, (*range(1, 0xD800), *range(0xE000, 0x10000))))
    assert len(folding.folded(text)) == len(text)
    doi = "see 10.1000/xyz-1 and PMID 12345678."
    assert len(folding.without_identifiers(doi)) == len(doi)


@pytest.mark.parametrize("age", [OLDEST_AGE - 1, OLDEST_AGE, OLDEST_AGE + 1, 109, 129])
@pytest.mark.parametrize("words", ["a {}-year-old woman", "患者{}岁"])
def test_the_oldest_age_is_the_one_of_the_record(age, words):
    assert [hit.kind for hit in find(words.format(age))] == (["age"] if age > OLDEST_AGE else [])


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("", []),
        ("\n\n", []),
        ("Dr", []),
        ("医生", []),
        ("Dr Adler called on 3 May 2012 about MRN 778899.", ["name", "date", "record_number"]),
        ("Paris and the Paris score", ["place"]),
        ("She saw Dr\u00a0Adler", ["name"]),
        ("２０１９年１月２日", ["date"]),
        ("See https://doi.org/10.1000/2016.05.12", []),
        ("See https://example.org/users/eva", ["web"]),
    ],
)
def test_single_texts(text, kinds):
    assert [hit.kind for hit in find(text)] == kinds


def test_the_longer_of_two_stands():
    text = "seen at Boston Hillside Hospital"
    [hit] = find(text)
    assert (hit.kind, text[hit.start : hit.end]) == ("hospital", "Boston Hillside Hospital")


def test_lists_hold_no_country_and_no_name_twice_in_one_line():
    english = {name for group in lists.ENGLISH.values() for name in group}
    assert len(english) + len(lists.CHINESE) + len(lists.UNSURE_CHINESE) > 900
    assert not english & {"China", "Japan", "Germany", "Hong Kong", "Singapore", "Georgia"}
    assert not lists.CHINESE & lists.UNSURE_CHINESE
    assert not lists.CHINESE & {"中国", "日本", "香港", "德国", "新加坡"}
