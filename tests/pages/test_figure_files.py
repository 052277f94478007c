"""The figure's addresses: who sees it, what may be asked, what is answered."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.http import QueryDict
from django.test import Client
from pypdf import PdfReader

from patients.actions import cases
from patients.document import CaseDocument, build_document, canonical_json
from patients.exporters.conversion import MissingLettersError
from patients.exporters.figure import FORMATS
from patients.figure_form import FigureForm
from patients.models import Case
from patients.timeline import draw
from patients.vocabulary import Status
from tests import make
from tests.constraints import update
from tests.pages.rendering import text_of
from tests.patients.rich_case import make_rich_case

pytestmark = pytest.mark.django_db
ENDINGS = {"svg": "image/svg+xml", "pdf": "application/pdf", "png": "image/png"}
READERS = ["", "clinician", "researcher"]
HOSTILE = [
    '<script>alert(1)</script> & "quotes" \']]>',
    '<image href="https://example.org/x.png"/><style>*{fill:url(https://example.org)}</style>',
    "\u202eturned \u2066 round, bell \x07, half a pair \ud800, a line\nbroken",
    "😀 👩\u200d⚕️ مرحبا שלום",
    "A very long label " * 28,
    "Oneverylongword" * 34,
    "\u200b",
]


def url(case: Case, ending: str, query: str = "") -> str:
    return f"/cases/{case.accession}/timeline.{ending}{query}"


@pytest.fixture
def case(db) -> Case:
    rich = make_rich_case().case
    cases.publish(case=rich, by=None)
    return rich


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("role", [*READERS, "curator", "admin"])
def test_everybody_has_the_figure_of_a_published_case(client, case, role, ending):
    if role:
        client.force_login(make.make_user(role))
    answer = client.get(url(case, ending))
    assert answer.status_code == 200
    assert answer["Content-Type"] == ENDINGS[ending]
    state = "working" if role in ("curator", "admin") else "v1"
    assert answer["Content-Disposition"] == (
        f'inline; filename="{case.accession}-{state}-timeline-180mm.{ending}"'
    )
    assert answer["Cache-Control"] == ("no-cache, private" if role else "no-cache")
    assert "Cookie" in answer["Vary"]


def told(answer) -> str:
    """The page without the token against forged requests, which is new each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_a_hidden_case_is_answered_as_an_unknown_one(client, case, role, status, ending):
    etag = client.get(url(case, ending))["ETag"]
    Case.objects.filter(pk=case.pk).update(status=status)
    if role:
        client.force_login(make.make_user(role))
    unknown = client.get(f"/cases/CB-0000000/timeline.{ending}")
    assert unknown.status_code == 404
    for query in ("", "?axis=nonsense", "?t0=x"):
        hidden = client.get(url(case, ending, query), headers={"If-None-Match": etag})
        assert hidden.status_code == 404
        assert told(hidden).replace(case.accession, "CB-0000000") == told(unknown)
        assert "ETag" not in hidden


@pytest.mark.parametrize("role", ["curator", "admin"])
def test_curators_have_the_figure_of_a_draft_marked_as_such(client, role):
    draft = make.make_case(title="In the making")
    make.make_timeline(draft)
    client.force_login(make.make_user(role))
    root = ElementTree.fromstring(client.get(url(draft, "svg")).content)
    assert "working record" in " ".join(root.itertext())


def test_the_footer_names_case_version_checksum_and_address(client, case):
    text = " ".join(ElementTree.fromstring(client.get(url(case, "svg")).content).itertext())
    checksum = case.versions.get().checksum
    for part in (case.accession, "version 1", checksum[:12], f"/cases/{case.accession}/"):
        assert part in text
    assert checksum[:13] not in text
    assert "working record" not in text


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_unchanged_figure_is_not_drawn_again(client, case, ending, monkeypatch):
    first = client.get(url(case, ending, "?axis=linear"))
    monkeypatch.setattr("patients.figure_views.draw", None)
    again = client.get(url(case, ending, "?axis=linear"), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == "no-cache"


def test_etags_tell_formats_choices_and_versions_apart(client, case):
    queries = ["", "?axis=linear", "?lanes=drug", "?lang=zh", "?colour=grey", "?time=relative"]
    queries += ["?width=90", "?dpi=600", f"?t0={case.events.first().public_id}"]
    tags = {client.get(url(case, "svg", query))["ETag"] for query in queries}
    tags |= {client.get(url(case, ending))["ETag"] for ending in ("pdf", "png")}
    update(case, title="A new title")
    cases.publish(case=case, by=None)
    newer = client.get(url(case, "svg"), headers={"If-None-Match": ", ".join(tags)})
    assert newer.status_code == 200
    assert len(tags | {newer["ETag"]}) == len(queries) + 3


def test_usual_choices_written_out_are_the_same_figure(client, case):
    plain = client.get(url(case, "svg"))
    said = client.get(url(case, "svg", "?axis=elastic&lanes=&lang=en&width=180&dpi=300&utm=x"))
    assert said["ETag"] == plain["ETag"]
    assert said.content == plain.content


@pytest.mark.parametrize("ending", ENDINGS)
def test_head_says_what_get_says_without_a_body(client, case, ending):
    head, got = client.head(url(case, ending)), client.get(url(case, ending))
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == got["ETag"]
    assert client.post(url(case, ending)).status_code == 405


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?axis=log", "axis : “log” is not known; choose elastic, linear or ordinal."),
        ("?dpi=1200", "dpi : The most is 600."),
        ("?t0=%3Cscript%3E", "t0 : “<script>” is no event of this case."),
        ("?lanes=laboratory", "lanes : This case has no event in the lanes asked for."),
    ],
)
def test_what_cannot_be_drawn_is_said_on_a_page(client, case, ending, query, said):
    answer = client.get(url(case, ending, query))
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("text/html")
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]
    page = answer.content.decode()
    assert "<script" not in page
    assert said in text_of(page)
    assert f'href="/cases/{case.accession}/"' in page


@pytest.mark.parametrize("ending", ["pdf", "png"])
def test_without_a_chinese_font_the_letters_are_named_and_no_box_is_drawn(
    client, case, ending, monkeypatch, tmp_path
):
    monkeypatch.setenv("CASEBASE_FONTS", str(tmp_path))
    update(case, title="肝肿块")
    cases.publish(case=case, by=None)
    answer = client.get(url(case, ending))
    assert answer.status_code == 422
    page = text_of(answer.content.decode())
    assert "No font on this server can draw 肝 (U+809D)" in page
    assert "fonts-noto-cjk" in page
    assert client.get(url(case, "svg")).status_code == 200


@pytest.mark.parametrize("query", ["", "?lang=zh"])
def test_chinese_is_set_in_the_pdf(client, case, query):
    update(case, title="肝肿块")
    cases.publish(case=case, by=None)
    answer = client.get(url(case, "pdf", query))
    assert "肝肿块" in PdfReader(BytesIO(answer.content)).pages[0].extract_text()


def test_when_all_turns_are_taken_the_page_says_so(client, case, monkeypatch):
    monkeypatch.setattr("patients.exporters.conversion.SECONDS", 0.001)
    answer = client.get(url(case, "pdf"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "took too long" in text_of(answer.content.decode())


@pytest.mark.parametrize("width", [90, 180])
def test_files_are_as_wide_as_asked_for(client, case, width):
    svg = ElementTree.fromstring(client.get(url(case, "svg", f"?width={width}")).content)
    assert svg.get("width") == f"{width}mm"
    pdf = client.get(url(case, "pdf", f"?width={width}"))
    assert f"-{width}mm.pdf" in pdf["Content-Disposition"]
    page = PdfReader(BytesIO(pdf.content)).pages[0]
    assert float(page.mediabox.width) / 72 * 25.4 == pytest.approx(width, abs=0.05)


@pytest.mark.parametrize("query", ["", "?lang=zh&colour=grey", "?axis=ordinal&width=90"])
def test_an_svg_stands_alone(client, case, query):
    answer = client.get(url(case, "svg", query))
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'unsafe-inline'" in policy
    assert_stands_alone(answer.content)


def assert_stands_alone(svg: bytes) -> None:
    """Parses, and asks for nothing: no script, no link, no address but the names of its kind."""
    root = ElementTree.fromstring(svg)
    for element in root.iter():
        assert element.tag.rpartition("}")[2] not in ("script", "image", "foreignObject", "use")
        for name, value in element.attrib.items():
            assert not name.rpartition("}")[2].lower().startswith(("on", "href", "src"))
            assert "url(" not in value
    for style in root.iter("{http://www.w3.org/2000/svg}style"):
        assert "url(" not in (style.text or "")
        assert "@import" not in (style.text or "")


def hostile_document() -> CaseDocument:
    """Events with labels that no form would let in, and a title as bad."""
    case = make.make_case()
    make.make_source(case)
    make.make_timeline(case, events=len(HOSTILE))
    document = build_document(Case.objects.with_timeline().get(pk=case.pk))
    events = [
        replace(event, label=label, label_zh=label) if hasattr(event, "label_zh")
        else replace(event, label=label)
        for event, label in zip(document.events, HOSTILE, strict=True)
    ]  # fmt: skip
    return replace(document, events=events, title=HOSTILE[0])


@pytest.mark.parametrize("query", ["", "lang=zh", "axis=ordinal&width=90&time=relative"])
def test_hostile_labels_are_words_and_nothing_else(query):
    document = hostile_document()
    form = FigureForm(QueryDict(query), document)
    assert form.is_valid()
    figure = draw(document, form.print_options(footer=HOSTILE[1]))
    svg = FORMATS["svg"].write(figure, form.size)
    assert_stands_alone(svg)
    assert "<script>alert(1)</script>" in " ".join(ElementTree.fromstring(svg).itertext())
    try:
        assert FORMATS["pdf"].write(figure, form.size).startswith(b"%PDF")
    except MissingLettersError as refused:
        assert set(refused.characters) <= set("".join(HOSTILE))  # noqa: PT017


FRESH = """
import sys, django
django.setup()
import json
from patients.document import from_builtins
from patients.timeline import FigureOptions, Medium, draw
document = from_builtins(json.load(sys.stdin))
sys.stdout.write(draw(document, FigureOptions(width=510.2, medium=Medium.PRINT, caption=True)).svg)
"""


def test_the_same_record_is_drawn_the_same_in_any_process(case):
    document = canonical_json(build_document(Case.objects.with_timeline().get(pk=case.pk)))
    given = document if isinstance(document, bytes) else document.encode()
    drawn = {
        subprocess.run(
            [sys.executable, "-c", FRESH],
            input=given,
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        ).stdout
        for seed in ("0", "1", "2026")
    }
    assert len(drawn) == 1
    assert drawn.pop().startswith(b"<svg")


def test_the_same_figure_is_the_same_bytes(case):
    for ending in ENDINGS:
        first, second = Client().get(url(case, ending)), Client().get(url(case, ending))
        assert first["ETag"] == second["ETag"]
        assert not first["ETag"].startswith("W/")
        assert first.content == second.content


def test_more_events_than_a_figure_can_tell_are_refused(client, case, monkeypatch):
    monkeypatch.setattr("patients.timeline.figure.MOST_EVENTS", 3)
    answer = client.get(url(case, "svg"))
    assert answer.status_code == 422
    assert "Choose fewer lanes." in text_of(answer.content.decode())
    assert client.get(url(case, "svg", "?lanes=drug")).status_code == 200
