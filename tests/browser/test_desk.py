"""Bringing a reading list in with the keyboard alone, without script, and for everybody."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Permission, User
from playwright.sync_api import expect

from literature.actions import imports
from literature.models import Import, ImportState, Reference
from tests import make
from tests.browser.editing import NAME, make_editor, sign_in
from tests.browser.test_accessibility import HEADINGS, OVERFLOW, skipped_levels, violations
from tests.browser.test_keyboard import AT, NUMBER_CONTROLS
from tests.pages.importing import ADD, LIST, begin, begin_with_every_verdict, ris

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
CHAPTER_LIST = Path(__file__).parent.parent / "literature" / "importers" / "chapter_list.txt"


@pytest.fixture
def researcher():
    """Somebody who may bring references in, and nothing else."""
    user = make.make_user(username=NAME)
    user.user_permissions.set(
        Permission.objects.filter(
            content_type__app_label="literature", codename__in=["add_import", "add_reference"]
        )
    )
    return user


@pytest.fixture
def plain_page(browser, live_server):
    """A page in a browser that runs no script."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    yield page
    context.close()


def tab_to(page, locator, most=400):
    """Presses Tab until `locator` has the focus."""
    for _ in range(most):
        if locator.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {locator}")


def press(page, locator):
    tab_to(page, locator)
    page.keyboard.press("Enter")


def choose(page, row, label):
    """Gives a row of radio buttons the focus and walks to the one that is called `label`."""
    radios = page.locator(f"#row-{row} input[type=radio]")
    wanted = page.locator(f"#row-{row}").get_by_label(label, exact=True)
    if radios.locator("xpath=self::*[@checked]").count():
        tab_to(page, page.locator(f"#row-{row} input[type=radio]:checked"))
    else:
        tab_to(page, radios.first)
        page.keyboard.press("Space")
    for _ in range(radios.count()):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"The arrow keys do not reach “{label}”")


def test_a_list_is_pasted_decided_brought_in_and_undone_by_keyboard(
    open_page, live_server, researcher
):
    held = make.make_reference(
        {
            "title": "Expanded criteria for debulking of liver metastases also apply to pancreatic "
            "neuroendocrine tumours",
            "author": [{"family": "Morgan", "given": "RE"}],
            "container-title": "Surgery",
            "issued": {"date-parts": [[2018]]},
            "volume": None,
            "page": None,
        }
    )
    page = open_page("/healthz")
    sign_in(page, live_server.url)
    page.goto("/references/")
    press(page, page.get_by_role("link", name="Add references").first)
    page.wait_for_url(f"**{ADD}")
    tab_to(page, page.get_by_label("Paste what you have"))
    page.keyboard.insert_text(CHAPTER_LIST.read_text())
    press(page, page.get_by_role("button", name="Read", exact=True))
    page.wait_for_url(f"**{LIST}*/")
    imported = Import.objects.get()
    probable = list(imported.rows.filter(verdict="probable").values_list("position", "match_row"))
    assert imported.rows.count() == 58
    assert len(probable) == 2

    press(page, page.get_by_role("link", name="Look at them one by one"))
    page.wait_for_url("**?verdict=probable")
    for position, match_row in probable:
        label = "It is the same work as that row" if match_row else "Use the reference we hold"
        choose(page, position, label)
    press(page, page.get_by_role("button", name="Save decisions", exact=True))
    expect(page.get_by_text("Decisions saved.")).to_be_visible()
    expect(
        page.get_by_text("56 added, 1 tied to references we hold, 1 the same as another row.")
    ).to_be_visible()
    assert Reference.objects.count() == 1

    press(page, page.get_by_role("button", name="Bring in 58 references"))
    expect(page.get_by_text("Brought in: 56 added, 1 tied")).to_be_visible()
    assert Reference.objects.count() == 57
    assert imported.rows.filter(result=held).count() == 1

    press(page, page.get_by_role("button", name="Undo this import"))
    expect(page.get_by_text("It was undone later")).to_be_visible()
    assert list(Reference.objects.all()) == [held]


def test_a_row_is_mended_and_brought_in_without_script(plain_page, live_server, researcher):
    page = plain_page
    sign_in(page, live_server.url)
    page.goto(ADD)
    page.fill("#id_text", ris("A study") + "TY  - JOUR\nAU  - Doe, Jane\nER  - \n")
    page.click("form#add > button")
    expect(page.locator("#row-2")).to_contain_text("Title is required.")
    page.click("#row-2 >> text=Mend")
    page.fill("#id_mend-title", "A title that was missing")
    page.click("#mend >> text=Mend it")
    expect(page.locator("#row-2")).to_contain_text("A title that was missing")
    page.click("#row-1 >> text=Leave out")
    page.click("text=Bring in 2 references")
    expect(page.locator(".bring-in")).to_contain_text("1 added, 1 left out.")
    page.click("text=Bring in 1 reference")
    expect(page.locator(".desk")).to_contain_text("Brought in: 1 added, 1 left out.")
    assert [row.title for row in Reference.objects.all()] == ["A title that was missing"]


def test_a_file_is_chosen(open_page, live_server, researcher, tmp_path):
    path = tmp_path / "list.bib"
    path.write_text("@article{a, title={A study}, author={Doe, Jane}, year={2016}}")
    page = open_page("/healthz")
    sign_in(page, live_server.url)
    page.goto(ADD)
    page.set_input_files("#id_file", path)
    page.click("form#add > button")
    expect(page.locator("h1")).to_have_text("Import: list.bib")


def test_progress_is_shown_until_the_end(open_page, live_server, researcher):
    imported = begin(ris("A study"), researcher)
    at = Import.objects.filter(pk=imported.pk)
    at.update(state=ImportState.READING, done=10, total=100)
    page = open_page("/healthz")
    sign_in(page, live_server.url)
    page.goto(imported.get_absolute_url())
    expect(page.locator("#progress")).to_contain_text("10 of 100 done.")
    at.update(done=60)
    expect(page.locator("#progress")).to_contain_text("60 of 100 done.")
    at.update(state=ImportState.READY, done=1, total=1)
    expect(page.get_by_role("heading", name="What will happen")).to_be_visible(timeout=10_000)


def test_progress_without_script_asks_again(plain_page, live_server, researcher):
    imported = begin(ris("A study"), researcher)
    at = Import.objects.filter(pk=imported.pk)
    at.update(state=ImportState.READING, done=10, total=100)
    page = plain_page
    sign_in(page, live_server.url)
    page.goto(imported.get_absolute_url())
    at.update(done=90)
    page.wait_for_url("**?seen=*", timeout=15_000)
    expect(page.locator("#progress")).to_contain_text("90 of 100 done.")
    at.update(state=ImportState.READY)
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_role("heading", name="What will happen")).to_be_visible()


def every_state(user):
    """The address of every page of the desk in every state that looks different."""
    preview = begin_with_every_verdict(user)
    done, undone = begin(ris("B"), user), begin(ris("C"), user)
    for imported in (done, undone):
        imports.save(imported=imported, by=user)
    imports.undo(imported=undone, by=user)
    reading = begin(ris("D"), user)
    Import.objects.filter(pk=reading.pk).update(state=ImportState.READING, done=1, total=9)
    many = begin(ris(*(f"Organ {n} of many" for n in range(60))), user)
    own = preview.get_absolute_url()
    return [
        ADD, LIST, own, f"{own}?verdict=probable", f"{own}?verdict=broken", f"{own}?mend=5",
        *(row.get_absolute_url() for row in (done, undone, reading, many)),
    ]  # fmt: skip


@pytest.mark.parametrize("width", [1240, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page, live_server, width, scheme):
    make_editor()
    page = open_page("/healthz", width=width, scheme=scheme)
    sign_in(page, live_server.url)
    problems = []

    def look(state):
        problems.extend((state, *found) for found in violations(page))
        if page.evaluate(OVERFLOW):
            problems.append((state, "wider than the window"))
        levels = page.evaluate(HEADINGS)
        if levels[:1] != [1] or levels.count(1) != 1 or skipped_levels(levels):
            problems.append((state, f"headings out of order: {levels}"))
        if page.locator("script:not([src])").count():
            problems.append((state, "has a script within the page"))

    page.goto(LIST)
    look("no import yet")
    for path in every_state(User.objects.get(username=NAME)):
        page.goto(path)
        look(path)
    page.goto(ADD)
    page.click("form#add > button")
    look("refused")
    page.click("summary")
    page.click("#by-hand button")
    assert page.url.endswith("#by-hand")
    look("refused by hand")
    assert problems == []


@pytest.mark.parametrize("width", [1240, 390])
def test_tab_reaches_every_control(open_page, live_server, researcher, width):
    page = open_page("/healthz", width=width)
    sign_in(page, live_server.url)
    problems = []
    for path in every_state(researcher)[:6]:
        page.goto(path)
        count = page.evaluate(NUMBER_CONTROLS)
        # Of radio buttons with one name only the chosen one, else the first, is a stop.
        skipped = page.evaluate(
            "[...document.querySelectorAll('input[type=radio]')].map(r => r.dataset.stop)"
        )
        reached = set()
        for _ in range(count + 2):
            page.keyboard.press("Tab")
            at = page.evaluate(AT)
            if at is not None:
                reached.add(at["stop"])
                if not at["outlined"]:
                    problems.append((path, "focus cannot be seen", at["html"]))
        missed = set(map(str, range(count))) - reached - set(skipped)
        if missed:
            problems.append((path, "not reached", sorted(missed)[:5]))
    assert problems == []
