"""Duplicates over REST: the queue, relations and records that were merged."""

import pytest

from literature.actions import merging
from literature.models import Relation
from tests import make
from tests.api.client import Api, fields, problem

pytestmark = pytest.mark.django_db


def test_the_queue_tells_both_records_and_filters():
    pair = make.make_duplicate_pair()
    make.make_duplicate_pair(likeness="same", reason="All the same.")
    api = Api("curator")
    assert [row["certainty"] for row in api.results("duplicates/")] == ["same", "probable"]
    [row] = api.results("duplicates/?certainty=probable")
    assert row["id"] == f"{pair.first.public_id}-{pair.second.public_id}"
    assert row["first"]["title"] == pair.first.title
    assert api.get(f"duplicates/{row['id']}/").json() == row
    assert api.results("duplicates/?state=distinct") == []
    assert fields(api.get("duplicates/?state=rumour")) == {"state"}
    problem(api.get("duplicates/0000000000-0000000000/"), 404)


def test_a_reference_tells_its_relations_both_ways():
    one, two = make.make_reference(), make.make_reference({"title": "The article"})
    Relation.objects.create(reference=one, to=two, kind="preprint_of")
    told = Api().get(f"references/{one.public_id}/").json()["relations"]
    assert told == [
        {
            "kind": "preprint_of", "words": "Preprint of", "reference": two.public_id,
            "title": "The article",
        }
    ]  # fmt: skip
    [other] = Api().get(f"references/{two.public_id}/").json()["relations"]
    assert (other["words"], other["reference"]) == ("Has a preprint", one.public_id)


def test_a_merged_record_says_where_it_went_and_its_doi_finds_the_kept_one():
    kept, gone = make.make_reference(), make.make_reference({"DOI": "10.5555/gone"})
    csl = {field: value for field, value in kept.csl.items() if field != "DOI"}
    merging.merge(kept=kept, gone=gone, csl=csl, by=None)
    missing = problem(Api().get(f"references/{gone.public_id}/"), 404)
    assert kept.public_id in missing["detail"]
    [found] = Api().results("references/?q=10.5555/gone")
    assert found["id"] == kept.public_id
    detail = Api().get(f"references/{kept.public_id}/").json()
    assert detail["other_identifiers"] == [{"kind": "DOI", "value": "10.5555/gone"}]
    again = Api("researcher").post("references/", {"csl": make.make_csl(DOI="10.5555/gone")})
    assert fields(again) == {"csl.DOI"}
