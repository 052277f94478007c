"""What was published in one base reads the same in another, and can be edited there."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from django.core.management import CommandError
from django.test import Client

from literature.models import Notice, Reference
from patients.actions import cases
from patients.document import build_document, canonical_json, checksum
from patients.document.canonical import from_builtins
from patients.models import Case, Citation, Event, FindingImage, Listing, SearchEntry
from tests.make import make_user
from tests.patients.loading.loading import empty_base, file_of, load
from tests.patients.rich_case import make_rich_case

pytestmark = pytest.mark.django_db
COUNTED = ("patients", "cases", "events", "imaging-findings", "citations", "measurements")


def api(path: str) -> bytes:
    answer = Client().get(f"/api/v1/{path}")
    assert answer.status_code == 200
    return answer.content


def of_the_version(told: bytes) -> bytes:
    """The API's answer but for when it was published, and as which version: that is new."""
    answer = msgspec.json.decode(told)
    assert answer.pop("published_at")
    assert answer.pop("version")
    return msgspec.json.encode(answer)


@pytest.fixture
def published() -> bytes:
    """The API's answer for a case that has something of everything that a line can bring."""
    case = make_rich_case().case
    FindingImage.objects.filter(case=case).delete()
    cases.publish(case=case, by=None)
    return api(f"cases/{case.accession}/")


def test_as_readers_see_it(published: bytes, tmp_path: Path) -> None:
    accession = msgspec.json.decode(published)["accession"]
    before = {name: msgspec.json.decode(api(f"{name}/"))["count"] for name in COUNTED}
    events = msgspec.json.decode(api("events/"))["results"]
    empty_base()
    load(file_of(tmp_path, published), make_terms=True)
    assert of_the_version(api(f"cases/{accession}/")) == of_the_version(published)
    assert {name: msgspec.json.decode(api(f"{name}/"))["count"] for name in COUNTED} == before
    assert msgspec.json.decode(api("events/"))["results"] == events
    page = Client().get(f"/cases/{accession}/")
    assert page.status_code == 200
    assert b"synthetic record" not in page.content


def test_pictures_are_refused_by_name(tmp_path: Path) -> None:
    case = make_rich_case().case
    cases.publish(case=case, by=None)
    told = api(f"cases/{case.accession}/")
    empty_base()
    with pytest.raises(CommandError) as refused:
        load(file_of(tmp_path, told), make_terms=True)
    assert "Nothing of the batch" in str(refused.value)
    assert not Case.objects.exists()


def test_as_curators_see_it_and_edit_it(published: bytes, tmp_path: Path) -> None:
    document = from_builtins(
        {k: v for k, v in msgspec.json.decode(published).items() if k != "status"}
    )
    empty_base()
    load(file_of(tmp_path, published), make_terms=True)
    case = Case.objects.with_timeline().get(accession=document.accession)
    assert build_document(case) == document
    assert set(Listing.objects.values_list("audience", flat=True)) == {"public", "working"}
    assert SearchEntry.objects.count() == 2
    event = Event.objects.filter(case=case).first()
    assert event is not None
    event.detail = "Put right after the load."
    cases.save(row=event, by=make_user("curator"))
    assert cases.publish(case=case, by=None).number == 2


def test_a_document_alone_makes_works_that_read_the_same(published: bytes, tmp_path: Path) -> None:
    references = msgspec.json.decode(published)["references"]
    csl = {row.public_id: row.csl for row in Reference.objects.all()}
    empty_base()
    load(file_of(tmp_path, published), make_terms=True)
    for reference in Reference.objects.all():
        told = csl[reference.public_id]
        assert str(reference) in {each["short"] for each in references}
        assert {
            k: reference.csl.get(k) for k in ("title", "volume", "page", "issued", "author")
        } == {k: told.get(k) for k in ("title", "volume", "page", "issued", "author")}


def test_the_library_has_the_last_word_on_works(published: bytes, tmp_path: Path) -> None:
    """A work that is known by its DOI under another id keeps that id, and its retraction shows."""
    document = {k: v for k, v in msgspec.json.decode(published).items() if k in fields()}
    cited = document["references"][0]
    cited["doi"] = "10.5555/known"
    empty_base()
    known = Reference.objects.create(csl={"type": "article", "title": "As known here",
                                          "DOI": "10.5555/known"})  # fmt: skip
    Notice.objects.create(reference=known, kind="retraction", source="person")
    load(file_of(tmp_path, msgspec.json.encode(document)), make_terms=True)
    answer = msgspec.json.decode(api(f"cases/{document['accession']}/"))
    first = answer["references"][0]
    assert (first["id"], first["title"]) == (known.public_id, "As known here")
    assert [notice["kind"] for notice in first["notices"]] == ["retraction"]
    assert answer["citations"][0]["reference"] == known.public_id
    assert Citation.objects.filter(reference=known).exists()
    stored = Case.objects.get().versions.get()
    assert stored.checksum == checksum(from_builtins(stored.document))


def fields() -> set[str]:
    from dataclasses import fields as fields_of

    from patients.document import CaseDocument

    return {field.name for field in fields_of(CaseDocument)}


def test_the_line_may_bring_whole_records(published: bytes, tmp_path: Path) -> None:
    csl = {row.public_id: row.csl for row in Reference.objects.all()}
    first = next(iter(csl))
    csl[first]["ISSN"] = "1234-5678"
    document = {k: v for k, v in msgspec.json.decode(published).items() if k in fields()}
    empty_base()
    line = msgspec.json.encode({"document": document, "references": csl})
    load(file_of(tmp_path, line), make_terms=True)
    assert Reference.objects.get(public_id=first).csl["ISSN"] == "1234-5678"
    made = Case.objects.get().versions.get()
    assert canonical_json(from_builtins(made.document)) == msgspec.json.encode(
        document, order="sorted"
    )
