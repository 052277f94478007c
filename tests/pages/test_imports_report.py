"""What became of an import: the page, the files, and taking it back."""

import csv
import io
import json

import pytest

from literature.actions import imports
from literature.models import Reference, ReferenceListItem
from literature.spreadsheet import safe_cell
from tests import make
from tests.pages.importing import begin, begin_with_every_verdict, ris
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def researcher(client):
    user = make.make_user("researcher")
    client.force_login(user)
    return user


def brought_in(user, **options):
    imported = begin_with_every_verdict(user, **options)
    imports.decide(imported=imported, decisions={3: "existing"}, by=user)
    return imports.save(imported=imported, by=user)


def get(client, imported, tail=""):
    answer = client.get(imported.get_absolute_url() + tail)
    assert answer.status_code == 200
    return answer


def body(answer):
    return b"".join(answer.streaming_content)


def test_the_report_says_what_became_of_each_row(client, researcher):
    imported = brought_in(researcher)
    html = get(client, imported).content.decode()
    text = text_of(html)
    assert "Brought in: 1 added, 2 tied to references we hold, 2 left out." in text
    assert "Added: A study that is new" in text
    added = Reference.objects.get(title="A study that is new")
    assert f'href="{added.get_absolute_url()}"' in html
    assert "Undoing it takes away 1 reference." in text
    only = get(client, imported, "?verdict=broken").content.decode()
    assert "Title is required." in text_of(only)
    assert "A study that is new" not in only


def test_the_report_as_json(client, researcher):
    answer = get(client, brought_in(researcher), "report.json")
    assert answer["Content-Disposition"].startswith("attachment;")
    lines = json.loads(body(answer))
    assert [line["outcome"] for line in lines] == ["added", "tied", "tied", "left", "left"]
    assert lines[0]["reference"] == Reference.objects.get(doi="10.5555/new").public_id
    assert lines[0]["address"] == f"http://testserver/references/{lines[0]['reference']}/"
    assert lines[4]["reason"] == "is required"
    assert lines[4]["line"] == 32


def test_the_report_as_csv_holds_no_formula(client, researcher):
    imported = begin(ris('=HYPERLINK("http://x.example")', "+1", "A plain title"), researcher)
    imports.save(imported=imported, by=researcher)
    answer = get(client, imported, "report.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(body(answer).decode("utf-8-sig"))))
    titles = [row["title"] for row in rows]
    assert titles == ['\'=HYPERLINK("http://x.example")', "'+1", "A plain title"]


@pytest.mark.parametrize(
    "value", ["=1", "+1", "-1", "@x", "\t=1", "  =1", "\r=1", "\x00=1", "\n=1", "＝1"]
)
def test_cells_that_would_be_formulas_are_text(value):
    assert safe_cell(value).startswith("'")


@pytest.mark.parametrize(("value", "cell"), [("a=1", "a=1"), (12, 12), (None, ""), ("", "")])
def test_other_cells_stay_as_they_are(value, cell):
    assert safe_cell(value) == cell


@pytest.mark.parametrize(
    ("name", "safe"),
    [("list.ris", "list.ris"), ("../../etc/passwd", "etc-passwd.txt"),
     ('a"b\r\n.html', "a-b-.html"), ("文献.ris", "ris.txt"), ("pasted", "pasted.txt")],
)  # fmt: skip
def test_the_original_is_a_download_that_no_browser_shows(client, researcher, name, safe):
    data = ris("<script>alert(1)</script>").encode("utf-16")
    answer = get(client, begin(data, researcher, name=name), "original/")
    assert body(answer) == data
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="{safe}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Length"] == str(len(data))


def test_an_import_is_undone(client, researcher):
    work = make.make_reference({"title": "The chapter"})
    imported = brought_in(researcher, attach_to=work)
    assert ReferenceListItem.objects.filter(work=work).exists()
    text = text_of(get(client, imported).content.decode())
    assert "Undoing it takes away 1 reference and" in text
    assert "of a reference list" in text
    answer = client.post(f"{imported.get_absolute_url()}undo/", follow=True)
    text = text_of(answer.content.decode())
    assert "what this import added is taken away again" in text
    assert "It was undone later" in text
    assert "Take it back" not in text
    assert not Reference.objects.filter(title="A study that is new").exists()
    assert not ReferenceListItem.objects.filter(work=work).exists()


def test_what_something_rests_on_is_not_undone(client, researcher):
    imported = brought_in(researcher)
    make.make_citation(reference=Reference.objects.get(doi="10.5555/new"))
    answer = client.post(f"{imported.get_absolute_url()}undo/")
    assert answer.status_code == 409
    text = text_of(answer.content.decode())
    assert "Nothing is taken away" in text
    assert "Row 1: It is cited." in text
    assert Reference.objects.filter(doi="10.5555/new").exists()


def test_an_import_is_undone_once(client, researcher):
    imported = brought_in(researcher)
    client.post(f"{imported.get_absolute_url()}undo/")
    answer = client.post(f"{imported.get_absolute_url()}undo/", follow=True)
    assert "“undone” by now" in text_of(answer.content.decode())


def test_an_import_that_was_not_brought_in_has_nothing_to_undo(client, researcher):
    imported = begin(ris("A study"), researcher)
    answer = client.post(f"{imported.get_absolute_url()}undo/", follow=True)
    assert "by now" in text_of(answer.content.decode())
