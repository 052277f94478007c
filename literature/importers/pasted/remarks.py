"""Remarks that stand beside the fields of a reference, taken out and kept where CSL has a place."""

from __future__ import annotations

import re

from literature.importers.pasted.dates import ANY_DATE, date_parts
from literature.importers.pasted.found import CERTAIN, SURE, Found
from literature.importers.pasted.pages import DISCUSSION, full_pages

_LANGUAGES = {
    "chinese": "zh", "japanese": "ja", "korean": "ko", "german": "de", "french": "fr",
    "spanish": "es", "italian": "it", "russian": "ru", "portuguese": "pt", "polish": "pl",
    "dutch": "nl", "turkish": "tr", "hungarian": "hu", "czech": "cs", "swedish": "sv",
    "danish": "da", "norwegian": "no", "english": "en",
}  # fmt: skip
_LANGUAGE = re.compile(
    r"\s?[\[(](?:article )?in ("
    + "|".join(_LANGUAGES)
    + r")(?:[,;] (?:with )?(?:an )?english (?:abstract|summary))?[\])]\.?"
    + r"|(?<=[.\]?!]) (?:article )?in ("
    + "|".join(_LANGUAGES)
    + r")\.",
    re.I,
)
_STATUS = re.compile(
    r"[\s,;.]{0,2}[\[(]?\b(epub ahead of print|online ahead of print|in press|ahead of print|"
    r"published online ahead of print|forthcoming|to be published|advance online publication)\b"
    rf"[\])]?(?:,? {ANY_DATE})?",
    re.I,
)
_EPUB = re.compile(
    r"[\s;(]{0,2}\b(?:epub|(?:first )?published online|published electronically)\s?:?\s"
    rf"{ANY_DATE}\)?\.?",
    re.I,
)
_ACCESSED = re.compile(
    r"[\s.,;]{0,2}[\[(]?\b(?:last |date )?(?:cited|accessed|retrieved|viewed|access date)"
    rf"(?: on)?\s?:?\s?(?P<date>{ANY_DATE})[\])]?(?:[,;]? (?:from|at)\b)?(?=[\s.,;:)\]]|$)",
    re.I,
)
_ABSTRACT = re.compile(
    r"\s?[\[(](?:meeting |conference )?abstract(?: (?:no\. ?)?[A-Z]{0,3}-?\d{1,6})?[\])]", re.I
)
_MEDIUM = re.compile(r"\s?\[(?:internet|online|serial online|electronic resource)\]", re.I)
_TAIL = re.compile(
    r"(?<=[.;)\]\d]) \(?(?:review|erratum in:? .{1,100}|published correction .{1,160}|"
    r"no abstract available|comment in:? .{1,80}|in english)\)?\.?$",
    re.I,
)


def take_remarks(text: str, found: Found) -> str:
    """Puts language, note, accessed and genre into `found`; returns the text without them.

    What stands for "discussion 186–7" is kept by `take_discussion`, since it goes with the pages.
    """
    language = _LANGUAGE.search(text)
    if language:
        name = language.group(1) or language.group(2)
        found.put("language", _LANGUAGES[name.lower()], CERTAIN)
        text = _cut(text, language)
    accessed = _ACCESSED.search(text)
    if accessed:
        found.put("accessed", date_parts(accessed["date"]), CERTAIN)
        text = _cut(text, accessed)
    status = _STATUS.search(text)
    if status:
        found.put("note", status.group(1).capitalize(), CERTAIN)
        text = _cut(text, status)
    abstract = _ABSTRACT.search(text)
    if abstract:
        found.put("genre", "Abstract", CERTAIN)
        text = _cut(text, abstract)
    for pattern in (_EPUB, _TAIL):
        match = pattern.search(text)
        if match:
            text = _cut(text, match)
    return text.strip()


def take_medium(text: str) -> tuple[str, bool]:
    """The text without `[Internet]`, and whether that stood there."""
    shorter, times = _MEDIUM.subn("", text)
    return shorter, times > 0


def take_discussion(text: str) -> tuple[str, str]:
    """The text without a discussion's pages, and those in full: `discussion 186-187`."""
    match = DISCUSSION.search(text)
    if match is None:
        return text, ""
    words = f"{match['word'].lower()} {full_pages(match['pages'])}"
    return _cut(text, match), words


def put_discussion(found: Found, words: str) -> None:
    """Adds the discussion's pages to the article's."""
    if words and "page" in found.fields:
        found.fields["page"] = f"{found.fields['page']}, {words}"
    else:
        found.put("page", words, SURE)


def _cut(text: str, match: re.Match[str]) -> str:
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    if before.endswith((".", "?", "!")) and after[:1] in (".", ",", ";"):
        after = after[1:].lstrip()
    space = "" if after[:1] in (".", ",", ";", ":", "?") or not before else " "
    if (
        before
        and before[-1].isalnum()
        and after[:1].isupper()
        and match.group().rstrip()[-1] == "."
    ):
        before += "."
    return f"{before}{space}{after}"
