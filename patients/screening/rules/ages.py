"""Ages above the oldest that a record may tell."""

from __future__ import annotations

from patients.screening.rules.rule import rule
from patients.vocabulary import HitKind

AGE = HitKind.AGE
_OLD = r"(?<![0-9.,])(?:9[0-9]|1[0-2][0-9])(?![0-9]|[.,][0-9]{2})"
"""90 to 129: a test holds it against `patients.deidentification.OLDEST_AGE`."""
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_OLD_WORDS = rf"(?i:ninety(?:[- ](?:{_ONES}))?|(?:one|a) hundred(?: and (?:{_ONES}|ten))?)"
_ANY = rf"(?:{_OLD}|\b{_OLD_WORDS})"
_YEARS = r"(?i:years?|yrs?\.?)"
_BAND = r"(?! ?(?:and|or) (?:over|older|above|more))"
_PERSON = r"(?i:man|woman|male|female|lady|gentleman|patient|farmer|girl|boy)"

RULES = (
    rule("years old", AGE, rf"{_ANY}[ -]{{0,2}}{_YEARS}[ -]{{1,2}}(?i:olds?)\b"),
    rule("years of age", AGE, rf"{_ANY}[ -]{{1,2}}{_YEARS} (?i:of age)\b"),
    rule("y/o", AGE, rf"{_OLD}[ -]?(?i:y/?o|y\.o\.?|yo)(?![a-z])"),
    rule(
        "aged",
        AGE,
        rf"\b(?i:aged?)(?: of| at (?:diagnosis|presentation|death)|[:=,]| was| is){{0,2}} {{0,2}}"
        rf"{_ANY}(?! ?%)(?: {_YEARS})?{_BAND}",
    ),
    rule("at an age of", AGE, rf"\bat (?:the )?ages? (?:of )?{_ANY}{_BAND}"),
    rule("person of", AGE, rf"\b{_PERSON}(?: of|,) {_ANY}(?: {_YEARS}|(?=[,.;)]|$))"),
    rule("years and a person", AGE, rf"{_OLD}[ -]{{0,2}}(?:{_YEARS}|y)[ -]{{1,2}}{_PERSON}\b"),
    rule(
        "was or turned",
        AGE,
        rf"\b(?i:she|he|who|patient) (?:was|is|turned|died at|has turned) (?:then |now )?"
        rf"{_ANY}(?=[,.;)]|$| when| years| at\b)",
    ),
    rule("sex and age", AGE, r"(?<![\w.,/-])(?:9[0-9]|1[0-2][0-9]) ?(?:M|F)(?![\w/-])"),
    rule(
        "word",
        AGE,
        r"(?i:\b(?:super)?centenarians?\b|\bnonagenarians?\b|\bin (?:his|her|their) (?:late "
        r"|early |mid-?)?nineties\b)",
    ),
    rule(
        "Chinese",
        AGE,
        r"(?<![0-9.])(?:9[0-9]|1[0-2][0-9]) ?(?:周|多|余)?岁(?! ?(?:及|或)?以上)"
        r"|九十[一二三四五六七八九]?(?:多|余)?(?:周)?岁(?!(?:及|或)?以上)"
        r"|一?百(?:零|〇)?[一二三四五六七八九十]{0,2}(?:多|余)?岁|九旬|期颐",
    ),
    rule(
        "Chinese age", AGE, r"年龄[:为是]? ?(?:9[0-9]|1[0-2][0-9])(?![0-9.%])(?!岁?(?:及|或)?以上)"
    ),
)
