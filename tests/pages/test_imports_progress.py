"""Long imports: a page that works without JavaScript, and what it says."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from literature.import_presenters import Seen, progress_view
from literature.import_presenters.words import many, rate_words, size_words
from literature.models import Import, ImportState, ImportWorker
from tests import make
from tests.pages.importing import LIST, begin, ris
from tests.pages.rendering import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def researcher(client):
    user = make.make_user("researcher")
    client.force_login(user)
    return user


def under_way(user, **changes):
    imported = begin(ris("A study"), user)
    Import.objects.filter(pk=imported.pk).update(**changes)
    return imported


def show(client, imported, query=""):
    return client.get(imported.get_absolute_url() + query).content.decode()


def test_a_file_that_takes_long_waits_for_a_worker(client, researcher):
    text = "".join(ris(f"Study {number}", AB="x" * 1000) for number in range(220))
    answer = client.post("/references/add/", {"text": text})
    html = client.get(answer.url).content.decode()
    assert "Waiting to be read." in html
    assert "start the worker" in html
    ImportWorker.objects.create(name="one", seen_at=timezone.now())
    assert "start the worker" not in client.get(answer.url).content.decode()


def test_the_page_asks_again_by_itself_without_script(client, researcher):
    html = show(client, under_way(researcher, state="reading", done=1200, total=50_000))
    assert "1,200 of 50,000 done." in text_of(html)
    assert '<progress value="1200" max="50000"' in html
    refresh = html.split('<noscript><meta http-equiv="refresh" content="5;url=?seen=')[1]
    assert refresh.split('"')[0].endswith("-1200")


@pytest.mark.parametrize(
    ("state", "words"),
    [("waiting", "Waiting to be read."), ("reading", "Reading: 0 done."),
     ("saving", "Bringing in: 0 done.")],
)  # fmt: skip
def test_every_step_has_its_words(client, researcher, state, words):
    assert words in text_of(show(client, under_way(researcher, state=state, done=0, total=0)))


@pytest.mark.parametrize(
    "query", ["?seen=", "?seen=x-1", "?seen=1-x", "?seen=9999999999999-1", "?seen=٣-١"]
)
def test_a_look_that_makes_no_sense_is_left_out(client, researcher, query):
    imported = under_way(researcher, state="reading", done=1200, total=50_000)
    assert "row a second" not in show(client, imported, query)


def test_the_rate_is_found_from_two_looks():
    now = datetime(2026, 1, 1, tzinfo=UTC)
    imported = Import(state=ImportState.READING, done=3000, total=6000)
    before = Seen(now.timestamp() - 10, 1000)
    view = progress_view(imported, now=now, seen=before, worker_seen=True)
    assert view.rate == "About 200 rows a second, less than a minute to go."
    assert Seen.parse(view.again.removeprefix("?seen=")) == Seen(now.timestamp(), 3000)
    later = progress_view(
        imported,
        now=now + timedelta(seconds=10),
        seen=Seen(now.timestamp(), 3000),
        worker_seen=True,
    )
    assert later.rate == ""


@pytest.mark.parametrize(
    ("done", "total", "rate", "words"),
    [
        (0, 100, 0, ""),
        (0, 0, 250, "about 250 rows a second."),
        (0, 100_000, 100, "about 100 rows a second, about 17 minutes to go."),
        (0, 1_000_000, 100, "about 100 rows a second, about 3 hours to go."),
        (0, 10, 0.5, "less than a row a second, less than a minute to go."),
        (0, 10**9, 1, "about 1 row a second."),
    ],
)
def test_rates_in_words(done, total, rate, words):
    assert rate_words(done, total, rate) == words


def test_numbers_in_words():
    assert [many(1, "entry", "entries"), many(1204, "row")] == ["1 entry", "1,204 rows"]
    assert [size_words(n) for n in (1, 999, 12_400, 3_400_000)] == [
        "1 byte", "999 bytes", "12 KB", "3.4 MB",
    ]  # fmt: skip


def test_a_long_import_is_cancelled(client, researcher):
    imported = under_way(researcher, state="reading")
    answer = client.post(f"{imported.get_absolute_url()}cancel/", follow=True)
    assert "It was cancelled." in answer.content.decode()


def test_bringing_in_is_stopped_and_the_decisions_are_kept(client, researcher):
    imported = under_way(researcher, state="saving")
    answer = client.post(f"{imported.get_absolute_url()}cancel/", follow=True)
    assert "What will happen" in answer.content.decode()


def test_an_import_that_failed_says_why(client, researcher):
    imported = under_way(researcher, state="failed", error="Its braces are never closed.")
    html = show(client, imported)
    assert "It could not be read. Its braces are never closed." in html
    assert "Add references" in html


def test_the_list_of_imports(client, researcher):
    assert "Nothing has been brought in yet." in client.get(LIST).content.decode()
    begin(ris("A study"), researcher, name="=cmd.ris")
    under_way(researcher, state="saving")
    text = text_of(client.get(LIST).content.decode())
    assert "=cmd.ris Read, to be decided RIS 1 row" in text
    assert "Being brought in" in text
    assert client.get(f"{LIST}?page=2").status_code == 404


def test_the_list_comes_page_by_page_with_the_same_queries(
    client, researcher, django_assert_max_num_queries
):
    def count():
        with django_assert_max_num_queries(12) as counted:
            client.get(LIST)
        return len(counted)

    begin(ris("A study"), researcher)
    few = count()
    for _ in range(24):
        begin(ris("A study"), researcher)
    assert count() == few
    assert client.get(f"{LIST}?page=2").status_code == 200
