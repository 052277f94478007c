"""Reported words may hold a year, never a month or a day of a calendar."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patients.deidentification import (
    CALENDAR_DATE_PATTERN,
    names_calendar_date,
    validate_reported_as,
)
from patients.models import Event

ALLOWED = [
    "", "2016", "in 2016", "2016 to 2018", "2016-2018", "2016–2018", "2016-18", "late 2016",
    "end of 2016", "spring of 2016", "the first half of 2016", "4 years later", "POD 7",
    "day 3 after embolisation", "three days after embolisation", "monthly since then",
    "every 4 weeks", "twice a day for 3 days", "for 1 month", "3-5 days", "3–5 days",
    "1/2 tablet", "2.5 years", "0.4 ml", "100–300 µm", "12 months", "12.5 months", "5/7",
    "at 6-month intervals", "week 12", "at 18:30", "the patient may return", "may be repeated",
    "if needed, may be doubled", "marched on", "decades ago", "second admission", "novel course",
    "juniper", "augmented dose", "mayor", "dismay 5", "10 to 12 years", "2016 - 4 years later",
    "1000-2000", "3 cycles", "on the next day", "Easterly", "24/7", "12345678",
    "2016年", "2016年底", "3个月后", "三个月", "术后第3天", "每月一次", "半月后", "数月", "上月",
    "两年后", "随访4年", "每4周", "月经后3天", "术后12小时", "个月",
]  # fmt: skip
REFUSED = [
    "January", "in June", "JUNE 2016", "june 2016", "Jan 2016", "Jan. 2016", "Sept. 2016", "Sep'16",
    "12 Oct", "12oct2016", "on 3rd December", "Feb-16", "mid-March 2016", "early April",
    "from July to August", "the end of November", "Aug",
    "May", "may.", "May 2016", "May, 2016", "May of 2016", "May-2016", "May2016", "May/16",
    "May '16", "in May", "in  May", "in\u00a0May", "since May", "mid-May", "late May 2016",
    "12 May", "12th of May", "12-May-16", "12. May", "5th may", "during May", "last May",
    "2016-05", "2016-5", "2016/05", "2016.05", "2016–05", "2016-05-12", "2016/5/12", "2016‑05‑12",
    "12.5.2016", "12. 5. 2016", "12/05/16", "5-12-2016", "12–05–2016", "5 / 12 / 2016",
    "05/2016", "5.2016", "12-2016", "seen 3/2016 again", "20160512", "on 20161231",
    "Christmas 2016", "New Year's Day", "Easter Sunday",
    "2016年5月", "2016年 5 月", "5月", "５月", "２０１６年５月", "五月", "十二月", "2016年十月",
    "5月12日", "元月", "腊月", "正月初一", "2016年春节", "国庆节后",
    "２０１６／０５／１２",
]  # fmt: skip


def database_says(texts: list[str]) -> list[bool]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT text ~* %s FROM unnest(%s::text[]) WITH ORDINALITY AS rows(text, number)"
            " ORDER BY number",
            [CALENDAR_DATE_PATTERN, texts],
        )
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize("text", ALLOWED)
def test_allowed(text: str) -> None:
    validate_reported_as(text)
    assert not names_calendar_date(text)


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="calendar date") as caught:
        validate_reported_as(text)
    assert caught.value.code == "calendar_date"


@pytest.mark.parametrize("text", REFUSED)
def test_refused_within_other_words(text: str) -> None:
    if text not in ("May", "may."):
        assert names_calendar_date(f"first seen {text}, then lost")


@pytest.mark.django_db
def test_database_agrees_on_every_phrase() -> None:
    assert database_says(ALLOWED) == [False] * len(ALLOWED)
    assert database_says(REFUSED) == [True] * len(REFUSED)


FRAGMENTS = st.sampled_from(
    [
        "may", "MAY", "in ", "of ", "mar", "ch", "jun", "sept", "dec", "12", "5", "2016", "-", "/",
        ".", "–", " ", "th", "月", "五", "５", "年", "a", "z", "\n", "\t", "\u00a0", "'", ",",
        "\u017f", "\u212a", "\u0130", "\u0131", "é", "new year",
    ]
)  # fmt: skip
ANY_TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)))
TEXTS = st.lists(st.lists(FRAGMENTS, max_size=6).map("".join) | ANY_TEXT, max_size=20)


@pytest.mark.django_db
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=TEXTS)
def test_database_agrees_on_generated_texts(texts: list[str]) -> None:
    assert database_says(texts) == [names_calendar_date(text) for text in texts]


def test_every_field_of_reported_words_has_the_validator() -> None:
    fields = Event._meta.concrete_fields
    checked = {field.name for field in fields if validate_reported_as in field.validators}
    assert checked == {
        "start_reported_as", "end_reported_as", "duration_reported_as", "frequency",
    }  # fmt: skip
