"""What a rule is made of.

Every pattern has a greatest length: no repeat in it is open. So the work at one place of a text is
bounded, and that for a text grows with its length and no faster (tests/patients/screening).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from patients.vocabulary import HitKind

HAN = "[\u3400-\u9fff]"
DIGIT_WORDS = "〇零○一二三四五六七八九十廿卅"
UNIT = (
    r"(?! ?(?:%|‰|°|℃|[mµuknp]?g\b|[mµcnkd]?m\b|[mµdck]?[lL]\b|I?U\b|[mM]?Eq\b|mmol|nmol|pmol|mm|cm"
    r"|ng|pg|mU|kU|Gy|MBq|GBq|mCi|kPa|Hz|cells?\b|units?\b|times?\b|fold\b|points?\b|cycles?\b"
    r"|hours?\b|h\b|min|days?\b|weeks?\b|months?\b|years?\b|patients?\b|cases?\b|mg|ml|x10|×))"
)
"""What may not follow a number that is a date: a unit, or what is counted."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`group` is what is found; `keep`, asked of every match, takes what only looks like it."""

    name: str
    kind: HitKind
    pattern: re.Pattern[str]
    group: int = 0
    keep: Callable[[re.Match[str]], bool] | None = None


def rule(
    name: str,
    kind: HitKind,
    pattern: str,
    *,
    group: int = 0,
    keep: Callable[[re.Match[str]], bool] | None = None,
) -> Rule:
    return Rule(name, kind, re.compile(pattern, re.ASCII), group, keep)


def digits_in(text: str) -> int:
    return sum(character in "0123456789" for character in text)
