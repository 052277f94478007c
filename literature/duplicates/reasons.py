"""What two records have in common and what not, in a sentence for a person."""

from __future__ import annotations

from literature.duplicates.evidence import Agreement, Evidence, TitleAgreement
from literature.duplicates.work import Work

_TITLES = {
    TitleAgreement.EQUAL: "the same title",
    TitleAgreement.CUT: "one title is a part of the other",
    TitleAgreement.CLOSE: "titles nearly the same",
    TitleAgreement.SIMILAR: "titles alike",
    TitleAgreement.OTHER_LANGUAGE: "",
    TitleAgreement.APART: "",
}
_FIELDS = {
    "author": "first author",
    "year": "year",
    "journal": "journal",
    "volume": "volume",
    "pages": "first page",
}


def in_words(found: Evidence, a: Work, b: Work) -> str:
    """`The same title, first author, year and journal; another volume.`"""
    title = _TITLES[found.title]
    same = [words for name, words in _FIELDS.items() if getattr(found, name) is Agreement.SAME]
    apart = [words for name, words in _FIELDS.items() if getattr(found, name) is Agreement.APART]
    if found.year is Agreement.NEAR:
        apart.append("year by one")
    apart += list(found.clashing)
    if same:
        title = f"{title}, {_the_same(title, same)}" if title else f"the same {_list(same)}"
    sentence = title or "little in common"
    if found.title is TitleAgreement.APART and not same:
        sentence = "other titles"
    if apart:
        sentence += f"; another {_list(apart)}"
    if a.retracted != b.retracted:
        sentence += "; one is marked as retracted"
    return f"{sentence[0].upper()}{sentence[1:]}."


def _the_same(title: str, fields: list[str]) -> str:
    return _list(fields) if title == _TITLES[TitleAgreement.EQUAL] else f"the same {_list(fields)}"


def _list(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
