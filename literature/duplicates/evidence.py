"""How far two records agree, field by field."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum

from rapidfuzz import fuzz

from literature.duplicates.folding import language_of
from literature.duplicates.journals import same_name
from literature.duplicates.work import Author, Work

CLOSE = 93
"""Of 100: a letter or two typed wrong, a word written otherwise."""
SIMILAR = 85
"""Of 100: a word more or less. Below it two titles are of different works."""
MIN_CUT = 16
"""Letters that a cut title must have left, to be known again."""
MIN_CUT_CJK = 6


class Agreement(Enum):
    """`NEAR` is neither for nor against: a year beside, an author further down the list."""

    SAME = "same"
    NEAR = "near"
    UNKNOWN = "unknown"
    APART = "apart"


class TitleAgreement(Enum):
    EQUAL = "equal"
    CUT = "cut"
    CLOSE = "close"
    SIMILAR = "similar"
    OTHER_LANGUAGE = "other language"
    APART = "apart"


_NUMBERED = (TitleAgreement.CUT, TitleAgreement.CLOSE, TitleAgreement.SIMILAR)


@dataclass(frozen=True, slots=True)
class Evidence:
    title: TitleAgreement
    author: Agreement
    year: Agreement
    journal: Agreement
    volume: Agreement
    issue: Agreement
    pages: Agreement
    last_page: Agreement
    shared: tuple[str, ...]
    """Kinds of identifiers that both carry alike; `clashing` those in which they differ."""
    clashing: tuple[str, ...]
    numbers_differ: bool
    """The titles hold different numbers: another phase, another year, another part."""

    @property
    def titles_alike(self) -> bool:
        return self.title not in (TitleAgreement.OTHER_LANGUAGE, TitleAgreement.APART)


def evidence_of(a: Work, b: Work) -> Evidence | None:
    """None where nothing brings them together: no title, no series, no identifier."""
    both = [kind for kind in a.identifiers if kind in b.identifiers]
    title = _title(a, b)
    one_series = a.main_title == b.main_title != ""
    shares = any(a.identifiers[kind] == b.identifiers[kind] for kind in both)
    if title is TitleAgreement.APART and not one_series and not shares:
        return None
    return Evidence(
        title=title,
        author=_author(a.authors, b.authors),
        year=_year(a.year, b.year),
        journal=_journal(a, b),
        volume=_equal(a.volume, b.volume),
        issue=_equal(a.issue, b.issue),
        pages=_pages(a, b),
        last_page=_equal(a.last_page, b.last_page),
        shared=tuple(kind for kind in both if a.identifiers[kind] == b.identifiers[kind]),
        clashing=tuple(kind for kind in both if a.identifiers[kind] != b.identifiers[kind]),
        numbers_differ=title in _NUMBERED and _numbers_differ(a, b),
    )


def _equal(a: str, b: str) -> Agreement:
    if not a or not b:
        return Agreement.UNKNOWN
    return Agreement.SAME if a == b else Agreement.APART


def _title(a: Work, b: Work) -> TitleAgreement:
    if a.title and a.title == b.title:
        return TitleAgreement.EQUAL
    if not a.title or not b.title:
        return TitleAgreement.APART
    if a.cjk != b.cjk:
        return TitleAgreement.OTHER_LANGUAGE
    if _is_cut(a, b) or _is_cut(b, a):
        return TitleAgreement.CUT
    likeness = fuzz.ratio(a.title, b.title, score_cutoff=SIMILAR)
    if likeness < CLOSE and not a.cjk:
        sorted_words = (" ".join(sorted(a.words)), " ".join(sorted(b.words)))
        likeness = max(likeness, fuzz.ratio(*sorted_words, score_cutoff=SIMILAR))
    if likeness >= CLOSE:
        return TitleAgreement.CLOSE
    if likeness >= SIMILAR:
        return TitleAgreement.SIMILAR
    return TitleAgreement.OTHER_LANGUAGE if _is_translated(a, b) else TitleAgreement.APART


def _is_translated(a: Work, b: Work) -> bool:
    """Asked only where the place in the journal is the same: the words alone say too little."""
    if (a.first_page, a.volume) != (b.first_page, b.volume) or not a.first_page:
        return False
    if a.bracketed != b.bracketed:
        return True
    ours, theirs = language_of(a.words), language_of(b.words)
    return bool(ours and theirs and ours != theirs)


def _is_cut(short: Work, long: Work) -> bool:
    """The one is the beginning or the end of the other, or its title without the subtitle."""
    least = MIN_CUT_CJK if short.cjk else MIN_CUT
    if len(short.title) < least or len(short.title) >= len(long.title):
        return False
    if short.title == long.main_title or short.cjk:
        return short.title == long.main_title or long.title.startswith(short.title)
    count = len(short.words)
    if count < 3:
        return False
    return short.words in (long.words[:count], long.words[-count:]) or long.title.startswith(
        short.title
    )


def _numbers_differ(a: Work, b: Work) -> bool:
    """Each has a number that the other has not. Words that count are numbers too."""
    ours, theirs = _numbers(a.words), _numbers(b.words)
    return bool(ours - theirs and theirs - ours)


_COUNTING = {
    word: str(number)
    for number, group in enumerate(
        ("one first i", "two second ii", "three third iii", "four fourth iv", "five fifth v"), 1
    )
    for word in group.split()
}


def _numbers(words: tuple[str, ...]) -> Counter[str]:
    found: Counter[str] = Counter()
    for word in words:
        if word in _COUNTING:
            found[_COUNTING[word]] += 1
        else:
            found.update(number.lstrip("0") or "0" for number in re.findall(r"\d+", word))
    return found


def _author(a: tuple[Author, ...], b: tuple[Author, ...]) -> Agreement:
    if not a or not b:
        return Agreement.UNKNOWN
    if a[0].name.isascii() != b[0].name.isascii():
        return Agreement.UNKNOWN  # in two scripts
    first = _same_person(a[0], b[0])
    if first is not Agreement.APART:
        return first
    if any(_same_person(a[0], other) is not Agreement.APART for other in b[1:]) or any(
        _same_person(other, b[0]) is not Agreement.APART for other in a[1:]
    ):
        return Agreement.NEAR
    return Agreement.APART


def _same_person(a: Author, b: Author) -> Agreement:
    if a.name == b.name:
        clash = a.initial and b.initial and a.initial != b.initial
        return Agreement.NEAR if clash else Agreement.SAME
    if a.given and a.given == b.name and b.given == a.name:
        return Agreement.NEAR  # family and given name changed places
    short, long = sorted((a.name, b.name), key=len)
    if len(short) >= 4 and (long.startswith(short) or long.endswith(short)):
        return Agreement.NEAR  # one of two family names, or a particle
    return Agreement.NEAR if len(short) >= 5 and fuzz.ratio(short, long) >= 85 else Agreement.APART


def _year(a: int | None, b: int | None) -> Agreement:
    if a is None or b is None:
        return Agreement.UNKNOWN
    if a == b:
        return Agreement.SAME
    return Agreement.NEAR if abs(a - b) == 1 else Agreement.APART


def _journal(a: Work, b: Work) -> Agreement:
    if a.issns & b.issns:
        return Agreement.SAME
    if not a.journal or not b.journal or a.journal_cjk != b.journal_cjk:
        return Agreement.UNKNOWN
    return Agreement.SAME if same_name(a.journal, b.journal) else Agreement.APART


def _pages(a: Work, b: Work) -> Agreement:
    if not a.first_page or not b.first_page:
        return Agreement.UNKNOWN
    if a.first_page == b.first_page:
        return Agreement.SAME
    if a.first_page == b.last_page or b.first_page == a.last_page:
        return Agreement.NEAR
    if re.sub(r"\D", "", a.first_page) == re.sub(r"\D", "", b.first_page):
        return Agreement.NEAR  # `e131` and `131`; `S12` and `12` are another matter
    if a.last_page and a.last_page == b.last_page:
        return Agreement.NEAR
    if _article_number(a, b) or _article_number(b, a):
        return Agreement.NEAR
    return Agreement.APART


def _article_number(a: Work, b: Work) -> bool:
    """`742890` and `1-9`: the number of an article, and the pages of its file."""
    return not a.last_page and len(a.first_page) >= 4 and b.first_page == "1"
