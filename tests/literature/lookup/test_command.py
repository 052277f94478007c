"""`manage.py look_up`: identifiers told, the library checked and taken up where it was left."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from literature.lookup.services import PATIENT
from literature.models import Notice, NoticeCheck
from literature.rechecking import recheck, waiting
from tests import make
from tests.literature.lookup.asking import client_of
from tests.literature.lookup.keeping import ARTICLE, keep_article, keep_retracted, switch_on
from tests.literature.lookup.server import Call, serve
from tests.literature.lookup.services import RETRACTED, both_services

pytestmark = pytest.mark.django_db
RETRACTED_TITLE = (
    "Ileal-lymphoid-nodular hyperplasia, non-specific colitis, and pervasive developmental "
    "disorder in children"
)
MONTH = timedelta(days=30)


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("look_up", *arguments, stdout=out)
    return out.getvalue()


def test_identifiers_are_told_in_words_and_as_json(settings) -> None:
    switch_on(settings)
    keep_article()
    keep_retracted()
    told = run(ARTICLE, f"https://doi.org/{RETRACTED}")
    assert f"{ARTICLE}: Doe Jane B., Jr, 王 Li. An article for tests" in told
    assert "Journal of Tests 2016;12(3):179–186" in told
    assert "Retracted 2010 10.1016/s0140-6736(10)60175-4" in told
    first = json.loads(run(ARTICLE, "--json"))
    assert (first["identifier"], first["service"]) == (ARTICLE, "Crossref")
    assert first["csl"]["volume"] == "12"


def test_what_leads_to_nothing_ends_with_an_error(settings) -> None:
    switch_on(settings)
    keep_article()
    out = StringIO()
    with pytest.raises(CommandError, match="2 of 3 led to nothing"):
        call_command("look_up", ARTICLE, "hello", "31415", stdout=out)
    assert "hello: is not a DOI, PMID, PMCID" in out.getvalue()
    assert "31415: PubMed is asked too often" in out.getvalue()


@pytest.mark.parametrize("arguments", [[], ["--all", "10.5555/1"], ["--all", "--older-than", "x"]])
def test_misuse_is_said(settings, arguments) -> None:
    switch_on(settings)
    with pytest.raises(CommandError):
        run(*arguments)


def test_switched_off_is_said() -> None:
    with pytest.raises(CommandError, match="CASEBASE_CONTACT"):
        run("--all")


def test_the_library_is_checked_and_then_left_for_a_month(settings) -> None:
    switch_on(settings)
    keep_retracted()
    make.make_reference({"DOI": RETRACTED, "PMID": "9500320", "title": RETRACTED_TITLE})
    make.make_reference()  # without an identifier there is nothing to ask
    told = run("--all")
    assert "1 references to check." in told
    assert "Retracted (Crossref)" in told
    assert "1 checked." in told
    assert Notice.objects.count() == 3
    assert "0 references to check." in run("--all")
    NoticeCheck.objects.update(checked_at=timezone.now() - timedelta(days=31))
    assert "1 references to check." in run("--all")
    assert Notice.objects.count() == 3


def test_what_could_not_be_asked_is_left_for_the_next_run(settings) -> None:
    switch_on(settings)
    make.make_reference({"DOI": ARTICLE, "title": "An article for tests"})
    with pytest.raises(CommandError, match="1 could not be checked"):
        run("--all")
    assert waiting(MONTH).count() == 1
    keep_article()
    assert "1 checked." in run("--all")


def test_a_check_that_was_broken_off_goes_on() -> None:
    first = make.make_reference({"PMID": "999999901", "title": "An article for tests"})
    second = make.make_reference({"PMID": "999999902", "title": "A study in another language"})
    with serve(both_services) as server, client_of(server, PATIENT) as client:
        checking = recheck(client, MONTH)
        assert next(checking).reference == first
        checking.close()
        assert list(waiting(MONTH)) == [second]
        assert [one.reference for one in recheck(client, MONTH)] == [second]
    assert waiting(MONTH).count() == 0
    assert list(first.notices.values_list("kind", flat=True)) == ["erratum"]


def test_a_record_with_another_title_says_nothing_of_ours() -> None:
    reference = make.make_reference({"PMID": "999999901", "title": "Something else"})
    with serve(both_services) as server, client_of(server) as client:
        (checked,) = recheck(client, MONTH)
    assert checked.new == []
    assert not reference.notices.exists()


def test_one_service_that_fails_leaves_it_unchecked_but_keeps_what_the_other_said() -> None:
    reference = make.make_reference({"DOI": RETRACTED, "PMID": "9500320", "title": RETRACTED_TITLE})

    def no_crossref(call: Call) -> None:
        if "works" in call.target:
            call.answer(b"", status="500 Oh")
        else:
            both_services(call)

    with serve(no_crossref) as server, client_of(server) as client:
        (checked,) = recheck(client, MONTH)
    assert checked.problem.startswith("Crossref could not be reached")
    assert set(reference.notices.values_list("source", flat=True)) == {"pubmed"}
    assert list(waiting(MONTH)) == [reference]
