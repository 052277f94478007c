"""The case pack in a browser: one button, the keyboard alone, no script, and a refusal."""

from __future__ import annotations

import hashlib
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from tests import make
from tests.browser.test_accessibility import OVERFLOW, violations

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def case():
    return make.make_published_case(title="A course", events=2)


def test_one_button_on_the_case_page_gives_the_pack(browser, live_server, case, tmp_path):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(case.get_absolute_url())
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the case pack").click()
    assert download.value.suggested_filename == f"{case.accession}-v1.zip"
    saved = tmp_path / "pack.zip"
    download.value.save_as(saved)
    with ZipFile(saved) as archive:
        for line in archive.read("SHA256SUMS").decode().splitlines():
            digest, name = line.split("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
    context.close()


def test_choices_are_made_with_the_keyboard_alone(open_page, case):
    other = make.make_published_case(title="Another course", events=2)
    page = open_page(case.get_absolute_url())
    page.get_by_role("link", name="What is in it, and choices").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/pack/")
    page.get_by_label("Width of the figure").focus()
    page.keyboard.type("90")
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.get_by_label("Other cases for the comparison table")).to_be_focused()
    page.keyboard.type(other.accession)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert f"width=90&lang=en&style=nlm-citation-sequence&other=&case={other.accession}" in (
        download.value.url
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1240, 390])
def test_a_refusal_names_the_field_and_keeps_what_was_typed(open_page, case, width, scheme):
    page = open_page(f"{case.get_absolute_url()}pack/", width=width, scheme=scheme)
    page.get_by_label("Other cases for the comparison table").fill("hello")
    page.get_by_role("button", name="Download the pack").click()
    expect(page.get_by_role("alert")).to_contain_text("“hello” is no accession")
    page.get_by_role("alert").get_by_role("link", name="Other cases").click()
    field = page.get_by_label("Other cases for the comparison table")
    expect(field).to_have_value("hello")
    expect(field).to_be_focused()
    assert violations(page) == []
    assert page.evaluate(OVERFLOW) <= 0
