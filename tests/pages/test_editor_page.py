"""The editor's page: what is missing, publishing, history, lookups, its weight and its queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patients.actions import cases
from patients.models import Case
from tests import make
from tests.pages.editing import HTMX, begin, edit_url, fill, row_url
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db
HOSTILE = "</svg><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture
def curator(client):
    client.force_login(make.make_user("curator", username="curator"))
    return client


def queries_of(client, url, **kwargs):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url, **kwargs).status_code == 200
    return len(captured)


def test_the_editor_leads_to_the_review_that_publishes(curator):
    case = make.make_case()
    page = curator.get(edit_url(case)).content.decode()
    link = page.split('id="publish"', 1)[1].split(">", 1)[0]
    assert f'href="{case.get_absolute_url()}publish/"' in link
    assert curator.post(f"{edit_url(case)}publish/").status_code == 404
    case.refresh_from_db()
    assert case.status == "draft"


def test_the_editor_of_a_published_case_links_to_what_readers_see(curator):
    case = make.make_published_case(title="A course")
    assert "What readers see" in text_of(curator.get(edit_url(case)).content.decode())


def test_the_history_says_who_did_what(curator):
    row = make.make_event(day=0, label="MRI", is_index=True)
    curator.post(row_url(row, "event"), fill(curator, row, "event", label="CT"))
    text = text_of(curator.get(edit_url(row.case)).content.decode())
    assert "Changed event “CT”: what happened" in text
    assert "curator," in text


def test_undo_and_redo_without_anything_to_take_back_say_so(curator):
    case = make.make_case()
    for verb in ("undo", "redo"):
        answer = curator.post(f"{edit_url(case)}{verb}/", follow=True)
        assert answer.status_code == 200
        assert 'class="notice"' in answer.content.decode()


def test_a_term_is_found_by_name_synonym_and_chinese(curator):
    term = make.make_term(
        kind="drug", display="Octreotide", display_zh="奥曲肽", synonyms=["SMS 201-995"]
    )
    row = make.make_event(day=3, category="drug")
    for name in ("octreotide", "奥曲肽", "sms 201-995"):
        row.term = None
        row.save()
        answer = curator.post(row_url(row, "event"), fill(curator, row, "event", term=name))
        assert answer.status_code == 302
        row.refresh_from_db()
        assert row.term == term
    found = curator.get(
        f"{edit_url(row.case)}terms/", {"field": "term", "kinds": "drug", "term": "octr"}
    )
    assert 'value="Octreotide"' in found.content.decode()


def test_an_unknown_term_is_refused_and_close_ones_are_offered(curator):
    make.make_term(kind="drug", display="Octreotide LAR")
    row = make.make_event(day=3, category="drug")
    answer = curator.post(row_url(row, "event"), fill(curator, row, "event", term="octreotid"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "No term is called “octreotid”" in text
    assert 'value="term:Octreotide LAR"' in text
    data = fill(curator, row, "event", term="octreotid", use="term:Octreotide LAR")
    assert curator.post(row_url(row, "event"), data).status_code == 302


def test_a_study_is_found_by_words_and_chosen(curator):
    reference = make.make_reference({"title": "Embolisation of liver metastases"})
    case = make.make_case()
    url, data = begin(curator, case, "citation")
    asked = curator.post(url, data | {"reference": "embolisation", "role": "source"})
    assert asked.status_code == 422
    text = asked.content.decode()
    assert "Which of these is meant?" in text
    choice = text.split('name="use" value="', 1)[1].split('"', 1)[0]
    assert reference.public_id in choice
    saved = curator.post(url, data | {"reference": "embolisation", "role": "source", "use": choice})
    assert saved.status_code == 302
    assert case.citations.get().reference == reference


def test_a_study_is_found_by_its_doi_at_once(curator):
    reference = make.make_reference({"DOI": "10.5555/12345"})
    case = make.make_case()
    url, data = begin(curator, case, "citation")
    curator.post(url, data | {"reference": "https://doi.org/10.5555/12345", "role": "source"})
    assert case.citations.get().reference == reference


def test_a_second_source_is_refused(curator):
    case = make.make_case()
    make.make_source(case)
    url, data = begin(curator, case, "citation")
    named = f"Another [{make.make_reference().public_id}]"
    answer = curator.post(url, data | {"reference": named, "role": "source"})
    assert answer.status_code == 422
    assert "source already" in text_of(answer.content.decode())


def test_hostile_text_stays_text(curator):
    case = make.make_case(title=HOSTILE, summary=HOSTILE)
    event = make.make_event(
        case, 0, is_index=True, category="imaging", label=HOSTILE, start_reported_as=HOSTILE
    )
    finding = make.make_finding(
        event, description=HOSTILE, lesion=make.make_lesion(case, label=HOSTILE)
    )
    make.make_citation(finding, make.make_reference({"title": HOSTILE}), note=HOSTILE)
    pages = [
        curator.get(edit_url(case)),
        curator.get(edit_url(case), {"open": f"event-{event.public_id}"}),
    ]
    data = fill(curator, event, "event", when=HOSTILE, term=HOSTILE, use=f"site:{HOSTILE}")
    for headers in ({}, HTMX):
        pages.append(curator.post(row_url(event, "event"), data, headers=headers))
    pages.append(curator.post(f"{row_url(event, 'event')}preview/", data, headers=HTMX))
    for page in pages:
        text = page.content.decode()
        assert "<script>alert" not in text
        assert "<img" not in text.replace('<img src="/static', "")


def test_text_that_is_too_long_or_holds_a_null_is_refused_by_name(curator):
    row = make.make_event(day=0, is_index=True)
    for changes, name in (
        ({"label": "x" * 201}, "What happened"),
        ({"detail": "x" * 5001}, "In more words"),
        ({"when": "x" * 201}, "When, as the report words it"),
        ({"label": "a\x00b"}, "What happened"),
        ({"label": ""}, "What happened"),
    ):
        answer = curator.post(row_url(row, "event"), fill(curator, row, "event", **changes))
        assert answer.status_code == 422
        assert name in text_of(answer.content.decode())


def test_a_calendar_date_in_words_is_refused(curator):
    row = make.make_event(day=3)
    data = fill(curator, row, "event", when="on 12 March 2016")
    answer = curator.post(row_url(row, "event"), data, headers=HTMX)
    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.start_reported_as == ""


def test_queries_do_not_grow_with_the_rows(curator):
    case = make.make_case()
    make.make_source(case)
    make.make_timeline(case, events=3)
    url = edit_url(case)
    first = case.events.first()
    opened = f"{url}?open=event-{first.public_id}"
    form = row_url(first, "event")
    before = [queries_of(curator, at, headers=HTMX) for at in (url, opened, form)]
    make.make_timeline(case, events=20, findings=2)
    assert [queries_of(curator, at, headers=HTMX) for at in (url, opened, form)] == before
    # session, user, permissions of user and groups; the case in ten; its edits in three
    assert before[0] == 17


def test_saving_takes_no_more_queries_with_more_rows(curator):
    case = make.make_case()
    make.make_timeline(case, events=2)
    cases.refresh(case=case)  # the first listing is inserted, later ones are updated
    counts = []
    for label in ("None counted: the session is renewed", "First", "Second"):
        row = case.events.get(is_index=True)
        data = fill(curator, row, "event", detail=label)
        with CaptureQueriesContext(connection) as captured:
            assert curator.post(row_url(row, "event"), data, headers=HTMX).status_code == 200
        counts.append(len(captured))
        make.make_timeline(case, events=20)
    assert counts[1] == counts[2]


def test_a_long_case_is_a_light_page(curator):
    import gzip

    case = make.make_case()
    make.make_timeline(case, events=200, findings=0)
    page = curator.get(edit_url(case), headers={"Accept-Encoding": "gzip"})
    html = gzip.decompress(page.content).decode()
    assert html.count('class="row row-event') == 200
    assert "row-form" not in html.split("<main", 1)[1]
    assert len(page.content) < 60_000


def test_only_lines_that_changed_are_sent_back(curator):
    case = make.make_case()
    make.make_timeline(case, events=20, findings=0)
    row = case.events.get(is_index=True)
    data = fill(curator, row, "event", label="Another name")
    answer = curator.post(row_url(row, "event"), data, headers=HTMX).content.decode()
    assert answer.count('class="line') == 1
    assert "Another name" in answer


def test_rows_are_bounded(curator, monkeypatch):
    case = make.make_case()
    make.make_event(case, 0)
    monkeypatch.setattr("patients.editor.rows.MAX_ROWS", 1)
    url, data = begin(curator, case, "event", category="drug")
    answer = curator.post(url, data | {"label": "One too many"}, headers=HTMX)
    assert answer.status_code == 409
    assert "at most 1 events" in text_of(answer.content.decode())
    assert case.events.count() == 1


def test_pages_are_not_kept_by_caches(curator):
    case = make.make_case()
    assert curator.get(edit_url(case))["Cache-Control"] == "no-store"


def test_readers_are_led_to_the_editor_only_where_they_may_edit(curator):
    case = make.make_published_case()
    link = f'href="{edit_url(case)}"'
    assert link in curator.get(case.get_absolute_url()).content.decode()
    assert 'href="/cases/new/"' in curator.get("/cases/").content.decode()
    curator.logout()
    assert link not in curator.get(case.get_absolute_url()).content.decode()
    assert 'href="/cases/new/"' not in curator.get("/cases/").content.decode()
    assert Case.objects.count() == 1
