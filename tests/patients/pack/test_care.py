"""The CARE checklist filled in: 13 items, where each shows, and who says so."""

from __future__ import annotations

from patients.care import ITEMS
from patients.pack.care import care_html
from patients.presenters.care import care_view
from tests.patients.timeline.documents import document, event

ADDRESS = "https://casebase.example.org/cases/CB-TESTTES/v/2/"


def html_of(**ticked):
    found = document([event(0), event(1, 9, 9)])
    return care_html(care_view(found, ticked).rows, "CARE <b>", "A case & its version.", ADDRESS)


def row_of(html, number):
    return html.split("<tr>")[number + 1]


def test_every_item_has_a_row_and_nothing_is_markup():
    made = html_of()
    assert made.count("<tr>") == len(ITEMS) + 1
    assert "CARE &lt;b&gt;" in made
    assert "A case &amp; its version." in made


def test_what_is_derived_and_what_was_ticked_are_told_apart():
    made = html_of(title="present", consent="absent")
    assert "<td>Present</td>" in row_of(made, 7)
    assert "The record shows it" in row_of(made, 7)
    assert "<td>Present</td>" in row_of(made, 1)
    assert "A curator looked" in row_of(made, 1)
    assert "<td>Absent</td>" in row_of(made, 13)


def test_what_shows_an_item_is_linked():
    assert f'<a href="{ADDRESS}#timeline">2 events with a time</a>' in row_of(html_of(), 7)


def test_what_nobody_looked_at_stays_open():
    assert "<td>–</td><td>–</td>" in row_of(html_of(), 3)
