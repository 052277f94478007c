"""What is a draft shows nowhere: pages, counts, facets, search, reference pages."""

import pytest

from patients.actions import cases
from patients.models import Case
from patients.vocabulary import Status
from tests import make
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db
READERS = ["", "clinician", "researcher"]


def pages_seen(client, reference):
    urls = ["/", "/cases/", "/cases/?q=sternberg", "/references/", "/references/?cited=yes"]
    urls += ["/references/?cited=no", f"/references/{reference.public_id}/"]
    return [client.get(url).content.decode() for url in urls]


@pytest.fixture
def hidden_case(request):
    """A case that is not published: a draft, one in review, one withdrawn behind our back."""
    reference = make.make_reference()
    case = make.make_published_case(title="Sternberg sign", patient=make.make_patient(sex="female"))
    make.make_citation(case.events.first(), reference)
    Case.objects.filter(pk=case.pk).update(status=request.param)
    return case, reference


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize(
    "hidden_case", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN], indirect=True
)
def test_hidden_case_changes_no_page(client, role, hidden_case):
    case, reference = hidden_case
    if role:
        client.force_login(make.make_user(role))
    for page in pages_seen(client, reference):
        assert case.accession not in page
        assert "Sternberg" not in page.replace('value="sternberg"', "")
        assert "Female" not in page
    assert client.get(f"/cases/{case.accession}/").status_code == 404
    assert "0 cases" in text_of(client.get("/").content.decode())


@pytest.mark.parametrize("role", ["curator", "admin"])
def test_curators_see_drafts(client, role):
    case = make.make_case(title="In the making")
    cases.refresh(case=case)
    client.force_login(make.make_user(role))
    assert "In the making" in client.get("/cases/").content.decode()
    assert "working record" in client.get(f"/cases/{case.accession}/").content.decode()
