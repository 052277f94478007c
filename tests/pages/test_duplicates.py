"""The queue of duplicates, two records side by side, and every decision with its way back."""

from __future__ import annotations

from typing import Any

import pytest

from literature.actions import merging
from literature.models import (
    DuplicatePair,
    Merge,
    Reference,
    ReferenceListItem,
    Relation,
    SourceText,
)
from tests import make
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db
QUEUE = "/references/duplicates/"
CURATORS = ["curator", "admin"]
OTHERS = ["clinician", "researcher"]


def url_of(pair: DuplicatePair, tail: str = "") -> str:
    return f"{QUEUE}{pair.first.public_id}/{pair.second.public_id}/{tail}"


@pytest.fixture
def pair() -> DuplicatePair:
    first = make.make_reference({"title": "A work on veins", "DOI": "10.5555/a", "issue": None})
    second = make.make_reference({"title": "A Work on Veins.", "PMID": "77", "issue": "4"})
    return make.make_duplicate_pair(first, second)


@pytest.fixture
def curator(client: Any) -> Any:
    client.force_login(make.make_user("curator"))
    return client


def page(client: Any, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return text_of(response.content.decode())


def sent(client: Any, pair: DuplicatePair, **fields: str) -> dict[str, str]:
    """What the form of the pair's page sends as it stands, with `fields` picked otherwise."""
    import re

    html = client.get(url_of(pair)).content.decode()
    token = re.search(r'name="token" value="(\w+)"', html)
    assert token
    data = {"token": token[1]}
    for name, value in re.findall(r'type="radio" name="([^"]+)" value="(\w+)" checked', html):
        data[name] = value
    return {**data, **fields}


def addresses(pair: DuplicatePair) -> list[tuple[str, str]]:
    return [
        ("get", QUEUE), ("get", f"{QUEUE}compare/"), ("get", f"{QUEUE}merged/"),
        ("get", url_of(pair)), ("post", url_of(pair, "merge/")), ("post", url_of(pair, "apart/")),
        ("post", url_of(pair, "relate/")), ("post", url_of(pair, "again/")),
        ("post", f"{QUEUE}merged/{pair.first.public_id}/take-back/"),
    ]  # fmt: skip


@pytest.mark.parametrize("role", OTHERS)
def test_others_get_a_404_for_every_address(client: Any, pair: DuplicatePair, role: str) -> None:
    client.force_login(make.make_user(role))
    assert {getattr(client, verb)(url).status_code for verb, url in addresses(pair)} == {404}
    assert "Duplicates" not in page(client, "/references/")


def test_who_is_not_signed_in_is_asked_to(client: Any, pair: DuplicatePair) -> None:
    for verb, url in addresses(pair):
        answer = getattr(client, verb)(url)
        assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={url}")


@pytest.mark.parametrize("role", CURATORS)
def test_curators_and_admins_decide(client: Any, pair: DuplicatePair, role: str) -> None:
    client.force_login(make.make_user(role))
    for verb, url in addresses(pair)[:4]:
        assert getattr(client, verb)(url).status_code in (200, 422)
    assert "Duplicates" in page(client, "/references/")


def test_writes_are_posted(curator: Any, pair: DuplicatePair) -> None:
    for verb, url in addresses(pair)[4:]:
        assert verb == "post"
        assert curator.get(url).status_code == 405


def test_the_queue_has_certain_ones_first_and_filters(curator: Any, pair: DuplicatePair) -> None:
    make.make_duplicate_pair(likeness="related", reason="One is a preprint.")
    make.make_duplicate_pair(likeness="same", reason="All the same.")
    text = page(curator, QUEUE)
    assert "3 pairs" in text
    assert text.index("All the same.") < text.index("Titles alike.") < text.index("a preprint.")
    assert "Certain (1)" in text
    only = page(curator, f"{QUEUE}?certainty=same")
    assert ("1 pair" in only, "Titles alike." in only) == (True, False)


def test_an_empty_queue_says_so(curator: Any) -> None:
    assert "has been decided" in page(curator, QUEUE)
    assert "Nothing fits" in page(curator, f"{QUEUE}?certainty=same")
    assert "No records have been merged" in page(curator, f"{QUEUE}merged/")


@pytest.mark.parametrize(
    ("query", "label"),
    [("certainty=perhaps", "Certainty"), ("state=x", "What was decided"), ("page=0", "Page")],
)
def test_a_bad_filter_is_a_400_that_names_it(curator: Any, query: str, label: str) -> None:
    assert f"cannot be run {label}" in page(curator, f"{QUEUE}?{query}", 400)
    assert curator.get(f"{QUEUE}?page=9").status_code == 404


def test_the_queue_is_paged_with_the_same_number_of_queries(
    curator: Any, django_assert_max_num_queries: Any
) -> None:
    def count() -> int:
        with django_assert_max_num_queries(15) as counted:
            assert curator.get(QUEUE).status_code == 200
        return len(counted)

    make.make_duplicate_pair()
    before = count()
    for _ in range(25):
        make.make_duplicate_pair()
    assert count() == before
    assert "1 to 20 shown" in page(curator, QUEUE)


def test_fields_side_by_side_say_in_words_how_they_differ(
    curator: Any, pair: DuplicatePair
) -> None:
    text = page(curator, url_of(pair))
    assert "Title" in text
    assert "written otherwise" in text
    assert "only in A" in text
    assert "only in B" in text
    assert "the same" in text


def test_merged_field_by_field(curator: Any, pair: DuplicatePair) -> None:
    first, second = pair.first, pair.second
    data = sent(curator, pair, kept="second", **{"pick:title": "first"})
    answer = curator.post(url_of(pair, "merge/"), data, follow=True)
    assert "Merged:" in text_of(answer.content.decode())
    second.refresh_from_db()
    assert (second.title, second.doi, second.pmid) == ("A work on veins", "10.5555/a", "77")
    assert second.csl["issue"] == "4"
    assert Merge.objects.get().by.username.startswith("curator")
    assert not DuplicatePair.objects.exists()
    moved = curator.get(f"/references/{first.public_id}/")
    assert (moved.status_code, moved.url) == (301, f"/references/{second.public_id}/")
    assert "no-cache" in moved["Cache-Control"]


def test_a_merge_is_taken_back_on_its_page(curator: Any, pair: DuplicatePair) -> None:
    curator.post(url_of(pair, "merge/"), sent(curator, pair, kept="first"))
    gone = pair.second.public_id
    assert f"{gone}: A Work on Veins." in page(curator, f"{QUEUE}merged/")
    answer = curator.post(f"{QUEUE}merged/{gone}/take-back/", follow=True)
    assert "a record of its own again" in text_of(answer.content.decode())
    assert curator.get(f"/references/{gone}/").status_code == 200
    assert DuplicatePair.objects.get().state == "open"
    assert "taken back" in page(curator, f"{QUEUE}merged/")
    assert curator.post(f"{QUEUE}merged/{gone}/take-back/").status_code == 404


def test_what_cannot_be_taken_back_is_told(curator: Any, pair: DuplicatePair) -> None:
    curator.post(url_of(pair, "merge/"), sent(curator, pair, kept="first"))
    kept = Reference.objects.get(pk=pair.first_id)
    kept.csl = {**kept.csl, "title": "Edited since"}
    kept.save()
    url = f"{QUEUE}merged/{pair.second.public_id}/take-back/"
    answer = curator.post(url, follow=True)
    assert "Not taken back." in text_of(answer.content.decode())


def test_a_record_changed_meanwhile_is_shown_anew(curator: Any, pair: DuplicatePair) -> None:
    data = sent(curator, pair, kept="first")
    Reference.objects.filter(pk=pair.second_id).update(csl=make.make_csl(title="Another title"))
    answer = curator.post(url_of(pair, "merge/"), data)
    assert answer.status_code == 409
    assert "has been changed since" in text_of(answer.content.decode())
    assert "Another title" in text_of(answer.content.decode())
    assert Reference.objects.count() == 2


def test_texts_that_differ_have_to_be_chosen(curator: Any, pair: DuplicatePair) -> None:
    for reference, words in ((pair.first, "One wording."), (pair.second, "Another wording.")):
        SourceText.objects.create(
            reference=reference, language="en", depth="abstract", licence="CC0", text=words
        )
    data = sent(curator, pair, kept="first")
    refused = curator.post(url_of(pair, "merge/"), {**data, "pick:title": "second"})
    assert refused.status_code == 422
    html = refused.content.decode()
    assert "Choose which one stays." in text_of(html)
    assert 'name="pick:title" value="second" checked' in html  # nothing that was picked is lost
    assert "Another wording." in html
    curator.post(url_of(pair, "merge/"), {**data, "pick:sourcetext:en:abstract": "second"})
    assert SourceText.objects.get().text == "Another wording."


def test_not_a_duplicate_is_remembered_and_taken_back(curator: Any, pair: DuplicatePair) -> None:
    curator.post(url_of(pair, "apart/"))
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by.username[:7]) == ("distinct", "curator")
    assert pair.decided_at is not None
    assert "Not a duplicate, said curator" in page(curator, f"{QUEUE}?state=distinct")
    assert "Take the decision back" in page(curator, url_of(pair))
    assert curator.post(url_of(pair, "apart/")).status_code == 409
    curator.post(url_of(pair, "again/"))
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by, pair.decided_at) == ("open", None, None)
    assert curator.post(url_of(pair, "again/")).status_code == 409


def test_related_shows_on_both_pages_and_is_taken_back(curator: Any, pair: DuplicatePair) -> None:
    refused = curator.post(url_of(pair, "relate/"), {"reference": pair.second.public_id})
    assert refused.status_code == 422
    assert "what the one is to the other" in text_of(refused.content.decode())
    fields = {"reference": pair.second.public_id, "kind": "preprint_of"}
    curator.post(url_of(pair, "relate/"), fields)
    relation = Relation.objects.get()
    assert (relation.reference, relation.to) == (pair.second, pair.first)
    assert "Preprint of: A work on veins" in page(curator, f"/references/{pair.second.public_id}/")
    assert "Has a preprint: A Work on Veins." in page(
        curator, f"/references/{pair.first.public_id}/"
    )
    curator.post(url_of(pair, "again/"))
    assert not Relation.objects.exists()


def test_readers_see_relations_and_no_way_to_decide(client: Any, pair: DuplicatePair) -> None:
    Relation.objects.create(reference=pair.first, to=pair.second, kind="erratum_of")
    text = page(client, f"/references/{pair.first.public_id}/")
    assert "Correction of: A Work on Veins." in text
    assert "compare" not in text.lower()


@pytest.mark.parametrize("name", ["public_id", "url", "DOI", "PMID"])
def test_any_two_records_are_compared_by_hand(curator: Any, pair: DuplicatePair, name: str) -> None:
    pair.delete()
    other = make.make_reference({"DOI": "10.5555/z", "PMID": "99"})
    given = {
        "public_id": other.public_id.lower(),
        "url": f"https://testserver/references/{other.public_id}/",
        "DOI": "https://doi.org/10.5555/Z",
        "PMID": "99",
    }[name]
    asked = {"a": pair.first.public_id, "b": given}
    answer = curator.get(f"{QUEUE}compare/", asked, follow=True)
    assert "Are these one work?" in text_of(answer.content.decode())
    curator.post(f"{QUEUE}{pair.first.public_id}/{other.public_id}/apart/")
    assert DuplicatePair.objects.get().state == "distinct"


@pytest.mark.parametrize("named", ["nonsense", "\x00", "10.5555/none", "0000000000"])
def test_what_is_not_there_cannot_be_compared(
    curator: Any, pair: DuplicatePair, named: str
) -> None:
    answer = curator.get(f"{QUEUE}compare/", {"a": pair.first.public_id, "b": named})
    assert answer.status_code == 422
    assert "There is no reference" in text_of(answer.content.decode())
    same = curator.get(f"{QUEUE}compare/", dict.fromkeys("ab", pair.first.public_id))
    assert "two different records" in text_of(same.content.decode())


def test_a_pair_whose_record_was_merged_meanwhile_is_a_404(
    curator: Any, pair: DuplicatePair
) -> None:
    merging.merge(kept=pair.first, gone=pair.second, csl=pair.first.csl, by=None)
    assert curator.get(url_of(pair)).status_code == 404


def test_records_that_list_each_other_are_refused_in_a_sentence(
    curator: Any, pair: DuplicatePair
) -> None:
    ReferenceListItem.objects.create(work=pair.first, number=1, reference=pair.second)
    answer = curator.post(url_of(pair, "merge/"), sent(curator, pair, kept="first"))
    assert answer.status_code == 422
    assert "lists the other" in text_of(answer.content.decode())


def test_markup_in_records_is_shown_as_text(curator: Any) -> None:
    script = "<script>alert(1)</script>"
    first = make.make_reference({"title": script, "note": script})
    pair = make.make_duplicate_pair(first, reason=script)
    for url in (QUEUE, url_of(pair)):
        assert "<script>alert(1)" not in curator.get(url).content.decode()
