"""The forms that choose and export the figure: what a browser would send is what is drawn."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from patients.actions import cases
from patients.document import build_document
from patients.figure_choices import figure_choices
from patients.figure_form import FigureForm
from patients.models import Case
from tests.patients.rich_case import make_rich_case

pytestmark = pytest.mark.django_db


class Sent(HTMLParser):
    """What the one form of a piece of HTML sends as it stands, and where each button sends it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.query = QueryDict(mutable=True)
        self.action = ""
        self.buttons: list[str | None] = []
        self.links: list[str | None] = []
        self.controls: set[str] = set()
        self.named: set[str] = set()
        self._select = ""
        self._in_label = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        handle = getattr(self, f"on_{tag}", None)
        if handle is not None:
            handle(given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._in_label = False

    def on_form(self, given: dict[str, str | None]) -> None:
        assert given["method"] == "get"
        self.action = given["action"] or ""

    def on_label(self, given: dict[str, str | None]) -> None:
        self._in_label = True
        self.named.add(given.get("for") or "")

    def on_select(self, given: dict[str, str | None]) -> None:
        self._select = given["name"] or ""
        self.controls.add(given["id"] or "")
        self.query.setlist(self._select, [])

    def on_option(self, given: dict[str, str | None]) -> None:
        if "selected" in given or not self.query.getlist(self._select):
            self.query[self._select] = given["value"] or ""

    def on_input(self, given: dict[str, str | None]) -> None:
        if given.get("type") != "hidden":
            assert self._in_label or given.get("id")
            self.controls |= {given["id"] or ""} if not self._in_label else set()
        if given.get("type") != "checkbox" or "checked" in given:
            self.query.appendlist(given["name"] or "", given.get("value") or "")

    def on_button(self, given: dict[str, str | None]) -> None:
        self.buttons.append(given.get("formaction"))

    def on_a(self, given: dict[str, str | None]) -> None:
        self.links.append(given["href"])


@pytest.fixture
def case(db) -> Case:
    rich = make_rich_case().case
    cases.publish(case=rich, by=None)
    return rich


def forms_for(case: Case, query: str) -> tuple[Sent, Sent, FigureForm]:
    """The page's form, the export's, and the form that both are made of."""
    document = build_document(Case.objects.with_timeline().get(pk=case.pk))
    form = FigureForm(QueryDict(query), document)
    assert form.is_valid()
    context = {"choices": figure_choices(form, document)}
    page, export = (
        Sent(render_to_string(f"patients/_partials/figure_{name}.html", context))
        for name in ("options", "export")
    )
    return page, export, form


def queries(case: Case) -> list[str]:
    event = case.events.get(category="drug").public_id
    return ["", "axis=linear", "lanes=drug,imaging", f"t0={event}&lang=zh", "time=relative",
            "colour=grey&width=90&dpi=600&axis=ordinal"]  # fmt: skip


def test_sending_either_form_as_it_stands_draws_the_same_figure_again(case):
    every = ("imaging", "pathology", "intervention", "drug", "outcome")
    for query in queries(case):
        page, export, form = forms_for(case, query)
        for sent in (page, export):
            again = FigureForm(sent.query, form.document)
            assert again.is_valid(), again.problems
            expected = dict(form.cleaned_data)
            if sent is page and not expected["lanes"]:
                expected["lanes"] = every
            assert again.cleaned_data == expected


def test_the_page_s_form_comes_back_to_the_timeline_and_can_be_reset(case):
    page, _, _ = forms_for(case, "axis=linear")
    address = f"/cases/{case.accession}/#timeline"
    assert (page.action, page.links) == (address, [address])
    assert forms_for(case, "")[0].links == []


def test_each_format_has_a_button_whose_address_answers(case, client):
    _, export, _ = forms_for(case, "lanes=drug&dpi=72")
    assert export.buttons == [
        f"/cases/{case.accession}/timeline.{ending}" for ending in ("pdf", "svg", "png")
    ]
    for address in export.buttons:
        assert client.get(f"{address}?{export.query.urlencode()}").status_code == 200


def test_every_control_has_a_label_and_an_id_of_its_own(case):
    page, export, _ = forms_for(case, "axis=linear&lanes=drug")
    for sent in (page, export):
        assert sent.controls <= sent.named
    assert not page.controls & export.controls
    assert len(page.controls) == 3
    assert len(export.controls) == 5
