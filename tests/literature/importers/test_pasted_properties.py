"""Whatever the record: printed in a style by small writers here, it reads as the same record."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from literature.csl import normalise_csl
from literature.importers.model import UnreadableError
from literature.importers.pasted import Pasted

Record = dict[str, Any]
SMALL = "abcdefghiklmnoprstuvwzäéöüçłß"
BIG = "ABCDEFGHKLMNOPRSTVWZÄÉÖŁČ"
WORDS_TEXT = (
    "liver metastases embolisation after portal vein thrombosis tumours patients with long- "
    "term outcome 68Ga-DOTATOC anti-PD-1 PET/CT (NEN) well-differentiated somatostatin of the "
    "from beta-blockers randomised grade 3 CO2 a cohort, study, treatment: Europe "
    "α-fetoprotein "
)
WORDS = WORDS_TEXT.split()
DOI = r"10\.[0-9]{4}/[a-z0-9]{2,8}(\.[a-z0-9]{1,6})?(\([0-9]{2}\))?[a-z0-9]"
JOURNALS = [
    "Lancet", "Lancet Oncol", "Ann Surg", "J Clin Oncol", "N Engl J Med", "HPB (Oxford)",
    "PLoS One", "Journal of Hepatology", "Scandinavian Journal of Gastroenterology",
    "Zhonghua Yi Xue Za Zhi", "Proc Natl Acad Sci U S A", "Annals of Oncology",
    "Best Pract Res Clin Gastroenterol",
]  # fmt: skip

word = st.builds(str.__add__, st.sampled_from(BIG), st.text(SMALL, min_size=2, max_size=9))
family = st.one_of(
    word,
    st.builds("{}-{}".format, word, word),
    st.builds("O’{}".format, word),
    st.builds("Le {}".format, word),
)
initials = st.text(BIG, min_size=1, max_size=3)
person = st.builds(
    lambda particle, family, given: (
        {"non-dropping-particle": particle} if particle else {}
    ) | {"family": family, "given": given},
    st.sampled_from(["", "", "", "van", "van der", "de"]),
    family,
    initials,
)  # fmt: skip
title = st.builds(
    lambda first, rest, end: " ".join([first.capitalize(), *rest]).rstrip(",:") + end,
    st.sampled_from(["liver", "portal", "tumours", "treatment", "outcome"]),
    st.lists(st.sampled_from(WORDS), min_size=3, max_size=14),
    st.sampled_from(["", "", "", "?"]),
)
pages = st.one_of(
    st.builds(lambda low, more: f"{low}-{low + more}", st.integers(1, 3000), st.integers(1, 90)),
    st.builds(lambda low, more: f"e{low}-e{low + more}", st.integers(1, 300), st.integers(1, 20)),
    st.integers(100_000, 9_999_999).map(str),
)
record = st.fixed_dictionaries(
    {
        "author": st.lists(person, min_size=1, max_size=7),
        "title": title,
        "container-title": st.sampled_from(JOURNALS),
        "issued": st.integers(1900, 2030).map(lambda year: {"date-parts": [[year]]}),
        "volume": st.integers(1, 999).map(str),
        "page": pages,
    },
    optional={
        "issue": st.integers(1, 40).map(str),
        "DOI": st.from_regex(DOI, fullmatch=True),
        "custom": st.just({"authors_truncated": True}),
    },
)  # fmt: skip


def surname(name: dict[str, str]) -> str:
    return f"{name.get('non-dropping-particle', '')} {name['family']}".strip()


def short_last_page(page: str) -> str:
    """`179-186` as lists print it: `179–86`."""
    low, dash, high = page.partition("-")
    low_digits, high_digits = low.lstrip("e"), high.lstrip("e")
    same = 0
    if len(low_digits) == len(high_digits):
        while same < len(high_digits) - 1 and low_digits[same] == high_digits[same]:
            same += 1
    return f"{low}{'–' if dash else ''}{high_digits[same:]}"


def year(r: Record) -> int:
    return r["issued"]["date-parts"][0][0]


def issue(r: Record) -> str:
    return f"({r['issue']})" if "issue" in r else ""


def volume(r: Record) -> str:
    return f"{r['volume']}{issue(r)}"


def stopped(text: str) -> str:
    return text if text.endswith("?") else f"{text}."


def spaced(given: str) -> str:
    return " ".join(f"{letter}." for letter in given)


def others(r: Record, words: str) -> str:
    return words if "custom" in r else ""


def vancouver(r: Record) -> str:
    names = ", ".join(f"{surname(n)} {n['given']}" for n in r["author"]) + others(r, ", et al")
    text = f"{names}. {stopped(r['title'])} {r['container-title']}. {year(r)};{volume(r)}"
    return f"{text}:{short_last_page(r['page'])}." + (f" doi: {r['DOI']}." if "DOI" in r else "")


def springer(r: Record) -> str:
    names = ", ".join(f"{surname(n)} {n['given']}" for n in r["author"]) + others(r, " et al")
    text = f"{names} ({year(r)}) {stopped(r['title'])} {r['container-title']} {volume(r)}"
    return f"{text}:{r['page'].replace('-', '–')}" + doi_link(r)


def apa(r: Record) -> str:
    names = [f"{surname(n)}, {spaced(n['given'])}" for n in r["author"]]
    joined = names[0] if len(names) == 1 else ", ".join(names[:-1]) + f", & {names[-1]}"
    joined += others(r, ", et al.")
    text = f"{joined} ({year(r)}). {stopped(r['title'])} {r['container-title']}, {volume(r)}"
    return f"{text}, {r['page'].replace('-', '–')}." + doi_link(r)


def harvard(r: Record) -> str:
    names = [f"{surname(n)}, {'.'.join(n['given'])}." for n in r["author"]]
    joined = names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}"
    joined += others(r, " et al.")
    text = f"{joined} ({year(r)}) ‘{r['title']}’, {r['container-title']}, {volume(r)}"
    return f"{text}, pp. {r['page'].replace('-', '–')}." + doi_link(r)


def nature(r: Record) -> str:
    names = [f"{surname(n)}, {spaced(n['given'])}" for n in r["author"]]
    joined = names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" & {names[-1]}"
    joined += others(r, " et al.")
    text = f"{joined} {stopped(r['title'])} {r['container-title']} {r['volume']}"
    return f"{text}, {r['page'].replace('-', '–')} ({year(r)})." + doi_link(r)


def elsevier(r: Record) -> str:
    names = ", ".join(f"{'.'.join(n['given'])}. {surname(n)}" for n in r["author"])
    names += others(r, ", et al.")
    end = "" if r["title"].endswith("?") else ","
    number = f" {issue(r)}" if "issue" in r else ""
    text = f"{names}, {r['title']}{end} {r['container-title']} {r['volume']}{number} ({year(r)})"
    return f"{text} {r['page'].replace('-', '–')}." + doi_link(r)


def gbt_7714(r: Record) -> str:
    names = ", ".join(f"{surname(n).upper()} {' '.join(n['given'])}" for n in r["author"])
    names += others(r, ", et al")
    text = f"{names}. {r['title']}[J]. {r['container-title']}, {year(r)}, {volume(r)}"
    return f"{text}: {r['page']}." + (f" DOI: {r['DOI']}." if "DOI" in r else "")


def doi_link(r: Record) -> str:
    return f" https://doi.org/{r['DOI']}" if "DOI" in r else ""


WRITERS = [vancouver, springer, apa, harvard, nature, elsevier, gbt_7714]


def in_small_letters(name: dict[str, str]) -> str:
    return surname(name).casefold()


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
@settings(max_examples=250, deadline=None)
@given(records=st.lists(record, min_size=1, max_size=4))
def test_what_a_style_prints_reads_the_same(write: Callable[[Record], str], records):
    text = "\n".join(f"{number}. {write(r)}" for number, r in enumerate(records, 1))
    entries = list(Pasted().read(io.BytesIO(text.encode())))
    assert [entry.number for entry in entries] == list(range(1, len(records) + 1))
    for entry, printed in zip(entries, records, strict=True):
        wanted = {"type": "article-journal", **printed}
        got = dict(entry.csl)
        if write is nature:
            wanted.pop("issue", None)
        if write is gbt_7714:
            got["author"] = [(in_small_letters(name), name["given"]) for name in got["author"]]
            wanted["author"] = [(in_small_letters(n), n["given"]) for n in wanted["author"]]
        assert got == wanted
        assert set(entry.confidence) == set(entry.csl)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400) | st.text("1. 2[]()JDoeA,;:-–/\n10.王 ", max_size=300))
def test_no_text_makes_it_fall(text):
    try:
        entries = list(Pasted().read(io.BytesIO(text.encode("utf-8", "replace"))))
    except UnreadableError:
        return
    for entry in entries:
        try:
            assert normalise_csl(entry.csl) == entry.csl
        except ValidationError:
            assert entry.broken


TABLES = sorted(Path(__file__).with_name("pasted_styles").glob("*.yaml"))
PRINTED = [row["text"] for table in TABLES for row in yaml.safe_load(table.read_text("utf-8"))]
SCRAPS = [
    "(",
    ")",
    "[",
    "]",
    "[J]",
    "//",
    "In:",
    "(eds)",
    "et",
    "al",
    ";",
    ":",
    "-",
    "–",
    ".",
    "2010",
    "10.5555/",
    "\n",
    "?",
    "‘",
    "’",
    "王伟",
    ",",
    "&",
    "p.",
    "2nd",
]
change = st.tuples(st.integers(0, 400), st.integers(0, 9), st.sampled_from(SCRAPS))


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(PRINTED), st.lists(change, min_size=1, max_size=10))
def test_no_damaged_item_makes_it_fall(text, changes):
    for place, cut, scrap in changes:
        place %= len(text) + 1
        text = text[:place] + scrap + text[place + cut :]
    try:
        entries = list(Pasted().read(io.BytesIO(f"1. {text}\n2. {PRINTED[0]}".encode())))
    except UnreadableError:
        return
    for entry in entries:
        assert entry.broken or normalise_csl(entry.csl) == entry.csl
        assert set(entry.confidence) == set(entry.csl)
