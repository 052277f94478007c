"""Images in a real browser: attached and confirmed by keyboard, two side by side, the wipe, paper,
without JavaScript. All of them are drawn phantoms."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import Page, expect

from patients.actions import cases, images
from patients.models import Case, FindingImage, ImagingFinding
from tests import make
from tests.browser.editing import NAME, make_editor, sign_in
from tests.browser.test_keyboard import AT, NUMBER_CONTROLS
from tests.browser.test_publishing import troubles
from tests.pages.pictures import make_image, phantom

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
WORDS = {"caption": "Axial, arterial phase", "credit": "Drawn for tests, CC0"}
TAKES = 120_000
"""Milliseconds that reading an image may take here: it is a process of its own."""
MOST_STOPS = 80


@pytest.fixture(autouse=True)
def _media(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def make_course() -> tuple[Case, list[ImagingFinding]]:
    """Two scans of one mass, an embolisation between them, and an editor; no image yet."""
    make_editor()
    case = make.make_case(title="A mass before and after")
    make.make_source(case)
    lesion = make.make_lesion(case, label="Mass")
    findings = []
    for day, label, size in ((0, "CT", "62"), (40, "Second CT", "48")):
        scan = make.make_event(case, day, label=label, category="imaging", is_index=day == 0)
        finding = make.make_finding(scan, lesion=lesion, modality="ct")
        make.make_measurement(finding, low_mm=size, high_mm=size)
        findings.append(finding)
    make.make_event(case, 12, label="Embolisation", category="intervention")
    return case, findings


def make_pictured_course() -> tuple[Case, list[FindingImage]]:
    """The same with an image of each scan, published."""
    case, findings = make_course()
    by = User.objects.get(username=NAME)
    made = []
    for finding, radius in zip(findings, (62, 48), strict=True):
        upload = SimpleUploadedFile("phantom.png", phantom(radius, width=640, height=480))
        image = images.attach(finding=finding, upload=upload, by=by, **WORDS)
        images.confirm(image=image, by=by)
        made.append(image)
    cases.publish(case=case, by=None)
    return case, made


def unreached(page: Page) -> list[str]:
    """Controls that a walk with the Tab key does not come to, or does not show. Of a group of radio
    buttons it comes to the chosen one."""
    count = page.evaluate(NUMBER_CONTROLS)
    radios = page.locator("input[type=radio]:not(:checked)").all()
    by_arrows = {radio.get_attribute("data-stop") for radio in radios}
    stops = []
    for _ in range(count + 2):
        page.keyboard.press("Tab")
        at = page.evaluate(AT)
        if at is not None:
            stops.append(at)
    missed = set(map(str, range(count))) - {stop["stop"] for stop in stops} - by_arrows
    return [*sorted(missed), *(stop["html"] for stop in stops if not stop["outlined"])]


def pair_path(case: Case) -> str:
    return f"/cases/{case.accession}/images/compare/"


def tab_to(page: Page, selector: str) -> None:
    """Walks there with the Tab key, and sees at each stop where it is."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        at = page.evaluate(AT)
        assert at is None or at["outlined"], at
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} is not reached")


@pytest.mark.parametrize(("width", "scheme"), [(1240, "light"), (390, "dark")])
def test_every_page(open_page, live_server, width: int, scheme: str) -> None:
    case, made = make_pictured_course()
    waiting = make_image(made[0].finding, confirmed=False)
    base = f"/cases/{case.accession}/"
    page = open_page(base, width=width, scheme=scheme)
    found = [(base, trouble) for trouble in troubles(page)]
    for path in (f"{base}images/", pair_path(case), f"{pair_path(case)}?view=wipe",
                 f"{pair_path(case)}?before=x&after=y", f"{base}v/1/images/"):  # fmt: skip
        page.goto(path)
        found += [(path, trouble) for trouble in [*troubles(page), *unreached(page)]]
    sign_in(page, live_server.url)
    edit = f"{base}edit/images/"
    with page.expect_response(lambda answer: answer.url.endswith(f"{made[0].public_id}.png")):
        page.goto(f"{edit}{made[0].public_id}/")
    found += [("confirmed", trouble) for trouble in troubles(page)]
    page.route(f"**/{waiting.public_id}*.png", lambda route: route.fulfill(body=phantom()))
    for path in (f"{edit}for/{made[0].finding.public_id}/", f"{edit}{waiting.public_id}/",
                 f"{edit}{waiting.public_id}/remove/", f"{base}images/"):  # fmt: skip
        page.goto(path)
        found += [(path, trouble) for trouble in [*troubles(page), *unreached(page)]]
    page.goto(f"{edit}{waiting.public_id}/")
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".error-summary li")).to_have_count(2)
    found += [("refused", trouble) for trouble in troubles(page)]
    assert found == []


def test_from_the_editor_to_the_wipe_with_the_keyboard_alone(
    open_page, live_server, tmp_path: Path
) -> None:
    case, (first, last) = make_course()
    by = User.objects.get(username=NAME)
    upload = SimpleUploadedFile("phantom.png", phantom(48))
    images.confirm(image=images.attach(finding=last, upload=upload, by=by, **WORDS), by=by)
    file = tmp_path / "phantom.png"
    file.write_bytes(phantom(62))
    page = open_page("/")
    sign_in(page, live_server.url)
    page.goto(f"/cases/{case.accession}/edit/?open=finding-{first.public_id}")
    tab_to(page, "a[href*='/edit/images/for/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/images/for/*/")
    tab_to(page, "#id_upload")
    page.set_input_files("#id_upload", file)  # the dialogue itself is the browser's
    tab_to(page, "#id_caption")
    page.keyboard.type("Axial, arterial phase")
    tab_to(page, "#id_credit")
    page.keyboard.type("Drawn for tests, CC0")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/for/" not in url, timeout=TAKES)
    for field in ("#id_no_text", "#id_no_face"):
        tab_to(page, field)
        expect(page.locator(field)).not_to_be_checked()
        page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/images/#image-*")
    tab_to(page, "a[href*='/images/compare/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/images/compare/?before=*")
    tab_to(page, "input[name='pair-view']")
    page.keyboard.press("ArrowRight")
    tab_to(page, "#wipe-range")
    slider = page.get_by_role("slider", name="How much of the first image is shown")
    expect(slider).to_have_value("50")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "Earlier study 53 %, later study 47 %")
    page.keyboard.press("End")
    expect(page.locator(".wipe output")).to_have_text("Earlier study 100 %, later study 0 %")
    line = page.locator(".wipe-line").bounding_box()
    stage = page.locator(".wipe-stage").bounding_box()
    assert abs(line["x"] + line["width"] / 2 - stage["x"] - stage["width"]) < 2


def test_side_by_side_over_one_another_and_on_paper(open_page) -> None:
    case, (first, last) = make_pictured_course()
    page = open_page(pair_path(case))
    both_keep_their_shape_in_boxes_of_one_size(page)
    page.get_by_label("One over the other").check()
    assert page.url.endswith("?view=wipe")
    the_line_is_dragged(page)
    on_paper_one_stands_beneath_the_other(page)
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Swap the two").click()
    page.wait_for_url(f"**/?before={last.public_id}&after={first.public_id}&view=wipe")
    expect(page.locator(".wipe")).to_be_visible()
    expect(page.locator(".cautions")).to_contain_text("the later study comes first")
    page.get_by_label("Side by side").check()
    expect(page.locator(".wipe")).to_be_hidden()


def both_keep_their_shape_in_boxes_of_one_size(page: Page) -> None:
    first, second = (image.bounding_box() for image in page.locator(".side img").all())
    assert (first["width"], first["height"]) == (second["width"], second["height"])
    assert first["y"] == second["y"]
    fits = "i => getComputedStyle(i).objectFit"
    assert {image.evaluate(fits) for image in page.locator(".side img").all()} == {"contain"}


def the_line_is_dragged(page: Page) -> None:
    stage = page.locator(".wipe-stage").bounding_box()
    page.mouse.move(stage["x"] + stage["width"] / 2, stage["y"] + 20)
    page.mouse.down()
    page.mouse.move(stage["x"] + stage["width"] / 4, stage["y"] + 30)
    page.mouse.up()
    expect(page.locator("#wipe-range")).to_have_value("25")


def on_paper_one_stands_beneath_the_other(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator(".wipe")).to_be_hidden()
    first, second = (image.bounding_box() for image in page.locator(".side img").all())
    assert first["x"] == second["x"]
    assert second["y"] > first["y"] + first["height"]
    for side in page.locator("figcaption").all():
        expect(side).to_be_visible()


def test_without_javascript(browser, live_server, tmp_path: Path) -> None:
    case, (first, last) = make_course()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server.url)
    for finding, radius in ((first, 62), (last, 48)):
        page.goto(f"/cases/{case.accession}/edit/images/for/{finding.public_id}/")
        page.locator("#id_caption").fill("Axial")
        page.get_by_role("button", name="Attach").click()
        expect(page.locator(".error-summary a")).to_have_text(["Choose a file."])
        expect(page.locator("#id_caption")).to_have_value("Axial")
        file = tmp_path / f"phantom-{radius}.png"
        file.write_bytes(phantom(radius))
        page.locator("#id_upload").set_input_files(file)
        page.get_by_role("button", name="Attach").click()
        page.get_by_label("There is no text").check(timeout=TAKES)
        page.get_by_label("There is no face").check()
        page.get_by_role("button", name="Confirm").click()
    page.get_by_role("link", name="First and latest, side by side").click()
    first_box, second_box = (image.bounding_box() for image in page.locator(".side img").all())
    assert first_box["x"] == second_box["x"]
    assert second_box["y"] > first_box["y"] + first_box["height"]
    expect(page.get_by_role("slider")).to_have_count(0)
    context.close()


def test_what_goes_wrong_while_sending_loses_nothing(
    open_page, live_server, tmp_path: Path
) -> None:
    _, (finding, _) = make_course()
    file = tmp_path / "phantom.png"
    file.write_bytes(phantom())
    page = open_page("/")
    sign_in(page, live_server.url)
    page.goto(f"/cases/{finding.case.accession}/edit/images/for/{finding.public_id}/")
    page.locator("#id_upload").set_input_files(file)
    page.get_by_role("button", name="Attach").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".error-summary a")).to_have_text(["Say what the image shows."])
    page.locator("#id_caption").fill("Axial")
    path = "**/edit/images/for/*/"
    page.route(path, lambda route: route.abort())
    page.get_by_role("button", name="Attach").click()
    expect(page.get_by_role("status")).to_contain_text("The connection broke off")
    expect(page.locator("#id_caption")).to_have_value("Axial")
    page.unroute(path)
    page.get_by_role("button", name="Attach").click()
    page.wait_for_url(lambda url: "/for/" not in url, timeout=TAKES)
    assert FindingImage.objects.get().caption == "Axial"
