"""Who may cite, and what they learn of that is hidden or gone."""

from __future__ import annotations

import pytest

from patients.models import Citation, Revision
from tests import make
from tests.pages.citing import cite_url, event_of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make.make_published_case(events=2, findings=1)


ADDRESSES = ["cite/", "events/{event}/cite/", "findings/{finding}/cite/"]


@pytest.mark.parametrize("tail", ADDRESSES)
@pytest.mark.parametrize(
    ("role", "status"),
    [("", 302), ("clinician", 404), ("researcher", 200), ("curator", 200), ("admin", 200)],
)
def test_who_may(client, case, tail, role, status):
    if role:
        signed_in(client, role)
    finding = case.imagingfindings.first()
    told = tail.format(event=event_of(case).public_id, finding=finding.public_id)
    url = f"/cases/{case.accession}/{told}"
    assert client.get(url).status_code == status
    study = make.make_reference()
    answer = client.post(f"{url}?reference={study.public_id}&role=method", {"do": "save"})
    is_proposed = role == "researcher"
    assert Citation.objects.filter(reference=study).exists() == (status == 200 and not is_proposed)
    assert Revision.objects.filter(state="submitted").exists() == is_proposed
    assert answer.status_code == (302 if status == 200 else status)
    assert client.get(f"/cases/cite/?reference={study.public_id}").status_code == status


@pytest.mark.parametrize("role", ["", "clinician"])
def test_others_take_nothing_back_and_see_no_links(client, case, role):
    signed_in(client, role)
    row = case.citations.first()
    url = f"/cases/{case.accession}/citations/{row.public_id}/take-back/"
    assert client.post(url).status_code == 404
    page = client.get(f"/cases/{case.accession}/").content.decode()
    assert "Cite a study" not in page
    reference = client.get(f"/references/{row.reference.public_id}/").content.decode()
    assert "Cite this" not in reference


def test_researcher_learns_nothing_of_a_draft(client):
    signed_in(client)
    draft = make.make_case()
    event = make.make_event(draft)
    study = make.make_reference()
    unknown = "/cases/CB-0000000/cite/"
    for url in (cite_url(draft, event), f"/cases/{draft.accession}/cite/", unknown):
        assert client.get(url).status_code == 404
        answer = client.post(f"{url}?reference={study.public_id}&role=method", {"do": "save"})
        assert answer.status_code == 404
    assert client.get(f"/cases/cite/?reference={study.public_id}&case={draft.accession}"
                      ).status_code == 404  # fmt: skip
    signed_in(client, "curator")
    assert client.get(cite_url(draft, event)).status_code == 200


def test_event_that_was_removed_or_is_not_published_yet_is_a_404(client, case):
    signed_in(client)
    unpublished = make.make_event(case)
    assert client.get(cite_url(case, unpublished)).status_code == 404
    published = case.events.order_by("position")[1]
    url = cite_url(case, published)
    published.findings.all().delete()
    published.delete()
    assert client.get(url).status_code == 404
