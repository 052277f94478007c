"""Place names that a record may not tell: lists, and how they are looked up.

Countries are allowed. The lists are short beside an atlas: what is not on them is not found unless
the words around it say that it is a place.
"""

from __future__ import annotations

from collections import defaultdict

from patients.screening.lists import lines_in, words_in


def _english() -> dict[str, list[str]]:
    """Names by their first word, the long ones first."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in lines_in("places_en.txt"):
        for name in map(str.strip, row.split(",")):
            found[name.split(" ")[0]].add(name)
    return {first: sorted(names, key=len, reverse=True) for first, names in found.items()}


def _chinese() -> tuple[frozenset[str], frozenset[str]]:
    """The names that stand for themselves, and those that need 省, 市, 县, 区 or 州."""
    sure: set[str] = set()
    unsure: set[str] = set()
    for row in lines_in("places_zh.txt"):
        names = row.removeprefix("|").split()
        (unsure if row.startswith("|") else sure).update(names)
    return frozenset(sure), frozenset(unsure)


ENGLISH = _english()
CHINESE, UNSURE_CHINESE = _chinese()
CHINESE_FIRST = "".join(sorted({name[0] for name in CHINESE | UNSURE_CHINESE}))
LONGEST_CHINESE = max(map(len, CHINESE | UNSURE_CHINESE))
COUNTRY_WORDS = words_in("countries_en.txt")


def english_at(text: str, start: int, first: str) -> str:
    """The name that begins at `start` with the word `first`; empty where there is none."""
    for name in ENGLISH.get(first, ()):
        end = start + len(name)
        if text.startswith(name, start) and not text[end : end + 1].isalpha():
            return name
    return ""


def chinese_at(text: str, start: int) -> str:
    """The longest name that begins at `start`; empty where there is none."""
    for length in range(LONGEST_CHINESE, 1, -1):
        name = text[start : start + length]
        if name in CHINESE:
            return name
        if name in UNSURE_CHINESE and text[start + length : start + length + 1] in tuple(
            "省市县区州"
        ):
            return name
    return ""


def names_chinese_place(text: str) -> bool:
    return any(chinese_at(text, start) for start in range(len(text)))
