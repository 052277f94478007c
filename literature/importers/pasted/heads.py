"""The beginning of an item: its authors, and the year where the style puts it after them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from literature.importers.pasted.dates import DATE, MONTH
from literature.importers.pasted.found import CERTAIN, LIKELY, SURE, UNSURE, Found
from literature.importers.pasted.letters import HAN, UPPER, YEAR
from literature.importers.pasted.names import Names, group_name, is_group, read_names

_YEAR_AFTER = re.compile(
    rf"[.,]?\s?(?:\((?P<in>{DATE}|{YEAR}[a-z]?|n\.d\.|{YEAR},\s{MONTH}(?:\s\d{{1,2}}(?:[–-]\d{{1,2}})?)?|"
    rf"{YEAR}[a-z]?,\s[^()]{{3,20}})\)|(?P<out>{YEAR})[a-z]?(?=[.,:]\s))\s?[.,:]?\s*"
)
_EDITORS = re.compile(r",?\s?\(?\b(?P<word>eds?|editors?|Hrsg)\b\.?\)?", re.I)
_STOP = re.compile(
    rf"\s?[.:。．：]\s?(?=[{UPPER}{HAN}\d\[(“\"‘'α-ω]|[a-z]{{1,3}}[A-Z-]|(?<=\.\s)[a-z])"
)
_YEAR_NEXT = re.compile(rf"[(（]{YEAR}")
_LONGEST_GROUP = 200


@dataclass(slots=True)
class Head:
    """Authors as CSL names under `role`; `rest` is the text after them and their punctuation."""

    names: list[dict[str, str]]
    truncated: bool
    sure: float
    form: str
    rest: str
    role: str = "author"
    year: str = ""


def head_before_year(text: str, *forms: str) -> Head | None:
    """Authors followed by a year: `Clift AK (2017) …`, `Clift, A. K. (2017). …`."""
    for form in (*forms, "alone"):
        names = read_names(text, form)
        if names is None:
            continue
        role, end = _role(text, names.end)
        year = _YEAR_AFTER.match(text, end)
        if year:
            return _head(names, text[year.end() :], SURE, role, year["in"] or year["out"])
    year = _YEAR_AFTER.search(text, 3, _LONGEST_GROUP)
    if year is None or not year["in"]:
        return None
    name = text[: year.start()].strip(" .,")
    if not re.match(rf"[{UPPER}{HAN}]", name) or re.search(r"[?!]|\.\s", name):
        return None
    sure = SURE if is_group(name) else LIKELY
    return Head([group_name(name)], False, sure, "group", text[year.end() :], "author", year["in"])


def head_before_title(text: str, stop: str, *forms: str) -> Head | None:
    """Authors followed by the title. `stop` is the mark between them: `.` or `,`; a full stop
    may be that of the last initial. Without persons, a group that ends at the mark."""
    best: Head | None = None
    for form in forms:
        names = read_names(text, form)
        if names is None:
            continue
        role, end = _role(text, names.end)
        rest = _after(text, end, stop)
        if rest is not None and (best is None or len(rest) < len(best.rest)):
            best = _head(names, rest, SURE, role)
    best = best or _surname_alone(text, stop) or _group_head(text, stop)
    best = best or _full_names(text, stop)
    return None if best and _YEAR_NEXT.match(best.rest) else best


def put_head(head: Head, found: Found) -> None:
    """Puts the names into `found`."""
    if not head.names:
        found.warn("author", "no authors could be told from the title")
        return
    sure = LIKELY if head.form == "han" else head.sure
    found.put(head.role, _without_capitals(head.names), sure)
    if _in_capitals(head.names):
        found.confidence[head.role] = LIKELY
    if head.truncated:
        found.put("custom", {"authors_truncated": True}, CERTAIN)


def _head(names: Names, rest: str, sure: float, role: str, year: str = "") -> Head:
    return Head(names.names, names.truncated, sure, names.form, rest, role, year)


def _surname_alone(text: str, stop: str) -> Head | None:
    """`Clift et al. Title`: the surname is all that is printed."""
    names = read_names(text, "alone")
    rest = _after(text, names.end, stop) if names else None
    return _head(names, rest, LIKELY, "author") if names and rest is not None else None


def _full_names(text: str, stop: str) -> Head | None:
    """At least two names in full: one alone, or words in capitals, may as well be a title."""
    names = read_names(text, "full")
    rest = _after(text, names.end, stop) if names and len(names.names) > 1 else None
    return _head(names, rest, UNSURE, "author") if names and rest is not None else None


def _role(text: str, end: int) -> tuple[str, int]:
    match = _EDITORS.match(text, end)
    return ("editor", match.end()) if match else ("author", end)


def _after(text: str, end: int, stop: str) -> str | None:
    rest = text[end:]
    if stop == ",":
        match = re.match(r"\s?[,:]\s?", rest)
    elif text[end - 1 : end] in (".", "等"):
        match = re.match(r"\s?[.:。．,]?\s?", rest)
    else:
        match = re.match(r"\s?[.:。．：]\s?", rest)
    return rest[match.end() :] if match and rest[match.end() :] else None


def _group_head(text: str, stop: str) -> Head | None:
    if stop == ",":
        end = text.find(", ", 0, _LONGEST_GROUP)
        after = end + 2
    else:
        match = _STOP.search(text, 0, _LONGEST_GROUP)
        end, after = (match.start(), match.end()) if match else (-1, 0)
    if end < 2 or not is_group(text[:end]) or re.search(r"[?:：]", text[:end]):
        return None
    return Head([group_name(text[:end])], False, LIKELY, "group", text[after:])


def _in_capitals(names: list[dict[str, str]]) -> bool:
    families = [name["family"] for name in names if "family" in name]
    return bool(families) and all(f.isupper() for f in families) and max(map(len, families)) > 2


def _without_capitals(names: list[dict[str, str]]) -> list[dict[str, str]]:
    """`CLIFT` as GB/T 7714 prints it is Clift."""
    if not _in_capitals(names):
        return names
    return [
        {**name, "family": name["family"].title()} if "family" in name else name for name in names
    ]
