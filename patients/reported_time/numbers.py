"""Numbers in figures and words, English and Chinese, whole and broken."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from patients.reported_time.asking import Asking
from patients.reported_time.tokens import Kind, Typed, fraction

HALF = Fraction(1, 2)
GREATEST = 100_000
"""Nothing counted in hours or more fits 150 years beyond a few times this."""

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {word: number for number, word in enumerate(_ONES)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        1,
    )
}
HAN_DIGITS = {han: number for number, han in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "俩": 2,
    "兩": 2,
}


@dataclass(frozen=True, slots=True)
class Number:
    value: Fraction
    step: Fraction
    """How finely it was counted: 1 for `3`, a half for `3½` and `2.5`, a tenth for `2.3`."""


def whole(value: int) -> Number:
    return Number(Fraction(value), Fraction(1))


def number(typed: Typed, place: int) -> tuple[Number, int] | None:
    """A number at `place`, and the place behind it. Raises Asking for one that is far too great."""
    found = _figures(typed, place) or _english(typed, place) or _han(typed, place)
    if found is None:
        return None
    value, end = found
    if value > GREATEST:
        raise Asking("This number is too great for a time.", typed.words(place, end))
    return Number(value, _step(value)), end


def whole_number(typed: Typed, place: int) -> tuple[int, int] | None:
    found = number(typed, place)
    if found is None or found[0].value.denominator != 1:
        return None
    return int(found[0].value), found[1]


def _step(value: Fraction) -> Fraction:
    if value.denominator == 1:
        return Fraction(1)
    if value.denominator in (2, 3, 4):
        return Fraction(1, value.denominator)
    return Fraction(1, 10) if 10 % value.denominator == 0 else Fraction(1, 100)


def _figures(typed: Typed, place: int) -> tuple[Fraction, int] | None:
    """`12`, `2.5`, `1/2`, `3 1/2`, `3½`, `3 and a half`."""
    token = typed.at(place)
    if token.kind is not Kind.NUMBER or len(token.text) > 12:
        if token.kind is Kind.NUMBER:
            raise Asking("This number is too great for a time.", typed.words(place, place + 1))
        return None
    value = fraction(token)
    assert value is not None
    _refuse_comma(typed, place)
    end = place + 1
    divided = _divided(typed, place)
    if divided is not None:
        return divided
    part = _divided(typed, end) or _vulgar(typed, end)
    if part is not None and value.denominator == 1 and part[0] < 1:
        return value + part[0], part[1]
    return _and_a_half(typed, value, end)


def _refuse_comma(typed: Typed, place: int) -> None:
    """`1,5 years` and `1,000 days`: a comma between figures is said to mean either of two."""
    behind = typed.at(place + 2)
    if not typed.is_mark(place + 1, ",") or behind.kind is not Kind.NUMBER:
        return
    if not (typed.touches(place + 1) and typed.touches(place + 2)):
        return
    if len(typed.at(place).text) < 4 and behind.text.isdigit():
        told = typed.words(place, place + 3)
        written = told.replace(",", "" if len(behind.text) == 3 else ".")
        raise Asking(
            f"“{told}” may be one number or two. Write one with a point, or put a space between.",
            told,
            (typed.replaced(place, place + 3, written),),
        )


def _vulgar(typed: Typed, place: int) -> tuple[Fraction, int] | None:
    token = typed.at(place)
    if token.kind is Kind.NUMBER and "/" in token.text:
        return Fraction(token.text), place + 1
    return None


def _divided(typed: Typed, place: int) -> tuple[Fraction, int] | None:
    """`1/2`, written with figures; only the parts that are said of time."""
    above, below = typed.at(place), typed.at(place + 2)
    if not typed.is_mark(place + 1, "/") or (above.kind, below.kind) != (Kind.NUMBER,) * 2:
        return None
    if (above.text, below.text) in (("1", "2"), ("1", "3"), ("2", "3"), ("1", "4"), ("3", "4")):
        return Fraction(int(above.text), int(below.text)), place + 3
    return None


def _and_a_half(typed: Typed, value: Fraction, end: int) -> tuple[Fraction, int]:
    behind = typed.after(end, "and a half", "and one half")
    return (value + HALF, behind) if behind is not None else (value, end)


def _english(typed: Typed, place: int) -> tuple[Fraction, int] | None:
    """`three`, `twenty one`, `three and a half`, `half a`, `a`, `a hundred`."""
    behind = typed.after(place, "half a", "half an", "a half", "one half", "half")
    if behind is not None:
        return HALF, behind
    word = typed.at(place).text
    if word in ("a", "an"):
        if typed.after(place + 1, "hundred") is not None:
            return Fraction(100), place + 2
        return Fraction(1), place + 1
    if word not in WORDS:
        return None
    value, end = WORDS[word], place + 1
    ones = WORDS.get(typed.at(end).text, 0)
    if value >= 20 and 1 <= ones <= 9:
        value, end = value + ones, end + 1
    if typed.at(end).text == "hundred":
        value, end = value * 100, end + 1
    return _and_a_half(typed, Fraction(value), end)


def _han(typed: Typed, place: int) -> tuple[Fraction, int] | None:
    """`三`, `十二`, `二十`, `一百二十`, `两`, `半`."""
    if typed.at(place).text == "半":
        return HALF, place + 1
    total, digit, end = 0, None, place
    while typed.at(end).kind is Kind.HAN and end < place + 7:
        han = typed.at(end).text
        if han in HAN_DIGITS and digit is None:
            digit = HAN_DIGITS[han]
        elif han in ("十", "百"):
            total += (1 if digit is None else digit) * (10 if han == "十" else 100)
            digit = None
        else:
            break
        end += 1
    return (Fraction(total + (digit or 0)), end) if end > place else None


def ordinal(typed: Typed, place: int) -> tuple[int, int] | None:
    """`first`, `2nd`, `第二`, `第3`: which one; -1 for the last."""
    if (
        end := typed.after(place, "last", "latest", "final", "most recent", "末", "最后")
    ) is not None:
        return -1, end
    if (end := typed.after(place, "首", "初", "initial")) is not None:
        return 1, end
    if typed.at(place).text in ORDINALS:
        return ORDINALS[typed.at(place).text], place + 1
    if typed.at(place).text == "第":
        return whole_number(typed, place + 1)
    token = typed.at(place)
    if token.kind is Kind.NUMBER and typed.at(place + 1).text in ("st", "nd", "rd", "th"):
        counted = number(typed, place)
        if counted is not None and typed.touches(place + 1) and counted[1] == place + 1:
            return int(counted[0].value), place + 2
    return None
