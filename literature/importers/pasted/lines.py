"""Wrapped lines made one again."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from literature.importers.pasted.letters import DASH, HAN, LOWER

_FIRST_PARTS_TEXT = (
    "age all anti case contrast cost cross dose double drug early evidence first follow gene "
    "half head health high hospital in intra large late left life long low meta mid multi "
    "near non off on one open out patient peer population post quality right risk second self "
    "short single small state third three time to tumor tumour two up well whole "
)
_FIRST_PARTS = set(_FIRST_PARTS_TEXT.split())
"""Words that stand before a hyphen of a compound more often than before one of a broken word."""
_LAST_PARTS_TEXT = (
    "analysis and art assisted associated based blind blinded center centre controlled cell "
    "dependent derived differentiated dimensional directed dose effective enhanced free "
    "funded grade guided head identified in income induced infected label labeled labelled "
    "level like line living long mediated negative of on option or over positive reported "
    "related resistant resolution sectional sensitive sided size specific stage state "
    "targeted term threatening to treatment type up weighted wide year years "
)
_LAST_PARTS = set(_LAST_PARTS_TEXT.split())
_AT_END = re.compile(rf"([^\W\d_]{{1,40}})[{DASH}]$")
_AT_START = re.compile(r"([^\W\d_]{1,40})")
_IN_LINK = re.compile(r"(?:https?:|www\.|(?<!\w)10\.\d{4,9}/)\S*$")
_REST_OF_LINK = re.compile(r"[a-z0-9][\w.\-/()%=&]*\.?(?:$|\s)")
_LOOKED_BACK = 1_000
"""Characters that a join may look back on; what is before them is not copied again."""
_WORDS = re.compile(rf"[^\W\d_]{{1,40}}(?:-[{LOWER}]{{2,40}})?")


def words_of(lines: Iterable[str]) -> set[str]:
    """The words and hyphenated words printed whole, in lower case: to tell what a hyphen is."""
    return {match.group().lower() for line in lines for match in _WORDS.finditer(line)}


def join(lines: Iterable[str], known: Collection[str] = ()) -> tuple[str, bool]:
    """The lines as one text, and whether a hyphen was kept or undone by rule of thumb alone."""
    done: list[str] = []
    text, guessed = "", False
    for line in lines:
        line = " ".join(line.split())
        if not text or not line:
            text = text or line
            continue
        text, thumb = _joined(text, line, known)
        guessed = guessed or thumb
        if len(text) > 2 * _LOOKED_BACK:
            done.append(text[:-_LOOKED_BACK])
            text = text[-_LOOKED_BACK:]
    return "".join((*done, text)).replace("\u00ad", ""), guessed


def _joined(text: str, line: str, known: Collection[str]) -> tuple[str, bool]:
    if text.endswith("\u00ad"):
        return text[:-1] + line, False
    link = _IN_LINK.search(text, max(0, len(text) - 300))
    if link and (text[-1] in "/-_=?&%" or (text[-1] == "." and _REST_OF_LINK.match(line))):
        return text + line, False
    if text[-1] in DASH:
        return _across_dash(text, line, known)
    if re.search(rf"[{HAN}，。、；：]$", text) and re.match(rf"[{HAN}]", line):
        return text + line, False
    return f"{text} {line}", False


def _across_dash(text: str, line: str, known: Collection[str]) -> tuple[str, bool]:
    first, last = _AT_END.search(text, max(0, len(text) - 42)), _AT_START.match(line)
    if not (first and last and line[0].islower() and text[-1] in "-\u2010"):
        space = " " if text[-2:-1] == " " else ""
        return text + space + line, False
    one, two = first.group(1).lower(), last.group(1).lower()
    if f"{one}-{two}" in known:
        return text + line, False
    if one + two in known:
        return text[:-1] + line, False
    if one in _FIRST_PARTS or two in _LAST_PARTS:
        return text + line, True
    return text[:-1] + line, True
