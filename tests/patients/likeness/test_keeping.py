"""What is kept of likenesses follows what is published, changed and withdrawn."""

from __future__ import annotations

import gzip
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from literature.background import work_a_little
from patients import background
from patients.actions import cases, likeness, prepared_answers
from patients.background import FindLikenesses
from patients.likeness_finding import candidates
from patients.likeness_reading import kept_like, on_the_page
from patients.models import Case, CaseFeatures, NearestCases, PreparedAnswer
from tests import make
from tests.patients.likeness.world import make_like, publish_like, work

pytestmark = pytest.mark.django_db
ORIGIN = "http://testserver"


def like(case: Case) -> list[str]:
    return [row.title for row in kept_like(case.accession)]


def test_the_most_like_come_first() -> None:
    seed = publish_like("Seed", vein="portal-vein", drugs=("heparin", "octreotide"))
    publish_like("Diagnosis alone", drugs=())
    publish_like("Vein", vein="portal-vein", drugs=())
    publish_like("All", vein="portal-vein", drugs=("heparin", "octreotide"))
    work()
    assert like(seed) == ["All", "Vein", "Diagnosis alone"]


def test_a_case_that_comes_later_is_found_by_those_before_it() -> None:
    seed = publish_like("Seed")
    work()
    assert like(seed) == []
    publish_like("Later")
    work()
    assert like(seed) == ["Later"]


def test_a_case_that_changes_is_compared_anew() -> None:
    seed, other = publish_like("Seed", vein="portal-vein"), publish_like("Other")
    work()
    (before,) = kept_like(seed.accession)
    make.make_finding(
        make.make_event(other, 50, category="imaging"), patency="thrombosed", modality="mri",
        site=seed.imagingfindings.get().site,
    )  # fmt: skip
    cases.publish(case=other, by=None)
    assert NearestCases.objects.filter(is_stale=True).count() == 2
    work()
    (after,) = kept_like(seed.accession)
    assert {part.key for part in after.likeness.parts} - {
        part.key for part in before.likeness.parts
    } == {"vein"}


def test_drafts_are_compared_with_nothing() -> None:
    seed = publish_like("Seed")
    make_like("A draft")
    work()
    assert like(seed) == []
    assert CaseFeatures.objects.count() == 1


def test_a_withdrawn_case_is_gone_at_once() -> None:
    seed, other = publish_like("Seed"), publish_like("Other")
    work()
    cases.withdraw(case=other, by=None)
    assert like(seed) == []
    assert not CaseFeatures.objects.filter(case=other).exists()
    work()
    assert NearestCases.objects.get(case=seed).cases == []
    cases.publish(case=other, by=None)
    work()
    assert like(seed) == ["Other"]


def test_a_case_that_is_hidden_behind_our_back_is_gone_at_once() -> None:
    seed, other = publish_like("Seed"), publish_like("Other")
    work()
    Case.objects.filter(pk=other.pk).update(status="draft")
    assert like(seed) == []
    likeness.leave_hidden()
    assert not CaseFeatures.objects.filter(case=other).exists()


@pytest.fixture
def prepared(settings: Any) -> Any:
    settings.SITE_ORIGIN = ORIGIN

    def pages() -> list[bytes]:
        rows = PreparedAnswer.objects.filter(kind="page").order_by("version_id")
        return [gzip.decompress(bytes(row.body)) for row in rows]

    return pages


def test_prepared_pages_name_like_cases_until_they_are_withdrawn(prepared: Any) -> None:
    seed, other = publish_like("Seed"), publish_like("Other")
    assert prepared_answers.prepare_after(0)[1] == 2
    assert all(other.accession.encode() not in page for page in prepared()[:1])
    work()
    pages = prepared()
    assert len(pages) == 2
    assert other.accession.encode() in pages[0]
    cases.withdraw(case=other, by=None)
    assert prepared() == []
    work()
    (page,) = prepared()
    assert other.accession.encode() not in page
    assert seed.accession.encode() in page


def test_a_page_that_names_others_has_another_etag(client: Any) -> None:
    seed = publish_like("Seed")
    address = seed.get_absolute_url()
    before = client.get(address)["ETag"]
    other = publish_like("Other")
    work()
    named = client.get(address)
    assert named["ETag"] != before
    assert client.get(address, headers={"If-None-Match": named["ETag"]}).status_code == 304
    cases.withdraw(case=other, by=None)
    after = client.get(address, headers={"If-None-Match": named["ETag"]})
    assert (after.status_code, after["ETag"]) == (200, before)


def test_the_worker_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    seed = publish_like("Seed")
    publish_like("Other")
    CaseFeatures.objects.all().delete()  # as after a load, which runs no action
    task = FindLikenesses()
    monkeypatch.setattr(background, "NEW_SECONDS", 0.0)
    for _ in range(5):
        task()
    assert like(seed) == ["Other"]
    assert task() is False
    assert isinstance(work_a_little(), bool)


def test_a_command_does_it_all_at_once() -> None:
    seed = publish_like("Seed")
    publish_like("Other")
    CaseFeatures.objects.all().delete()
    said = StringIO()
    call_command("find_likenesses", stdout=said)
    assert said.getvalue() == "Found the likenesses of 2 cases.\n"
    assert like(seed) == ["Other"]


def test_features_of_other_rules_are_made_anew() -> None:
    seed = publish_like("Seed")
    CaseFeatures.objects.filter(case=seed).update(rules=0, codes=[])
    work()
    assert CaseFeatures.objects.get(case=seed).codes != []


def test_what_many_share_is_narrowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("patients.likeness_finding.FEW", 2)
    seed = publish_like("Seed", vein="portal-vein")
    near = publish_like("Near", vein="portal-vein", drugs=())
    for number in range(4):
        publish_like(f"Far {number}", drugs=())
    codes = CaseFeatures.objects.get(case=seed).codes
    common: set[int] = set()
    found = candidates(codes, common)
    assert near.pk in found.cases
    assert set(found.counts.values()) == {1, 2, 3}
    assert common == {code for code, count in found.counts.items() if count == 3}
    assert candidates(codes, common) == found


def test_reading_takes_one_query_however_many_there_are() -> None:
    seed = publish_like("Seed")
    for number in range(7):
        publish_like(f"Like {number}")
    work()
    with CaptureQueriesContext(connection) as asked:
        shown = on_the_page(seed.accession)
    assert (len(asked), len(shown.rows)) == (1, 5)
