"""Single rows, terms, patients and references on pages of their own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from literature.models import Reference, ReferenceListItem, SourceText
from patients.actions import cases
from patients.models import Event, Patient, Term
from tests.admin.browsing import (
    add_url,
    change_url,
    count_queries,
    errors_of,
    list_url,
    messages_of,
    new_row,
    read_form,
    signed_in,
)
from tests.make import (
    make_case,
    make_csl,
    make_event,
    make_patient,
    make_published_case,
    make_reference,
    make_term,
)

pytestmark = pytest.mark.django_db


def post_csl(record: Any, url: str = "") -> Any:
    client, url = signed_in(), url or add_url(Reference)
    text = record if isinstance(record, str) else json.dumps(record)
    return client.post(url, {**read_form(client, url), "csl": text})


def test_a_row_edited_alone_reaches_the_working_listing_and_not_the_public_one() -> None:
    case = make_published_case()
    event = case.events.first()
    client = signed_in()
    data = {**read_form(client, change_url(event)), "label": "Another name"}
    assert client.post(change_url(event), data).status_code == 302
    listed = {
        listing.audience: listing.items.filter(label="Another name").exists()
        for listing in case.listings.all()
    }
    assert listed == {"public": False, "working": True}


def test_a_row_added_alone_stays_in_its_case() -> None:
    case, other = make_case(), make_case()
    client = signed_in()
    data = read_form(client, f"{add_url(Event)}?case={case.pk}")
    data |= {"category": "diagnosis", "label": "New"}
    assert client.post(add_url(Event), data).status_code == 302
    event = case.events.get()
    assert case.listings.get().event_count == 1
    data = {**read_form(client, change_url(event)), "case": str(other.pk)}
    assert client.post(change_url(event), data).status_code == 302
    event.refresh_from_db()
    assert event.case == case


def test_a_row_that_makes_a_circle_of_anchors_warns() -> None:
    case = make_case()
    first = make_event(case)
    second = make_event(case, anchor=first)
    client = signed_in()
    data = {**read_form(client, change_url(first)), "anchor": str(second.pk)}
    said = messages_of(client.post(change_url(first), data, follow=True))
    assert any("circle of anchors" in message for message in said)


def test_a_term_renamed_reaches_the_listings_of_its_cases_and_keeps_its_slug() -> None:
    term = make_term(display="Before", synonyms=["carcinoma, islet cell", "b"])
    case = make_case(diagnosis=term)
    make_event(case, term=term)
    cases.refresh(case=case)
    client = signed_in()
    data = read_form(client, change_url(term))
    assert data["synonyms"] == "carcinoma, islet cell\nb"
    data |= {"display": "After", "slug": "another", "synonyms": "carcinoma, islet cell\r\n\r\nc "}
    assert client.post(change_url(term), data).status_code == 302
    saved = Term.objects.get(pk=term.pk)
    assert saved.synonyms == ["carcinoma, islet cell", "c"]
    assert saved.slug == term.slug
    item = case.listings.get().items.get(kind="event")
    assert item.data["term"]["display"] == "After"


def test_a_patient_corrected_reaches_the_listings_of_their_cases() -> None:
    patient = make_patient()
    case = make_case(patient=patient)
    cases.refresh(case=case)
    client = signed_in()
    data = {**read_form(client, change_url(patient)), "sex": "female"}
    assert client.post(change_url(patient), data).status_code == 302
    assert case.listings.get().sex == "female"
    data = {**read_form(client, add_url(Patient)), "country": "CN"}
    assert client.post(add_url(Patient), data).status_code == 302


def test_a_reference_is_added_from_its_record_in_normal_form() -> None:
    record = make_csl(DOI="https://doi.org/10.5555/ABC", note="", title="On shunts")
    assert post_csl(record).status_code == 302
    reference = Reference.objects.get()
    assert reference.doi == "10.5555/abc"
    assert "note" not in reference.csl
    assert reference.added_by is not None
    page = signed_in().get(change_url(reference)).content.decode()
    assert "<strong>On shunts</strong>" in page
    assert "&quot;title&quot;: &quot;On shunts&quot;" in page


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("{", "Enter a valid JSON."),
        ("", "This field is required."),
        ("[1]", "A CSL record is an object"),
        ("[" * 100_000, "Enter a valid JSON."),
        ('{"title": ' * 300 + "1" + "}" * 300, "title: must be text"),
        ("9" * 5000, "Enter a valid JSON."),
        ('{"type": "book", "title": "\\ud800"}', "title: holds a character that is no text"),
        ({"type": "book", "title": "T", "colour": "red"}, "colour: is not a field of a reference"),
        ({"type": "song", "title": "T"}, "type: must be one of"),
        ({"type": "book"}, "title: is required"),
        ({"type": "book", "title": "T", "DOI": "x"}, "DOI: is not a DOI"),
    ],
)
def test_a_wrong_record_is_refused_at_its_field(record: Any, said: str) -> None:
    response = post_csl(record)
    assert said in " ".join(errors_of(response)["csl"])
    assert not Reference.objects.exists()


def test_an_identifier_that_the_library_has_is_refused_with_its_holder() -> None:
    holder = make_reference({"DOI": "10.5555/abc", "PMID": "12"})
    errors = errors_of(post_csl(make_csl(DOI="10.5555/ABC", PMID="12")))
    assert sorted(errors["csl"]) == [
        f"DOI: 10.5555/abc is in the library already: reference {holder.public_id}.",
        f"PMID: 12 is in the library already: reference {holder.public_id}.",
    ]
    other = make_reference()
    errors = errors_of(post_csl(make_csl(PMID="12"), change_url(other)))
    assert "PMID: 12 is in the library already" in errors["csl"][0]
    assert post_csl(make_csl(PMID="12"), change_url(holder)).status_code == 302


def test_texts_figures_and_the_list_are_edited_on_the_page_of_their_reference() -> None:
    reference, listed = make_reference(), make_reference()
    client = signed_in()
    data = read_form(client, change_url(reference))
    text = {"language": "en", "depth": "abstract", "licence": "CC BY 4.0", "text": "A text."}
    text["shown_as"] = "full"
    new_row(data, "texts", **text)
    new_row(data, "facts", label="Step-up", count=9, of=12, position=0)
    new_row(data, "list_items", number=1, reference=listed.pk)
    new_row(data, "list_items", number=2, raw="As printed")
    assert client.post(change_url(reference), data).status_code == 302
    assert reference.texts.get().text == "A text."
    assert reference.facts.get().of == 12
    assert reference.list_items.count() == 2

    data = read_form(client, change_url(reference))
    data["texts-0-text"] = "Another text."
    new_row(data, "texts", **{**text, "language": "English"})
    new_row(data, "facts", label="Surgery", count=9, of=2, position=0)
    new_row(data, "list_items", number=3, reference=reference.pk)
    new_row(data, "list_items", number=2)
    errors = errors_of(client.post(change_url(reference), data))
    assert {"texts-1-language", "facts-1-count", "facts-1-of", "list_items-2-reference"} <= set(
        errors
    )
    assert {"list_items", "list_items-3-number"} & set(errors)
    assert SourceText.objects.get().text == "A text."


def test_the_page_of_a_reference_runs_the_same_queries_however_long_its_list() -> None:
    reference, client = make_reference(), signed_in()

    def make_item(number: int) -> None:
        ReferenceListItem.objects.create(work=reference, number=number, reference=make_reference())

    make_item(1)
    few = count_queries(client, change_url(reference))
    for number in range(2, 12):
        make_item(number)
    assert count_queries(client, change_url(reference)) == few


def test_a_cited_reference_is_not_deleted_with_others() -> None:
    case, free = make_published_case(), make_reference()
    cited = case.citations.first().reference
    client = signed_in()
    data = {"action": "delete_selected", "_selected_action": [cited.pk, free.pk], "post": "yes"}
    client.post(list_url(Reference), data)
    assert Reference.objects.filter(pk=cited.pk).exists()
    client.post(list_url(Reference), {**data, "_selected_action": [free.pk]})
    assert not Reference.objects.filter(pk=free.pk).exists()
