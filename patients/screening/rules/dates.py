"""Dates finer than a year, in figures and words, English and Chinese."""

from __future__ import annotations

import re

from patients.screening.rules.rule import DIGIT_WORDS, UNIT, rule
from patients.vocabulary import HitKind

DATE = HitKind.DATE
_FULL = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = f"(?i:{_FULL}|Sept|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_UNMISTAKEN = f"(?:{_FULL.replace('March|', '').replace('May|', '')})"
_BEFORE = (
    "in|of|since|until|till|from|early|mid|late|before|after|by|during|through|around|last|next"
    "|this|between|and"
)
_DAY = "(?:0?[1-9]|[12][0-9]|3[01])"
_SUFFIX = "(?:st|nd|rd|th)"
_YEAR = "(?:18|19|20)[0-9]{2}"
_SHORT = "'?[0-9]{2}(?![0-9])"
_N = f"(?:[0-9]{{1,2}}|[{DIGIT_WORDS}]{{1,3}})"
_NUMBER = "(?<![A-Za-z0-9_./-])"


def _is_month(match: re.Match[str]) -> bool:
    """`may`, `mar` and `OCT` are other words too: in such letters they need a year."""
    word = match["month"]
    if match["year"]:
        return True
    if word.lower() not in ("may", "mar", "march", "oct", "dec", "jan", "jun"):
        return True
    return word[0].isupper() and word[1:].islower()


def _is_day_and_month(match: re.Match[str]) -> bool:
    first, second, year = int(match[1]), int(match[3]), match[4]
    if len(year) == 4 or match[2] == "/":
        return (first <= 31 and second <= 12) or (first <= 12 and second <= 31)
    return first <= 31 and second <= 12


def _is_year_and_month(match: re.Match[str]) -> bool:
    return match[0] != "1/2000"


RULES = (
    rule(
        "day and month",
        DATE,
        rf"{_NUMBER}{_DAY}{_SUFFIX}?[ .-]{{0,2}}(?:of |day of )?(?P<month>{_MONTH})\b\.?"
        rf"(?:,?[ .'/-]{{0,2}}(?P<year>{_YEAR}|[0-9]{{2}}(?![0-9])))?",
        keep=_is_month,
    ),
    rule(
        "month and day",
        DATE,
        rf"\b(?P<month>{_MONTH})\.? {{0,2}}(?:the )?{_DAY}(?:{_SUFFIX}\b)?(?![0-9%]|[.,/-][0-9]"
        rf"| of [0-9])"
        rf"{UNIT}(?:,? {{1,2}}(?P<year>{_YEAR}))?",
        keep=_is_month,
    ),
    rule(
        "month and year",
        DATE,
        rf"\b{_MONTH}(?:\.|,)?(?: of|,)?[ ./-]{{0,2}}(?:{_YEAR}(?![0-9])|'[0-9]{{2}}(?![0-9]))",
    ),
    rule(
        "month and short year",
        DATE,
        rf"\b(?:{_FULL}|Sept|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[/-]{_SHORT}(?![-/.])",
    ),
    rule("month", DATE, rf"(?<![\w-]){_UNMISTAKEN}\b|(?<![\w-]){_UNMISTAKEN.upper()}\b"),
    rule(
        "month after a preposition",
        DATE,
        rf"\b(?i:{_BEFORE})[ -]{{1,2}}(?:May|March)\b"
        r"(?!-|'s| et al| and (?:colleagues|co-workers)| fractures?| h[a]?emoglobinuria)",
    ),
    rule(
        "year, month and day",
        DATE,
        rf"{_NUMBER}{_YEAR} ?([./-]) ?(?:0?[1-9]|1[0-2]) ?\1 ?{_DAY}(?![0-9])",
    ),
    rule(
        "day, month and year",
        DATE,
        rf"{_NUMBER}([0-9]{{1,2}}) ?([./-]) ?([0-9]{{1,2}}) ?\2 ?({_YEAR}|[0-9]{{2}})"
        rf"(?![0-9A-Za-z_]|[./-][0-9]){UNIT}",
        keep=_is_day_and_month,
    ),
    rule(
        "year and month",
        DATE,
        rf"{_NUMBER}(?:19|20)[0-9]{{2}}[./-](?:0?[1-9]|1[0-2])(?![0-9A-Za-z_]|[./-][0-9]){UNIT}",
    ),
    rule(
        "month and year in figures",
        DATE,
        rf"{_NUMBER}(?:(?:0?[1-9]|1[0-2])[/-]|(?:0[1-9]|1[0-2])\.)(?:19|20)[0-9]{{2}}"
        rf"(?![0-9A-Za-z_]|[./-][0-9]){UNIT}",
        keep=_is_year_and_month,
    ),
    rule(
        "eight figures",
        DATE,
        r"(?<![A-Za-z0-9_.-])(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
        rf"(?![0-9A-Za-z_]|[.-][0-9]){UNIT}",
    ),
    rule(
        "weekday and day",
        DATE,
        rf"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?:the )?{_DAY}{_SUFFIX}\b",
    ),
    rule(
        "day of a month", DATE, rf"\bon the {_DAY}{_SUFFIX}(?=[.,;)]|$| of (?:the|that|this) month)"
    ),
    rule(
        "day with a name",
        DATE,
        r"\bChristmas\b(?! tree| disease| factor)|\bEaster(?: (?:Sun|Mon)?day|\b(?=[.,;)]|$))"
        r"|\bNew Year\b|\bThanksgiving\b|\bRamadan\b"
        "|春节|除夕|元旦|国庆|中秋|端午|清明节|重阳节|元宵节|正月|腊月|元月|农历",
    ),
    rule(
        "Chinese year and month",
        DATE,
        rf"(?<![0-9{DIGIT_WORDS}])(?:[12][0-9]{{3}}|[{DIGIT_WORDS}]{{4}}) ?年"
        rf" ?{_N} ?月(?:份|初|底|末)?"
        rf"(?: ?{_N} ?[日号])?",
    ),
    rule(
        "Chinese short year, month and day",
        DATE,
        rf"(?<![0-9{DIGIT_WORDS}])(?:[0-9]{{2}}|[{DIGIT_WORDS}]{{2}})年{_N}月(?:份|{_N}[日号])",
    ),
    rule("Chinese month and day", DATE, rf"(?<![0-9年]){_N} ?月 ?{_N} ?[日号]"),
    rule("Chinese month", DATE, rf"(?<![0-9]){_N}月(?:份|初|底|末|中旬|上旬|下旬)"),
    rule(
        "Chinese month after its year",
        DATE,
        rf"(?:同年|次年|翌年|当年|今年|去年|前年|每年|本年|于|自|从)"
        rf" ?{_N} ?月(?![龄余多前后内来以个])",
    ),
)
