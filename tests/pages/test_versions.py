"""Every published version at its own address; what changed; what is told of withdrawn cases."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from literature import actions as literature
from literature.actions import merging, notices
from literature.models.notice import Notice, NoticeKind
from patients.actions import cases, publishing
from patients.models import Case
from patients.versions import shortened
from tests import make
from tests.constraints import update
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db
TAILS = ("", "v/1/", "v/1/timeline.svg", "v/2/changes/", "versions/", "timeline.svg", "references/")


def address(case: Case, tail: str = "") -> str:
    return f"/cases/{case.accession}/{tail}"


def page_of(client: Client, case: Case, tail: str = "") -> str:
    answer = client.get(address(case, tail))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def case() -> Case:
    """Two versions: an event was reworded in between."""
    made = make.make_published_case(title="A course", events=2)
    update(made.events.first(), label="Reworded & <b>told</b>")
    cases.publish(case=made, by=None)
    return made


def test_every_version_stays_at_its_address(client: Client, case: Case) -> None:
    first, second = page_of(client, case, "v/1/"), page_of(client, case, "v/2/")
    assert "Reworded" not in first
    assert "Reworded &amp; &lt;b&gt;told" in second
    assert "This is not the current version: see version 2" in text_of(first)
    assert "This is the current version" in text_of(second)
    for page, number in ((first, 1), (second, 2)):
        assert f'<link rel="canonical" href="http://testserver{address(case)}">' in page
        cited = f"A course. Casebase {case.accession}, version {number} ("
        assert cited in text_of(page)
        assert f"http://testserver{address(case, f'v/{number}/')}" in text_of(page)
    assert "Reworded" in page_of(client, case)


def test_the_etag_of_a_version_is_its_checksum_and_knows_what_stands_around(
    client: Client, case: Case
) -> None:
    version = case.versions.get(number=2)
    etag = client.get(address(case, "v/2/"))["ETag"]
    assert etag.startswith(f'W/"{version.checksum}')
    again = client.get(address(case, "v/2/"), headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    update(case.events.first(), label="Once more")
    cases.publish(case=case, by=None)  # and version 2 is not the current one any more
    answer = client.get(address(case, "v/2/"), headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert "see version 3" in text_of(answer.content.decode())
    client.force_login(make.make_user("curator"))
    assert "ETag" not in client.get(address(case, "v/2/")).headers


def test_the_figure_of_a_version_stays_the_same(client: Client, case: Case) -> None:
    def figure() -> bytes:
        answer = client.get(address(case, "v/2/timeline.svg"))
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
        return answer.content

    before = figure()
    assert f"/cases/{case.accession}/v/2/".encode() in before
    update(case.events.first(), label="Once more")
    cases.publish(case=case, by=None)
    assert figure() == before
    page = page_of(client, case, "v/2/")
    assert f'formaction="{address(case, "v/2/timeline.pdf")}"' in page
    assert f'action="{address(case, "v/2/")}#timeline"' in page


def test_the_list_tells_what_changed_field_by_field(client: Client, case: Case) -> None:
    label = case.versions.get(number=1).document["events"][0]["label"]
    text = text_of(page_of(client, case, "versions/"))
    assert f"What happened was {label} now Reworded & <b>told</b>" in text
    assert "Version 2 current" in text
    assert "The first version." in text
    changes = page_of(client, case, "v/2/changes/")
    assert changes.count("<svg") == 2
    assert "Look at: 1. Reworded & <b>told</b>" in text_of(changes)
    event = case.events.first().public_id
    for number in (1, 2):  # pointed out in each figure, with a link to its row in that version
        link = f'href="{address(case, f"v/{number}/")}#event-{event}"'
        mark = re.search(f'<a class="([^"]*)" {re.escape(link)}', changes)
        assert mark is not None
        assert mark[1].endswith(" here")
    assert changes.count(' here"') == 2
    back = text_of(page_of(client, case, "v/1/changes/?since=2"))
    assert f"was Reworded & <b>told</b> now {label}" in back


NOWHERE = (
    "v/3/", "v/0/", "v/01/", "v/9999999/", "v/1/changes/", "v/2/changes/?since=x",
    "v/2/changes/?since=7", "versions/?page=2", "versions/?page=x", "v/1/timeline.gif",
)  # fmt: skip


@pytest.mark.parametrize("tail", NOWHERE)
def test_what_is_not_there_is_not_found(client: Client, case: Case, tail: str) -> None:
    assert client.get(address(case, tail)).status_code == 404


def test_a_figure_that_cannot_be_made_says_why(client: Client, case: Case) -> None:
    assert client.get(address(case, "v/1/?axis=x")).status_code == 400


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_versions_of_hidden_cases_cannot_be_told_from_what_is_not_there(
    client: Client, case: Case, tail: str, status: str
) -> None:
    update(case, status=status)
    bodies, queries = [], []
    for accession in (case.accession, "CB-0000000"):
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(f"/cases/{accession}/{tail}")
        assert answer.status_code == 404
        bodies.append(answer.content.decode().replace(accession, ""))
        queries.append(len(captured))
    assert bodies[0] == bodies[1]
    assert queries[0] == queries[1]


@pytest.mark.parametrize("tail", TAILS)
def test_a_withdrawn_case_leaves_one_page_at_all_its_addresses(
    client: Client, case: Case, tail: str
) -> None:
    curator = make.make_user("curator")
    publishing.withdraw(case=case, reason="The authors asked for it.", by=curator)
    answer = client.get(address(case, tail))
    assert answer.status_code == 410
    text = text_of(answer.content.decode())
    assert "This case was withdrawn" in text
    assert "The authors asked for it." in text
    assert case.accession in text
    assert "A course" not in text
    assert curator.get_username() not in text


def test_curators_read_the_versions_of_a_withdrawn_case(client: Client, case: Case) -> None:
    publishing.withdraw(case=case, reason="Asked for.", by=make.make_user("curator"))
    client.force_login(make.make_user("curator"))
    assert "readers do not see this" in text_of(page_of(client, case, "v/1/"))
    for tail in TAILS:
        assert client.get(address(case, tail)).status_code == 200


def test_a_version_takes_two_queries_at_most_and_the_list_no_more_for_more(
    client: Client, case: Case
) -> None:
    def queries(tail: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(client, case, tail)
        return len(captured)

    assert (queries("v/1/"), queries("v/2/")) == (2, 1)
    few = queries("versions/")
    for number in range(4):
        update(case.events.first(), label=f"Label {number}")
        cases.publish(case=case, by=None)
    assert queries("versions/") == few


LATER = {
    "label_zh", "results", "notices", "quote_state", "quote_found_at", "found_in",
    "derived", "offset", "images",
}  # fmt: skip
"""Fields that documents of the first schema did not have."""


def as_first_written(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: as_first_written(row) for key, row in node.items() if key not in LATER}
    return [as_first_written(row) for row in node] if isinstance(node, list) else node


def test_versions_of_an_older_schema_are_still_read_and_compared(
    client: Client, case: Case
) -> None:
    first = case.versions.get(number=1)
    update(first, document={**as_first_written(first.document), "schema_version": 1})
    assert "A course" in page_of(client, case, "v/1/")
    assert client.get(f"/api/v1/cases/{case.accession}/versions/1/").status_code == 200
    changes = text_of(page_of(client, case, "v/2/changes/"))
    assert "now Reworded & <b>told</b>" in changes
    assert changes.count("Changed ") == 1


def test_many_versions_are_told_in_pages(client: Client, case: Case) -> None:
    for number in range(10):
        update(case.events.first(), label=f"Label {number}")
        cases.publish(case=case, by=None)
    first, second = (page_of(client, case, f"versions/?page={number}") for number in (1, 2))
    assert re.findall(r'id="version-(\d+)"', first) == [str(n) for n in range(12, 2, -1)]
    assert re.findall(r'id="version-(\d+)"', second) == ["2", "1"]
    assert "was Reworded" in text_of(first)


def cited() -> tuple[Case, Any, Any]:
    """A published case, the reference of its source, and a curator."""
    case = make.make_published_case()
    return case, case.citations.get(role="source").reference, make.make_user("curator")


def correct(reference: Any, curator: Any) -> str:
    reference.csl = {
        **reference.csl, "title": "A better title", "issued": {"date-parts": [[2019]]},
        "DOI": "10.5555/new",
    }  # fmt: skip
    literature.save(reference=reference, by=curator, reason="As the journal prints it.")
    return (
        f"The record of reference {reference.public_id} was corrected (DOI, date, title). "
        "As the journal prints it."
    )


def retract(reference: Any, curator: Any) -> str:
    notice = Notice(reference=reference, kind=NoticeKind.RETRACTION, source="person", year=2020)
    notices.add_notice(notice=notice, by=curator)
    return notice.get_kind_display()


def merge(reference: Any, curator: Any) -> str:
    kept = make.make_reference({"title": "A better title"})
    merging.merge(kept=kept, gone=reference, csl=kept.csl, by=curator)
    return f"Reference {reference.public_id} was merged into {kept.public_id}."


@pytest.mark.parametrize("happens", [correct, retract, merge])
def test_what_happens_to_a_cited_reference_makes_a_version_that_says_why(
    client: Client, happens: Any
) -> None:
    case, reference, curator = cited()
    title = reference.title
    update(case.events.first(), label="Not published yet")
    why = happens(reference, curator)
    first, second = case.versions.order_by("number")
    assert (second.is_current, second.published_by) == (True, curator)
    assert why in second.reason
    assert "Not published yet" not in page_of(client, case)
    assert why in text_of(page_of(client, case, "v/2/"))
    listed = text_of(page_of(client, case, "versions/"))
    assert why in listed
    assert "Not published yet" not in listed
    if happens is correct:
        assert f"Title was {title} now A better title" in listed
        assert "Year was 2016 now 2019" in listed
        assert "DOI was nothing now 10.5555/new" in listed
    assert title in page_of(client, case, "v/1/")


def test_a_correction_of_what_no_reader_sees_makes_no_version() -> None:
    case, reference, curator = cited()
    literature.save(reference=reference, by=curator)
    reference.csl = {**reference.csl, "language": "en"}
    literature.save(reference=reference, by=curator)
    assert case.versions.count() == 1


def test_long_texts_are_cut_to_where_they_differ() -> None:
    begin, end = "word " * 100, " more" * 100
    old, new = shortened(f"{begin}was{end}", f"{begin}is now{end}")
    assert old.startswith("… word")
    assert old.endswith("more …")
    assert "was" in old
    assert "is now" in new
    assert max(len(old), len(new)) < 160
    assert shortened("short", "words") == ("short", "words")
    assert shortened("", "x" * 500) == ("", "x" * 500)
