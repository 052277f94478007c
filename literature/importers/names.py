"""Names of persons and groups, from the parts or the one string that a format gives."""

from __future__ import annotations

import re

_PARTICLES = """
    van von vom der den de del della delle dello di da das do dos du la le las los lo ten ter te
    zu zur zum af av y e el al bin ibn 't ’t in op
"""
PARTICLES = frozenset(_PARTICLES.split())
"""Written in lower case before a family name; some names begin with several."""
_SUFFIX = re.compile(r"^(?:jr|sr|junior|senior|2nd|3rd|4th|ii|iii|iv)\.?$", re.IGNORECASE)
_ET_AL = re.compile(
    r"^\W*(?:and\s+)?(?:et\.?\s*al(?:ii|\.)?|others|等|u\.\s?a\.)\W*$", re.IGNORECASE
)
_GROUP = re.compile(
    r"\b(?:association|society|group|committee|organi[sz]ation|institute|college|network|agency"
    r"|consortium|cent(?:er|re)|ministry|department|collaborators?|collaboration|investigators"
    r"|federation|foundation|union|council|university|task force|panel|academy|initiative"
    r"|commission|administration|hospital)\b",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"^[A-ZÀ-ÖØ-Þ](?:[-‐.]?[A-ZÀ-ÖØ-Þ]){0,3}\.?$")
_LONGEST = 500


def is_et_al(name: str) -> bool:
    return len(name) < 40 and bool(_ET_AL.match(name))


def group(name: str) -> dict[str, str]:
    return {"literal": " ".join(name.split())}


def person(family: str, given: str = "", suffix: str = "", particle: str = "") -> dict[str, str]:
    """A name from its parts; particles in lower case are taken off the family name."""
    words = family.split()
    taken = 0
    while not particle and taken < len(words) - 1 and words[taken] in PARTICLES:
        taken += 1
    name = {
        "family": " ".join(words[taken:]),
        "given": " ".join(given.split()),
        "suffix": " ".join(suffix.split()).strip(","),
        "non-dropping-particle": particle or " ".join(words[:taken]),
    }
    return {part: text for part, text in name.items() if text}


def parse_name(printed: str) -> dict[str, str]:
    """`Frilling, Andrea`, `King, Martin L., Jr`, `van der Berg PJ`, or a group.

    RIS and EndNote write `Family, Given, Suffix`; a group stands without a comma, or ends in one.
    """
    printed = " ".join(printed.split())
    if len(printed) > _LONGEST:
        return group(printed)
    family, comma, rest = (part.strip() for part in printed.partition(","))
    if not comma:
        return _without_comma(printed)
    if not rest or not family:
        return group(family or rest)
    if _GROUP.search(family) and len(family.split()) > 1:
        return group(printed)
    given, _, suffix = (part.strip() for part in rest.partition(","))
    if suffix and _SUFFIX.match(given) and not _SUFFIX.match(suffix):
        given, suffix = suffix, given
    if not suffix:
        given, suffix = split_suffix(given)
    return person(family, given, suffix)


def split_suffix(given: str) -> tuple[str, str]:
    """`John A Jr` is `John A` and `Jr`; what is all suffix is a given name."""
    rest, _, last = given.rpartition(" ")
    return (rest, last) if rest and _SUFFIX.match(last) else (given, "")


def family_and_initials(printed: str) -> dict[str, str]:
    """`Frilling A`, `van der Berg PJ`, `King ML Jr`, as PubMed's AU has it; else a group."""
    words, suffix = split_suffix(" ".join(printed.split()))
    family, _, initials = words.rpartition(" ")
    if family and _INITIALS.match(initials):
        return person(family, initials, suffix)
    return group(printed)


def _without_comma(printed: str) -> dict[str, str]:
    words = printed.split()
    if len(words) == 2 and _INITIALS.match(words[1]) and not _GROUP.search(printed):
        return person(words[0], words[1])
    if len(words) > 2 and words[0] in PARTICLES:
        return family_and_initials(printed)
    return group(printed)
