"""Time as one line of words: read, previewed, saved, asked about; the date of day 0 is not kept."""

import logging

import pytest

from patients.models import Case, Event
from tests import make
from tests.pages.editing import HTMX, begin, edit_url, fill, row_url
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator(client):
    client.force_login(make.make_user("curator"))
    return client


@pytest.fixture
def case():
    case = make.make_case()
    make.make_event(case, 0, is_index=True, category="imaging", label="MRI")
    make.make_event(case, 12, category="intervention", label="TACE")
    make.make_event(case, 40, category="imaging", label="CT")
    return case


def times_of(row):
    row.refresh_from_db()
    return (row.start_low, row.start_high, row.anchor and row.anchor.label)


def test_words_are_saved_as_bounds_from_what_they_count_from(curator, case):
    row = case.events.get(label="CT")
    data = fill(curator, row, "event", when="3 days after TACE")
    assert curator.post(row_url(row, "event"), data).status_code == 302
    assert times_of(row) == (3, 3, "TACE")
    assert "TACE" in fill(curator, row, "event")["when"]


def test_words_that_were_not_touched_leave_the_time_as_it_is(curator, case):
    row = case.events.get(label="CT")
    Event.objects.filter(pk=row.pk).update(
        start_low=1461, start_high=1826, start_precision="year", start_reported_as="in that year"
    )
    data = fill(curator, row, "event", detail="Seen again")
    assert curator.post(row_url(row, "event"), data).status_code == 302
    assert times_of(row) == (1461, 1826, None)
    assert row.start_reported_as == "in that year"
    assert row.detail == "Seen again"


def test_emptied_words_are_a_time_that_is_not_reported(curator, case):
    row = case.events.get(label="CT")
    curator.post(row_url(row, "event"), fill(curator, row, "event", when=""))
    assert times_of(row) == (None, None, None)
    assert row.start_precision == "unknown"


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["without script", "with htmx"])
def test_what_is_not_understood_is_asked_about_and_nothing_is_saved(curator, case, headers):
    row = case.events.get(label="CT")
    data = fill(curator, row, "event", when="3 days after Xyzzy", label="Another label")
    answer = curator.post(row_url(row, "event"), data, headers=headers)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Not saved" in text
    assert "Xyzzy" in text
    assert 'name="use"' in text
    if not headers:
        assert "Another label" in text
    assert times_of(row) == (40, 40, None)
    assert row.label == "CT"


def test_a_suggestion_is_taken_with_one_button(curator, case):
    row = case.events.get(label="CT")
    data = fill(curator, row, "event", when="3 days after Xyzzy", use="when:3 days after TACE")
    assert curator.post(row_url(row, "event"), data).status_code == 302
    assert times_of(row) == (3, 3, "TACE")


def test_a_preview_says_how_it_was_understood_and_saves_nothing(curator, case):
    row = case.events.get(label="CT")
    before = list(Event.objects.order_by("pk").values())
    data = fill(curator, row, "event", when="3 days after TACE")
    answer = curator.post(f"{row_url(row, 'event')}preview/", data, headers=HTMX)
    text = text_of(answer.content.decode())
    assert "Understood as:" in text
    assert "3 days after “TACE”" in text
    assert "day 15" in text
    assert 'id="figure"' in answer.content.decode()
    assert list(Event.objects.order_by("pk").values()) == before
    assert not case.edits.exists()


def test_a_preview_of_what_is_not_understood_asks(curator, case):
    row = case.events.get(label="CT")
    data = fill(curator, row, "event", when="3 days after Xyzzy")
    answer = curator.post(f"{row_url(row, 'event')}preview/", data, headers=HTMX)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Not saved:" in text
    assert f'data-field="event-{row.public_id}-when"' in text


def test_the_preview_button_works_without_script(curator, case):
    row = case.events.get(label="CT")
    data = fill(curator, row, "event", when="3 days after TACE", detail="Kept", do="preview")
    answer = curator.post(row_url(row, "event"), data)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Understood as:" in text
    assert "Kept" in text
    assert 'value="3 days after TACE"' in text
    assert times_of(row) == (40, 40, None)


def test_a_new_event_is_previewed_before_it_is_saved(curator, case):
    url, data = begin(curator, case, "event", category="drug")
    answer = curator.post(f"{url}preview/", data | {"when": "day 20"}, headers=HTMX)
    assert "day 20" in text_of(answer.content.decode())
    assert case.events.count() == 3


def test_a_frequency_goes_to_the_fields_of_a_drug(curator, case):
    row = make.make_event(case, 3, category="drug", label="Octreotide")
    data = fill(curator, row, "event", when="day 3, every 4 weeks")
    assert curator.post(row_url(row, "event"), data).status_code == 302
    row.refresh_from_db()
    assert (row.frequency_times, row.frequency_days) == (1, 28)
    assert "every 4 weeks" in fill(curator, row, "event")["when"]


def test_the_mark_of_day_zero_alone_puts_an_event_on_day_zero(curator, case):
    case.events.filter(is_index=True).update(is_index=False)
    row = case.events.get(label="CT")
    data = fill(curator, row, "event", when="", is_index="on")
    assert curator.post(row_url(row, "event"), data).status_code == 302
    assert times_of(row) == (0, 0, None)
    assert row.is_index


def test_a_second_day_zero_is_refused(curator, case):
    row = case.events.get(label="CT")
    data = fill(curator, row, "event", when="", is_index="on")
    answer = curator.post(row_url(row, "event"), data)
    assert answer.status_code == 422
    assert "day 0" in text_of(answer.content.decode())
    row.refresh_from_db()
    assert not row.is_index


def test_the_date_of_day_zero_is_neither_kept_nor_logged(curator, case, caplog, capfd):
    row = case.events.get(label="CT")
    data = fill(curator, row, "event", when="3 days after TACE", day_zero_date="2016-03-17")
    with caplog.at_level(logging.DEBUG):
        curator.post(f"{row_url(row, 'event')}preview/", data, headers=HTMX)
        answer = curator.post(row_url(row, "event"), data, headers=HTMX)
    assert answer.status_code == 200
    kept = [*Event.objects.values(), *Case.objects.values(), *case.edits.values()]
    captured = capfd.readouterr()
    for text in (str(kept), answer.content.decode(), caplog.text, captured.out, captured.err):
        assert "2016-03-17" not in text
        assert "03-17" not in text
    assert "2016-03-17" not in curator.get(edit_url(case)).content.decode()
