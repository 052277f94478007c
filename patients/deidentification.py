"""What may stand in reported words without narrowing a person's dates or age.

Source: 45 CFR 164.514(b)(2) (Safe Harbor): no element of a date but the year, ages over 89 as one
band. One pattern feeds the validator and the check constraint, so it uses only what Python's `re`
and PostgreSQL's regular expressions share, and is matched without case.
"""

import re

from django.core.exceptions import ValidationError

_MONTHS = (
    "jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?"
    "|nov(ember)?|dec(ember)?"
)
_SPACE = "[ \t\r\n\u00a0]"
_DASH = "[./\u2010-\u2015\u2212／．－-]"
_DIGIT = "[0-9０-９]"
_PART = f"{_DIGIT}{{1,2}}{_SPACE}*{_DASH}{_SPACE}*"
_MONTH_NUMBER, _DAY_NUMBER = "(0?[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
_OTHER_THAN_LETTER, _OTHER_THAN_DIGIT = "([^a-z]|$)", "([^0-9]|$)"
_BEFORE_MAY = (
    "in|of|since|until|till|from|early|mid|late|before|after|by|to|during|through|around|last|next"
)
CALENDAR_DATE_PATTERN = "|".join((
    f"(^|[^a-z])({_MONTHS}){_OTHER_THAN_LETTER}",
    # "may" is also a verb: it counts as the month only alone, or beside a number or word of time
    "^[^a-z0-9]*may[^a-z0-9]*$",
    f"(^|[^a-z])({_BEFORE_MAY})({_SPACE}|-)+may{_OTHER_THAN_LETTER}",
    f"[0-9](st|nd|rd|th)?({_SPACE}|{_DASH})*(of )?may{_OTHER_THAN_LETTER}",
    f"(^|[^a-z])may({_SPACE}|{_DASH}|,)*(of )?['’]?[0-9]",
    # 12.5.2016, 2016-05-12, 2016-05, 5/2016, 20160512
    f"{_PART}{_PART}({_DIGIT}{{4}}|{_DIGIT}{{2}}){_OTHER_THAN_DIGIT}",
    f"(^|[^0-9])[0-9]{{4}}{_DASH}{_MONTH_NUMBER}{_OTHER_THAN_DIGIT}",
    f"(^|[^0-9]){_MONTH_NUMBER}{_DASH}[12][0-9]{{3}}{_OTHER_THAN_DIGIT}",
    f"(^|[^0-9])(1[89]|20)[0-9]{{2}}(0[1-9]|1[0-2]){_DAY_NUMBER}{_OTHER_THAN_DIGIT}",
    f"{_DIGIT}{_SPACE}*月|[一二三四五六七八九十元正腊臘]月",
    # days of the year that have a name
    "christmas|easter (sun|mon)?day|new year|thanksgiving|春节|除夕|元旦|国庆|中秋|端午|清明节",
))  # fmt: skip
_CALENDAR_DATE_RE = re.compile(CALENDAR_DATE_PATTERN, re.IGNORECASE | re.ASCII)
# ASCII: else Python, unlike PostgreSQL, takes the long s and the Kelvin sign for letters a to z
OLDEST_AGE = 89
"""Ages above this are one band, "90 and over"."""


def names_calendar_date(text: str) -> bool:
    """True where `text` names a month or a day of a calendar."""
    return _CALENDAR_DATE_RE.search(text) is not None


def validate_reported_as(text: str) -> None:
    """Raises ValidationError for words that name a calendar date finer than a year."""
    if names_calendar_date(text):
        raise ValidationError(
            "Names a calendar date finer than a year. Write the time relative to another event, "
            "or the year alone.",
            code="calendar_date",
        )
