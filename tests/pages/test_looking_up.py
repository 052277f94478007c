"""The page that looks a reference up, and the notices about a reference on every page."""

from __future__ import annotations

import re

import pytest

from literature.lookup.kept import keep
from literature.lookup.services import CROSSREF
from literature.models import KeptAnswer, Notice, Reference, ServiceTurn, TakenOver
from patients.actions import cases
from patients.roles import ROLES
from tests import make
from tests.literature.lookup.keeping import ARTICLE, keep_article, keep_retracted, switch_on
from tests.literature.lookup.services import RETRACTED
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db
TITLE = "An article for tests: with a subtitle"
AUTHOR = [{"family": "Doe", "given": "J"}]


@pytest.fixture
def on(settings):
    switch_on(settings)


def article(**changes) -> Reference:
    """The recorded article as we hold it: without its issue, with another page."""
    csl = {"title": TITLE, "DOI": ARTICLE, "author": AUTHOR, "page": "179-185", "issue": None}
    return make.make_reference(csl | {"container-title": "Journal of Tests"} | changes)


def sign_in(client, role: str):
    user = make.make_user(role)
    client.force_login(user)
    return user


def address(reference: Reference, more: str = "look-up/") -> str:
    return f"/references/{reference.public_id}/{more}"


def page(client, reference: Reference) -> str:
    response = client.get(address(reference))
    assert response.status_code == 200
    return response.content.decode()


def state(html: str) -> str:
    return re.search(r'name="state" value="([0-9a-f]{64})"', html)[1]


def take(client, reference: Reference, *names: str, **changes):
    data = {"take": names, "state": state(page(client, reference)), **changes}
    return client.post(address(reference, "look-up/take/"), data)


def test_looking_shows_what_fills_and_what_says_otherwise(client, on) -> None:
    reference = article()
    keep_article()
    sign_in(client, "curator")
    response = client.post(address(reference))
    assert response.status_code == 302
    assert response.url == address(reference)
    text = text_of(page(client, reference))
    assert "Fills what is empty" in text
    assert "Issue : 3" in text
    assert "Pages : 179–186 in the place of: 179–185" in text
    assert "PubMed does not know this identifier." in text
    reference.refresh_from_db()
    assert "issue" not in reference.csl  # nothing was taken over by looking


def test_what_was_ticked_is_taken_over_and_recorded(client, on) -> None:
    reference = article()
    keep_article()
    curator = sign_in(client, "curator")
    assert take(client, reference, "Crossref.issue", "Crossref.page").status_code == 302
    reference.refresh_from_db()
    assert (reference.csl["issue"], reference.csl["page"]) == ("3", "179-186")
    assert reference.csl["author"] == AUTHOR
    record = TakenOver.objects.get()
    assert (record.reference, record.by) == (reference, curator)
    assert record.changes == {
        "issue": {"from": None, "to": "3", "source": "Crossref"},
        "page": {"from": "179-185", "to": "179-186", "source": "Crossref"},
    }


def test_a_researcher_fills_but_does_not_replace(client, on) -> None:
    reference = article()
    keep_article()
    sign_in(client, "researcher")
    assert "Only a curator may put this in the place" in text_of(page(client, reference))
    assert take(client, reference, "Crossref.page").status_code == 403
    assert take(client, reference, "Crossref.issue").status_code == 302
    reference.refresh_from_db()
    assert (reference.csl["issue"], reference.csl["page"]) == ("3", "179-185")


def test_another_title_is_refused_with_both_shown(client, on) -> None:
    reference = article(title="Another study altogether")
    keep_article(**{"updated-by": [{"type": "retraction", "DOI": "10.5555/notice"}]})
    sign_in(client, "curator")
    client.post(address(reference))
    text = text_of(page(client, reference))
    assert "The identifier leads to another title" in text
    assert "Another study altogether" in text
    assert TITLE in text
    assert "Take over" not in text
    assert not Notice.objects.exists()  # what is said of the other work is not said of this one


def test_nothing_can_be_replaced_where_the_first_author_is_another(client, on) -> None:
    reference = article(author=[{"family": "Roe"}])
    keep_article()
    sign_in(client, "curator")
    assert "do not all agree" in text_of(page(client, reference))
    assert take(client, reference, "Crossref.page").status_code == 400


@pytest.mark.parametrize("names", [[], ["Crossref.title"], ["nonsense"]])
def test_what_is_not_offered_is_refused_and_what_was_ticked_is_kept(client, on, names) -> None:
    reference = article()
    keep_article()
    sign_in(client, "curator")
    response = take(client, reference, *names)
    assert response.status_code == 400
    assert "Nothing was taken over" in response.content.decode()
    assert not TakenOver.objects.exists()


def test_what_changed_meanwhile_is_not_taken_over(client, on) -> None:
    reference = article()
    keep_article()
    sign_in(client, "curator")
    seen = state(page(client, reference))
    keep_article(issue="4")
    response = take(client, reference, "Crossref.issue", state=seen)
    assert response.status_code == 400
    assert "has changed since" in response.content.decode()


def test_an_identifier_of_another_reference_is_refused_by_its_name(client, on) -> None:
    reference = article(DOI=None, PMID="9500320", title="Ileal-lymphoid-nodular hyperplasia, non-"
        "specific colitis, and pervasive developmental disorder in children")  # fmt: skip
    other = make.make_reference({"DOI": RETRACTED})
    keep_retracted()
    sign_in(client, "curator")
    response = take(client, reference, "PubMed.DOI")
    assert response.status_code == 400
    assert other.public_id in response.content.decode()


def test_a_retraction_is_noted_when_looking_and_shows_everywhere(client, on) -> None:
    reference = make.make_reference(
        {
            "title": "Ileal-lymphoid-nodular hyperplasia, non-specific colitis, and pervasive "
            "developmental disorder in children",
            "DOI": RETRACTED,
            "PMID": "9500320",
        }
    )
    case = make.make_case()
    make.make_source(case)
    make.make_citation(make.make_event(case, day=0, is_index=True), reference)
    cases.publish(case=case, by=None)
    keep_retracted()
    sign_in(client, "researcher")
    client.post(address(reference))
    client.logout()
    assert "Retracted 2010" in text_of(client.get("/references/").content.decode())
    text = text_of(client.get(address(reference, "")).content.decode())
    assert "Retracted in 2010: doi:10.1016/s0140-6736(10)60175-4 , PMID 20137807" in text
    assert "Reported by Crossref and PubMed" in text
    assert "Retracted in part in 2004" in text
    text = text_of(client.get(case.get_absolute_url()).content.decode())
    assert "A work that this case cites was retracted" in text
    assert text.count("Retracted 2010") == 3  # at the head, at the event, in the list
    notices = client.get(f"/api/v1/references/{reference.public_id}/").json()["notices"]
    assert notices[0] == {
        "kind": "retraction",
        "year": 2010,
        "dois": ["10.1016/s0140-6736(10)60175-4"],
        "pmids": ["20137807"],
        "sources": ["crossref", "pubmed"],
    }
    assert client.get("/api/v1/references/").json()["results"][1]["notices"] == notices
    told = client.get(f"/api/v1/cases/{case.accession}/").json()["references"]
    assert [row["notices"] for row in told] == [[], notices]


def test_a_busy_service_is_said_in_a_sentence(client, on) -> None:
    reference = article()
    sign_in(client, "curator")
    response = client.post(address(reference), follow=True)
    text = text_of(response.content.decode())
    assert "Crossref is asked too often just now." in text
    assert "PubMed is asked too often just now." in text


def test_without_a_contact_address_the_page_says_why(client) -> None:
    reference = article()
    sign_in(client, "researcher")
    text = text_of(page(client, reference))
    assert "is not set up here" in text
    assert "Ask Crossref" not in text
    response = client.post(address(reference), follow=True)
    assert "is not set up here" in text_of(response.content.decode())
    assert not KeptAnswer.objects.exists()


def test_a_record_without_identifiers_cannot_be_looked_up(client, on) -> None:
    sign_in(client, "researcher")
    assert "nothing to look it up by" in text_of(page(client, make.make_reference()))


def test_looking_at_the_page_asks_and_writes_nothing(client, settings) -> None:
    settings.LOOKUP_CONTACT, settings.LOOKUP_ON = "library@example.org", True
    sign_in(client, "curator")
    page(client, article())
    assert not ServiceTurn.objects.exists()
    assert not KeptAnswer.objects.exists()


def test_script_in_an_answer_is_shown_as_text(client, on) -> None:
    reference = article(publisher=None)
    keep_article(publisher="A < b & c <script>alert(1)</script>", issue="<img src=x onerror=x>3")
    sign_in(client, "curator")
    html = page(client, reference)
    assert "<script>alert" not in html
    assert "<img src=x" not in html


def test_a_kept_answer_that_is_no_record_is_a_sentence(client, on) -> None:
    reference = article()
    keep(CROSSREF, {f"doi:{ARTICLE}": "no json"})
    sign_in(client, "curator")
    assert "gave an answer that could not be read" in text_of(page(client, reference))


MAY_LOOK_UP = ("researcher", "curator", "admin")
MAY_CHANGE = ("curator", "admin")


@pytest.mark.parametrize("role", ["", *ROLES])
@pytest.mark.parametrize(
    ("more", "method", "allowed", "status"),
    [
        ("look-up/", "get", MAY_LOOK_UP, 200),
        ("look-up/", "post", MAY_LOOK_UP, 302),
        ("look-up/take/", "post", MAY_LOOK_UP, 400),
        ("notices/add/", "get", MAY_CHANGE, 200),
        ("notices/add/", "post", MAY_CHANGE, 400),
        ("notices/{notice}/withdraw/", "get", MAY_CHANGE, 200),
        ("notices/{notice}/withdraw/", "post", MAY_CHANGE, 400),
    ],
)
def test_roles(client, role, more, method, allowed, status) -> None:
    reference = make.make_reference({"DOI": "10.5555/1"})
    notice = Notice.objects.create(reference=reference, kind="erratum", source="person")
    if role:
        sign_in(client, role)
    path = address(reference, more.format(notice=notice.public_id))
    response = getattr(client, method)(path)
    if not role:
        assert response.status_code == 302
        assert response.url.startswith("/accounts/login/")
    else:
        assert response.status_code == (status if role in allowed else 404)


@pytest.mark.parametrize("method", ["put", "delete"])
def test_other_methods_are_refused(client, method) -> None:
    sign_in(client, "admin")
    assert getattr(client, method)(address(article())).status_code == 405


def test_what_is_not_there_is_a_404(client) -> None:
    sign_in(client, "admin")
    reference, other = make.make_reference(), make.make_reference()
    notice = Notice.objects.create(reference=other, kind="erratum", source="person")
    assert client.get("/references/0000000000/look-up/").status_code == 404
    for name in (notice.public_id, "0000000000"):
        path = address(reference, f"notices/{name}/withdraw/")
        assert client.get(path).status_code == 404
