"""Whether two records are of one work.

The rules: certain are only the same identifier with titles that agree, and the same title with
year, first author, journal, and pages or volume. Whatever speaks against it (another identifier,
a notice, a part, an edition, a preprint, an abstract) makes it a question for a person. A table of
weights says what is worth asking about.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from literature.duplicates.evidence import Agreement, Evidence, TitleAgreement, evidence_of
from literature.duplicates.model import Comparison, Likeness
from literature.duplicates.reasons import in_words
from literature.duplicates.work import Work, work_of

SAME, NEAR, UNKNOWN, APART = Agreement

_TITLE_WEIGHTS = {
    TitleAgreement.EQUAL: 4.0,
    TitleAgreement.CUT: 3.0,
    TitleAgreement.CLOSE: 3.0,
    TitleAgreement.SIMILAR: 1.5,
}
_COMMON_TITLE = 1.0
"""What an equal title weighs that stands on many works: Editorial, Insulinoma."""
_WEIGHTS: Mapping[str, Mapping[Agreement, float]] = {
    "author": {SAME: 1.5, APART: -2.0},
    "year": {SAME: 1.0, NEAR: 0.5, APART: -1.5},
    "journal": {SAME: 1.0, APART: -1.5},
    "volume": {SAME: 1.0, APART: -1.0},
    "pages": {SAME: 2.0, NEAR: 0.5, APART: -1.5},
}
_CLASHING_IDENTIFIER = -1.0
WORTH_ASKING = 4.0
"""An equal title with nothing for or against it; a close one with two fields that agree."""


def compare(a_csl: Mapping[str, Any], b_csl: Mapping[str, Any]) -> Comparison:
    """The likeness of two CSL records, and the reason in words. The same for (b, a)."""
    return compare_works(work_of(a_csl), work_of(b_csl))


def compare_works(a: Work, b: Work) -> Comparison:
    """As `compare`, of records that were taken apart once by `work_of`."""
    found = evidence_of(a, b)
    if found is None:
        return Comparison(Likeness.DIFFERENT, "The titles differ.")
    if found.shared:
        return _with_shared_identifier(a, b, found)
    for rule in (_about_each_other, _of_two_stages, _in_two_languages, _by_the_record):
        if (comparison := rule(a, b, found)) is not None:
            return comparison
    return Comparison(Likeness.DIFFERENT, in_words(found, a, b))


def _with_shared_identifier(a: Work, b: Work, found: Evidence) -> Comparison:
    """The same unless something disagrees badly: identifiers are mistyped, and borrowed."""
    shared = f"The same {' and '.join(found.shared)}"
    against = _against_identifier(a, b, found)
    if against:
        return Comparison(Likeness.PROBABLE, f"{shared}, but {against}.")
    return Comparison(Likeness.SAME, f"{shared}, and nothing speaks against it.")


def _against_identifier(a: Work, b: Work, found: Evidence) -> str:
    if found.clashing:
        return f"another {' and '.join(found.clashing)}"
    difference = _difference_of_kind(a, b)
    if difference:
        return difference
    if found.title is TitleAgreement.APART or (
        found.title is TitleAgreement.SIMILAR and found.author is not SAME
    ):
        return "the titles disagree"
    if found.numbers_differ:
        return "the titles have different numbers"
    if found.author is APART and found.title is not TitleAgreement.EQUAL:
        return "the first authors disagree"
    doubts = [name for name in ("year", "journal", "volume", "pages")
              if getattr(found, name) is APART]  # fmt: skip
    allowed = 0 if found.title is TitleAgreement.OTHER_LANGUAGE or not a.telling else 2
    return f"{' and '.join(doubts)} disagree" if len(doubts) > allowed else ""


def _difference_of_kind(a: Work, b: Work) -> str:
    """Why two records of one title may still be two works."""
    if a.notice is not b.notice:
        return f"one is {_notice(a, b)}"
    if a.part != b.part and a.part is not None and b.part is not None:
        return "they are different parts"
    if a.preprint != b.preprint:
        return "one is a preprint"
    if a.abstract != b.abstract:
        return "one is a conference abstract"
    if a.edition != b.edition and a.edition and b.edition:
        return "the editions differ"
    if a.family != b.family:
        return "they are of different kinds"
    return ""


def _notice(a: Work, b: Work) -> str:
    return min(work.notice.value for work in (a, b) if work.notice)


def _about_each_other(a: Work, b: Work, found: Evidence) -> Comparison | None:
    """A notice and what it is about, parts of a series: like titles, other works."""
    if a.notice is not b.notice:
        if not found.titles_alike:
            return Comparison(Likeness.DIFFERENT, f"One is {_notice(a, b)}.")
        return Comparison(Likeness.RELATED, f"Titles alike, but one is {_notice(a, b)}.")
    if a.part is not None and b.part is not None and a.part != b.part:
        one_series = a.main_title == b.main_title != "" and found.author is not APART
        if not found.titles_alike and not one_series:
            return None
        return Comparison(Likeness.RELATED, "Titles alike, but they are different parts.")
    return None


def _of_two_stages(a: Work, b: Work, found: Evidence) -> Comparison | None:
    """Preprint and article, abstract and paper, editions: one study or book, told twice."""
    if not found.titles_alike or found.title is TitleAgreement.SIMILAR or found.author is APART:
        return None
    if a.preprint != b.preprint:
        return Comparison(Likeness.RELATED, "Titles alike, but one is a preprint.")
    in_one_place = found.volume is SAME and found.pages is SAME
    if a.abstract != b.abstract and not in_one_place:
        return Comparison(Likeness.RELATED, "Titles alike, but one is a conference abstract.")
    editions = a.edition != b.edition and a.edition and b.edition
    later = a.family == b.family != "article" and found.year is APART
    if (editions or later) and not found.numbers_differ:
        return Comparison(Likeness.RELATED, "Titles alike, but another edition.")
    return _told_elsewhere(a, b, found)


def _told_elsewhere(a: Work, b: Work, found: Evidence) -> Comparison | None:
    """The usual false pair: a conference abstract that does not say so, and its paper."""
    other_place = found.journal is APART and APART in (found.volume, found.pages)
    in_supplement = a.supplement != b.supplement and found.pages is not SAME
    if not (other_place or in_supplement) or found.author is not SAME or not a.telling:
        return None
    if found.title is not TitleAgreement.EQUAL or SAME is found.pages:
        return None
    return Comparison(
        Likeness.RELATED,
        "The same title and first author in another place: perhaps an abstract and its paper.",
    )


def _in_two_languages(a: Work, b: Work, found: Evidence) -> Comparison | None:
    """Titles that cannot be compared: the place in the journal has to speak for them."""
    if found.title is not TitleAgreement.OTHER_LANGUAGE or found.year is UNKNOWN:
        return None
    place = (found.year, found.journal, found.volume, found.issue, found.pages)
    if APART in (found.author, *place) or place.count(SAME) < 3:
        return None
    if SAME not in (found.pages, found.issue) or SAME not in (found.volume, found.journal):
        return None
    if a.cjk == b.cjk and (found.pages is not SAME or SAME not in (found.author, found.last_page)):
        return None
    return Comparison(Likeness.PROBABLE, f"Titles in two languages. {in_words(found, a, b)}")


def _by_the_record(a: Work, b: Work, found: Evidence) -> Comparison | None:
    if _is_certain(a, b, found):
        return Comparison(Likeness.SAME, in_words(found, a, b))
    if not found.titles_alike or _is_another_of_its_kind(found):
        return None
    weight = _TITLE_WEIGHTS[found.title]
    if found.title is TitleAgreement.EQUAL and not a.telling:
        weight = _COMMON_TITLE
    for field, weights in _WEIGHTS.items():
        weight += weights.get(getattr(found, field), 0.0)
    weight += _CLASHING_IDENTIFIER * len(found.clashing)
    if weight < WORTH_ASKING:
        return None
    return Comparison(Likeness.PROBABLE, in_words(found, a, b))


def _is_another_of_its_kind(found: Evidence) -> bool:
    """`Cancer statistics, 2019` and `2020`, phase 2 and phase 3: a number is the difference."""
    return found.numbers_differ and (found.pages is not SAME or found.volume is APART)


def _is_certain(a: Work, b: Work, found: Evidence) -> bool:
    """Every field that says which work it is agrees, and none speaks against it."""
    if found.title is not TitleAgreement.EQUAL or not a.telling or found.clashing:
        return False
    if _difference_of_kind(a, b) or a.retracted != b.retracted or a.bracketed != b.bracketed:
        return False
    if a.part != b.part or (a.edition != b.edition) or a.family != "article":
        return False
    if (found.author, found.journal) != (SAME, SAME) or found.year not in (SAME, NEAR):
        return False
    if found.pages is SAME:
        return found.volume is not APART
    return found.pages is UNKNOWN and (found.volume, found.issue) == (SAME, SAME)
