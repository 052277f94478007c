"""The editor with a keyboard: times typed and previewed, saved as it goes, taken back."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from patients.models import Event
from tests.browser.editing import (
    Traffic,
    edit_path,
    focused,
    key_of,
    make_course,
    open_row,
    sign_in,
    wait_until_saved,
)

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def course():
    return make_course()


@pytest.fixture
def page(open_page: Callable[..., Page], course, live_server) -> Iterator[Page]:
    page = open_page("/healthz")
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "Refused" in line.text else None)
    sign_in(page, live_server.url)
    page.goto(edit_path(course))
    traffic = Traffic(page)
    yield page
    traffic.let_end()
    assert refused == []


def test_a_time_is_typed_previewed_and_saved_with_the_keyboard_alone(page, course):
    key = key_of(course, "CT")
    open_row(page, key)
    assert focused(page) == f"{key}-category"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert focused(page) == f"{key}-when"
    page.keyboard.press("Control+a")
    page.keyboard.type("3 days after TACE")
    preview = page.locator(f"#{key}-preview")
    expect(preview).to_contain_text("Understood as:")
    expect(preview).to_contain_text("day 15")
    expect(page.locator("#figure .here")).to_contain_text("CT")
    wait_until_saved(page)
    row = course.events.get(label="CT")
    assert (row.start_low, row.anchor.label) == (3, "TACE")
    assert focused(page) == f"{key}-when"
    assert page.input_value(f"#{key}-when") == "3 days after TACE"
    expect(page.locator(f"#line-{key}")).to_contain_text("TACE")


def test_a_preview_saves_nothing(page, course):
    key = key_of(course, "CT")
    open_row(page, key)
    with page.expect_response("**/preview/"):
        page.fill(f"#{key}-when", "3 days after TACE")
    assert course.events.get(label="CT").start_low == 40


def test_what_is_not_understood_is_asked_about_and_answered_with_one_key(page, course):
    key = key_of(course, "CT")
    open_row(page, key)
    page.fill(f"#{key}-label", "CT of the liver")
    page.fill(f"#{key}-when", "3 days after Xyzzy")
    button = page.locator(f"#{key}-preview .suggestion").first
    expect(button).to_be_visible()
    expect(page.locator("#save-status")).to_contain_text("see the row")
    assert page.get_attribute(f"#{key}-when", "aria-invalid") == "true"
    assert page.input_value(f"#{key}-label") == "CT of the liver"
    assert course.events.filter(label="CT").exists()
    expect(button).to_be_visible()
    button.focus()
    page.keyboard.press("Enter")
    wait_until_saved(page)
    assert course.events.get(label="CT of the liver").anchor is not None
    assert page.get_attribute(f"#{key}-when", "aria-invalid") is None
    assert focused(page) == f"{key}-when"


def test_leaving_a_row_saves_it_and_a_reload_shows_it(page, course):
    key = key_of(course, "MRI")
    open_row(page, key)
    page.fill(f"#{key}-label", "First MRI")
    page.focus("#see-case")
    wait_until_saved(page)
    assert focused(page) == "see-case"
    page.reload()
    expect(page.locator(f"#line-{key}")).to_contain_text("First MRI")


def test_control_z_takes_back_and_open_forms_follow(page, course):
    key = key_of(course, "MRI")
    open_row(page, key)
    page.fill(f"#{key}-label", "Wrong")
    page.focus(f"#open-{key}")
    wait_until_saved(page)
    page.keyboard.press("Control+z")
    expect(page.locator(f"#line-{key}")).to_contain_text("MRI")
    expect(page.locator(f"#{key}-label")).to_have_value("MRI")
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(f"#{key}-label")).to_have_value("Wrong")
    page.fill(f"#{key}-label", "Right")
    page.focus("#see-case")
    wait_until_saved(page)
    assert course.events.filter(label="Right").exists()


def test_control_z_in_a_field_is_the_fields_own(page, course):
    key = key_of(course, "MRI")
    open_row(page, key)
    page.focus(f"#{key}-label")
    page.keyboard.press("End")
    page.keyboard.type("!")
    page.keyboard.press("Control+z")
    expect(page.locator(f"#{key}-label")).to_have_value("MRI")
    assert not course.edits.filter(undone=True).exists()


def test_a_row_is_added_once_and_gets_what_rows_have(page, course):
    page.focus(".adders a >> text=Drug therapy")
    page.keyboard.press("Enter")
    page.wait_for_selector("li[data-new] form")
    field = focused(page)
    assert field.endswith("-label")
    page.keyboard.type("Octreotide")
    page.wait_for_selector("li.row:not([data-new]) .row-tools")
    wait_until_saved(page)
    page.keyboard.type(" LAR")
    page.focus("#see-case")
    expect(page.locator(".edits li")).to_have_count(2)
    wait_until_saved(page)
    assert [row.label for row in course.events.filter(category="drug")] == ["Octreotide LAR"]


def test_a_finding_and_its_size_are_added_in_place(page, course):
    key = key_of(course, "MRI")
    open_row(page, key)
    page.locator(f"#{key}-actions >> text=Add a finding").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#under-{key} li[data-new] form")
    page.keyboard.type("A mass")
    page.locator(f"#under-{key} [name=longest]").fill("21")
    page.focus("#see-case")
    wait_until_saved(page)
    finding = course.imagingfindings.get()
    assert [size.low_mm for size in finding.measurements.all()] == [21]
    expect(page.locator(f"#{key}-along")).to_have_text("with 1 finding")


def test_removing_moves_on_to_the_next_row_and_offers_undo(page, course):
    key, following = key_of(course, "TACE"), key_of(course, "CT")
    open_row(page, key)
    page.focus(f"#{key}-remove")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#{key}", state="detached")
    expect(page.locator(f"#open-{following}")).to_be_focused()
    expect(page.locator("#notices")).to_contain_text("Removed event “TACE”")
    page.locator("#notices button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#{key}")
    assert course.events.filter(label="TACE").exists()


def test_moving_keeps_the_focus_on_its_button(page, course):
    key = key_of(course, "CT")
    open_row(page, key)
    page.focus(f"#{key}-up")
    page.keyboard.press("Enter")
    names = page.locator("#rows-event > li > .line .name")
    expect(names).to_have_text(["MRI", "CT", "TACE"])
    expect(page.locator(f"#{key}-up")).to_be_focused()
    page.keyboard.press("Enter")
    expect(names).to_have_text(["CT", "MRI", "TACE"])
    expect(page.locator(f"#{key}-up")).to_be_focused()


def test_a_row_that_is_open_and_unsaved_outlives_an_undo(page, course):
    key = key_of(course, "MRI")
    open_row(page, key)
    page.fill(f"#{key}-label", "Wrong")
    page.focus("#see-case")
    wait_until_saved(page)
    page.locator(".adders a >> text=Surgery").click()
    page.wait_for_selector("li[data-new] form")
    page.keyboard.type(" ")  # of no name yet, so it cannot be saved
    page.locator("li[data-new] [name=detail]").fill("Kept")
    page.locator("#undo").click()
    expect(page.locator(f"#line-{key}")).to_contain_text("MRI")
    expect(page.locator("li[data-new] [name=detail]")).to_have_value("Kept")
    assert Event.objects.filter(category="surgery").count() == 0
    expect(page.locator("#save-status")).to_contain_text("Taken back")


def test_a_term_is_offered_while_typing(page, course):
    from tests import make

    make.make_term(kind="procedure", display="Transarterial chemoembolisation")
    key = key_of(course, "TACE")
    open_row(page, key)
    page.focus(f"#{key}-term")
    page.keyboard.type("transart")
    page.wait_for_selector(f"#{key}-term-list option", state="attached")
    option = page.locator(f"#{key}-term-list option").first
    assert option.get_attribute("value") == "Transarterial chemoembolisation"


def test_an_event_in_the_figure_opens_its_row(page, course):
    key = key_of(course, "TACE")
    page.locator(f"#figure a[href='#{key}']").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#{key}-row")
    expect(page.locator(f"#{key}-category")).to_be_focused()


def test_what_is_missing_leads_to_its_row(page, course):
    page.locator("#missing a[data-opens^=event-]").first.focus()
    key = page.evaluate("document.activeElement.dataset.opens")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#{key}-row")
    expect(page.locator(f"#{key}-category")).to_be_focused()


def test_a_row_closes_again(page, course):
    key = key_of(course, "MRI")
    open_row(page, key)
    assert page.get_attribute(f"#open-{key}", "aria-expanded") == "true"
    page.focus(f"#open-{key}")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#{key}-row", state="detached")
    assert page.get_attribute(f"#open-{key}", "aria-expanded") == "false"
