"""The times of the first case, typed as reported, draw the figure that the demo draws."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from patients.document import build_document
from patients.models import Case
from patients.timeline import FigureOptions, draw
from tests.browser.editing import (
    Traffic,
    edit_path,
    make_seed_course,
    open_row,
    sign_in,
    wait_until_saved,
)
from tests.browser.site import SEED_CASE
from tests.patients.reported_time import demo_cases
from tests.patients.reported_time.first_case import TYPED

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

NO_TIME = {
    "anchor": None,
    "start_low": None,
    "start_high": None,
    "start_precision": "unknown",
    "start_reported_as": "",
    "end_low": None,
    "end_high": None,
    "end_precision": "",
    "end_reported_as": "",
    "ongoing": False,
    "duration_low": None,
    "duration_high": None,
    "duration_reported_as": "",
    "frequency": "",
    "frequency_times": None,
    "frequency_days": None,
}


@pytest.fixture
def course() -> Case:
    return make_seed_course(SEED_CASE)


@pytest.fixture
def page(open_page: Callable[..., Page], course: Case, live_server) -> Iterator[Page]:
    page = open_page("/healthz")
    sign_in(page, live_server.url)
    traffic = Traffic(page)
    yield page
    traffic.let_end()


def figure_of(case: Case) -> str:
    return draw(build_document(Case.objects.get(pk=case.pk)), FigureOptions()).svg


def forget_times(case: Case) -> None:
    case.events.filter(is_index=False).update(**NO_TIME)
    case.events.filter(is_index=True).update(start_reported_as="")
    Case.objects.filter(pk=case.pk).update(day_zero_year=None)


def test_times_typed_with_the_keyboard_draw_the_figure_of_the_demo(page: Page, course: Case):
    demonstrated = figure_of(course)
    forget_times(course)
    assert figure_of(course) != demonstrated
    page.goto(edit_path(course))
    labels = demo_cases.labels_of("tian-2022")
    for key, typed in TYPED.items():
        row = f"event-{course.events.get(label=labels[key]).public_id}"
        open_row(page, row)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Control+a")
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
        wait_until_saved(page)
        page.focus(f"#open-{row}")
        page.keyboard.press("Enter")
    assert figure_of(course) == demonstrated
