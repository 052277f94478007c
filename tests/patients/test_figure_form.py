"""What a reader may choose of the figure, and what is said when a choice cannot be made."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from patients.document import CaseDocument, build_document
from patients.exporters.figure import PrintSize
from patients.figure_choices import figure_choices
from patients.figure_form import FigureForm
from patients.models import Case
from patients.timeline import Axis, Clock, Colours, Form, Language, Medium
from tests.make import make_event
from tests.patients.rich_case import make_rich_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> CaseDocument:
    case = make_rich_case().case
    return build_document(Case.objects.with_timeline().get(pk=case.pk))


def form_of(query: str, document: CaseDocument) -> FigureForm:
    form = FigureForm(QueryDict(query), document)
    form.is_valid()
    return form


def test_nothing_said_is_the_usual_figure(document):
    options = form_of("", document).print_options(footer="CB-7K3M2QX")
    assert options.width == pytest.approx(510.236, abs=0.001)
    assert (options.medium, options.axis, options.clock) == (
        Medium.PRINT, Axis.ELASTIC, Clock.CALENDAR,
    )  # fmt: skip
    assert (options.language, options.colours) == (Language.ENGLISH, Colours.COLOUR)
    assert (options.lanes, options.day_zero) == ((), "")
    assert (options.caption, options.footer) == (True, "CB-7K3M2QX")
    assert form_of("", document).size == PrintSize(width_mm=180, dpi=300)


@pytest.mark.parametrize(
    ("query", "name", "value"),
    [
        ("axis=linear", "axis", Axis.LINEAR),
        ("axis=ordinal", "axis", Axis.ORDINAL),
        ("time=relative", "clock", Clock.RELATIVE),
        ("lang=zh", "language", Language.CHINESE),
        ("colour=grey", "colours", Colours.GREY),
        ("lanes=imaging", "lanes", ("imaging",)),
        ("lanes=drug,imaging,drug", "lanes", ("imaging", "drug")),
        ("lanes=drug&lanes=imaging", "lanes", ("imaging", "drug")),
        ("lanes=drug,&lanes=", "lanes", ("drug",)),
        ("axis=&lanes=&t0=&lang=", "axis", Axis.ELASTIC),
    ],
)
def test_each_choice_reaches_page_and_print_alike(document, query, name, value):
    form = form_of(query, document)
    assert getattr(form.print_options(footer=""), name) == value
    assert getattr(form.screen_options(), name) == value


def test_the_page_s_figure_is_for_the_screen_and_stands_under_its_heading(document):
    options = form_of("width=90", document).screen_options(width=390, form=Form.VERTICAL)
    assert (options.medium, options.width, options.form) == (Medium.SCREEN, 390, Form.VERTICAL)
    assert (options.caption, options.footer) == (False, "")


def test_any_event_may_be_day_zero(document):
    for event in document.events:
        form = form_of(f"t0={event.id}", document)
        assert form.screen_options().day_zero == event.id


def test_width_and_dpi_are_physical(document):
    form = form_of("width=90&dpi=600", document)
    assert form.print_options(footer="").width == pytest.approx(255.118, abs=0.001)
    assert form.size == PrintSize(width_mm=90, dpi=600)


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("axis=log", "axis", "“log” is not known; choose elastic, linear or ordinal."),
        ("time=utc", "time", "“utc” is not known; choose calendar or relative."),
        ("lang=fr", "lang", "“fr” is not known; choose en or zh."),
        ("colour=red", "colour", "“red” is not known; choose colour or grey."),
        ("width=100", "width", "“100” is not known; choose 180 or 90."),
        ("dpi=71", "dpi", "The least is 72."),
        ("dpi=601", "dpi", "The most is 600."),
        ("dpi=high", "dpi", "Give a whole number from 72 to 600."),
        ("lanes=imaging,pet", "lanes", "“pet” is not a lane; lanes are history, presentation"),
        ("lanes=laboratory", "lanes", "This case has no event in the lanes asked for."),
        ("t0=nothing", "t0", "“nothing” is no event of this case."),
        ("t0=" + "x" * 999, "t0", "“" + "x" * 40 + "…” is no event of this case."),
        ("t0=%00", "t0", "Null characters are not allowed."),
    ],
)
def test_a_bad_value_is_named_with_its_reason(document, query, field, said):
    problems = form_of(query, document).problems
    assert [name for name, _ in problems] == [field]
    assert problems[0][1].startswith(said)


def test_all_bad_values_are_named_at_once(document):
    problems = form_of("axis=log&dpi=0&t0=x", document).problems
    assert [name for name, _ in problems] == ["axis", "t0", "dpi"]


def test_an_event_of_another_case_is_no_day_zero(document):
    other = make_event(day=0)
    assert form_of(f"t0={other.public_id}", document).problems[0][0] == "t0"


def test_choices_show_what_is_drawn_now(document):
    event = document.events[0].id
    form = form_of(f"axis=linear&lanes=drug,imaging&t0={event}&lang=zh&time=relative", document)
    choices = figure_choices(form, document)
    assert [row.value for row in choices.axes if row.is_chosen] == ["linear"]
    assert [row.value for row in choices.lanes if row.is_chosen] == ["imaging", "drug"]
    assert [row.value for row in choices.events if row.is_chosen] == [event]
    assert [row.value for row in choices.languages if row.is_chosen] == ["zh"]
    assert choices.kept_by_export == [("axis", "linear"), ("lanes", "imaging,drug"), ("t0", event)]
    assert choices.kept_by_page == [("time", "relative")]
    assert not choices.is_usual


def test_without_choices_every_lane_of_the_case_is_on_and_nothing_is_carried(document):
    choices = figure_choices(form_of("", document), document)
    assert [row.value for row in choices.lanes] == [
        "imaging", "pathology", "intervention", "drug", "outcome",
    ]  # fmt: skip
    assert all(row.is_chosen for row in choices.lanes)
    assert choices.kept_by_page == choices.kept_by_export == []
    assert choices.is_usual
    assert [row.label for row in choices.files] == ["PDF", "SVG", "PNG"]
