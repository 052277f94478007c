"""What was typed in the editor is never lost: not to a slow or a silent server, nor to others."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from patients.models import Event
from tests.browser.editing import (
    Traffic,
    edit_path,
    key_of,
    make_course,
    open_row,
    sign_in,
    status_of,
    wait_until_saved,
)

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def course():
    return make_course()


@pytest.fixture
def page(open_page: Callable[..., Page], course, live_server) -> Iterator[Page]:
    page = open_page("/healthz")
    sign_in(page, live_server.url)
    page.goto(edit_path(course))
    traffic = Traffic(page)
    yield page
    page.unroute_all()
    traffic.let_end()


def fill_and_leave(page, key, words):
    page.fill(f"#{key}-label", words)
    page.focus("#see-case")


def wait_for_status(page, words):
    expect(page.locator("#save-status")).to_contain_text(words)


def test_what_is_typed_during_a_save_is_kept_and_saved_after(page, course):
    key = key_of(course, "MRI")
    open_row(page, key)
    held = []
    page.route(f"**/{key.replace('-', '/')}/", lambda route: held.append(route))
    page.fill(f"#{key}-label", "First")
    page.focus("#see-case")
    wait_for_status(page, "Saving …")
    page.fill(f"#{key}-label", "First and second")
    held.pop().continue_()
    expect(page.locator("#save-status")).to_have_text("Saving …")
    while not held:
        page.wait_for_timeout(50)
    held.pop().continue_()
    wait_until_saved(page)
    assert page.input_value(f"#{key}-label") == "First and second"
    assert course.events.filter(label="First and second").exists()
    assert page.locator("[data-conflict]").count() == 0


def test_a_server_that_does_not_answer_is_told_and_tried_again(page, course):
    key = key_of(course, "MRI")
    open_row(page, key)
    page.route("**/edit/**", lambda route: route.abort())
    fill_and_leave(page, key, "Typed while away")
    wait_for_status(page, "the server does not answer")
    assert page.input_value(f"#{key}-label") == "Typed while away"
    page.unroute_all()
    page.click("#try-again")
    wait_until_saved(page)
    assert course.events.filter(label="Typed while away").exists()
    assert not page.locator("#try-again").is_visible()


def test_a_fault_of_the_server_swaps_nothing(page, course):
    key = key_of(course, "MRI")
    open_row(page, key)
    page.route("**/edit/event/**", lambda route: route.fulfill(status=500, body="<h1>Broken</h1>"))
    fill_and_leave(page, key, "Kept")
    wait_for_status(page, "something went wrong on the server")
    assert page.input_value(f"#{key}-label") == "Kept"
    assert page.locator("text=Broken").count() == 0
    page.unroute_all()


def test_a_session_that_ended_is_told_and_saved_after_signing_in(page, course, live_server):
    key = key_of(course, "MRI")
    open_row(page, key)
    page.context.clear_cookies()
    fill_and_leave(page, key, "Typed while signed out")
    wait_for_status(page, "you are signed out")
    assert page.input_value(f"#{key}-label") == "Typed while signed out"
    page.click("#try-again")
    wait_for_status(page, "you are signed out")
    sign_in(page, live_server.url)
    page.click("#try-again")
    wait_until_saved(page)
    assert course.events.filter(label="Typed while signed out").exists()


def conflict(page, course, key):
    open_row(page, key)
    Event.objects.filter(label="MRI", case=course).update(label="Theirs")
    fill_and_leave(page, key, "Mine")
    page.wait_for_selector("[data-conflict]")
    assert page.input_value(f"#{key}-label") == "Mine"
    assert "somebody else changed this row" in status_of(page)
    assert course.events.filter(label="Theirs").exists()


def test_a_lost_update_is_shown_and_mine_saved_when_i_say_so(page, course):
    key = key_of(course, "MRI")
    conflict(page, course, key)
    page.fill(f"#{key}-label", "Mine still")
    page.locator("[data-conflict] button").focus()
    page.keyboard.press("Enter")
    wait_until_saved(page)
    assert course.events.filter(label="Mine still").exists()
    assert page.locator("[data-conflict]").count() == 0
    fill_and_leave(page, key, "And again")
    wait_until_saved(page)
    expect(page.locator(f"#line-{key}")).to_contain_text("And again")


def test_a_lost_update_is_shown_and_theirs_taken(page, course):
    key = key_of(course, "MRI")
    conflict(page, course, key)
    page.locator("[data-theirs]").click()
    expect(page.locator(f"#{key}-label")).to_have_value("Theirs")
    assert page.locator("[data-conflict]").count() == 0


def test_enter_in_a_field_does_not_save_over_others(page, course):
    key = key_of(course, "MRI")
    conflict(page, course, key)
    page.focus(f"#{key}-label")
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 409
    assert course.events.filter(label="Theirs").exists()


def test_leaving_with_unsaved_changes_warns(page, course):
    key = key_of(course, "MRI")
    open_row(page, key)
    page.route("**/edit/**", lambda route: route.abort())
    page.locator(f"#{key}-label").click()
    page.keyboard.type("!")
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.evaluate("setTimeout(() => { location.href = '/cases/'; })")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert page.input_value(f"#{key}-label").endswith("!")
    page.remove_listener("dialog", stay)
