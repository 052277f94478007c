"""Works that are neither in a journal nor plain books: theses, reports, meetings, web pages."""

from __future__ import annotations

import re

from literature.importers.pasted.books import read_book
from literature.importers.pasted.dates import ANY_DATE, date_parts
from literature.importers.pasted.division import closed, divide
from literature.importers.pasted.found import CERTAIN, LIKELY, SURE, Found
from literature.importers.pasted.letters import YEAR

_THESIS = re.compile(
    r"\s?[\[(]?\b(?:(?:unpublished )?(?:doctoral|master.s|PhD|MD|MSc|bachelor.s) "
    r"(?:dissertation|thesis)|dissertation|thesis)\b(?:,\s(?P<school>[^\])]{3,120}))?[\])]?[.,:]?",
    re.I,
)
_MEETING = re.compile(
    r"[.?!]?\s(?:paper |poster |oral )?(?:presented|presentation) at:? (?:the )?"
    r"(?P<event>.{5,300})$",
    re.I,
)
_LAST_DATE = re.compile(
    rf"[\s.,;(]{{1,3}}(?:(?:updated|published|posted)\s(?:on\s)?)?({ANY_DATE})\)?\.?$", re.I
)
_SITE = re.compile(r"\s?\[(?:website|web page|webpage)\]", re.I)


def read_other_kind(text: str, found: Found, web: bool) -> bool:
    """Whether the text was a thesis, a meeting's paper or a web page, and is read."""
    return _thesis(text, found) or _meeting(text, found) or _web(text, found, web)


def _thesis(text: str, found: Found) -> bool:
    match = _THESIS.search(text, 10)
    if match is None:
        return False
    found.put("type", "thesis", CERTAIN)
    found.put("title", closed(text[: match.start()].rstrip(" ([")), SURE)
    rest = f"x. {text[match.end() :].strip(' .,')}"
    if match["school"]:
        found.put("publisher", match["school"].strip(" ."), SURE)
    elif re.search(r":\s", rest):
        read_book(rest, found, "", "title")
    else:
        school = re.sub(rf"[,;.]?\s?{YEAR}.*$", "", rest[3:]).strip(" .,;")
        found.put("publisher", school, LIKELY)
    found.put("issued", date_parts(text[match.end() :]), SURE)
    return True


def _meeting(text: str, found: Found) -> bool:
    match = _MEETING.search(text)
    if match is None:
        return False
    event = match["event"]
    found.put("type", "paper-conference", CERTAIN)
    found.put("title", closed(text[: match.start() + 1]), SURE)
    found.put("event-title", re.split(r"[;.]\s|,\s(?=[A-Z][a-z]+ \d)", event)[0].strip(" .,"), SURE)
    date = re.search(ANY_DATE, event)
    found.put("issued", date_parts(date.group() if date else event), LIKELY)
    return True


def _web(text: str, found: Found, web: bool) -> bool:
    site = _SITE.search(text)
    if not (web or site):
        return False
    text = _SITE.sub("", text)
    published = read_book(text, found, "", "title")
    if not published:
        title, container, sure = divide(_undated(found.fields.pop("title", ""), found))
        found.confidence.pop("title", None)
        found.put("title", title, LIKELY)
        found.put("container-title", container, min(sure, LIKELY))
    found.put("type", "webpage", SURE)
    return True


def _undated(text: str, found: Found) -> str:
    """The text without a date at its end, which is put into `found`."""
    match = re.search(
        rf"[\s.,;(]{{1,3}}(?:(?:updated|published|posted)\s(?:on\s)?)?({ANY_DATE})\)?\.?$",
        text,
        re.I,
    )
    if match is None:
        return text
    found.put("issued", date_parts(match.group(1)), LIKELY)
    return text[: match.start()]
