"""What is written is read as it was; tags that we do not map come back as they came."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from literature.exporters.model import Record
from literature.exporters.registry import EXPORTERS
from literature.importers.registry import IMPORTERS, recognise
from tests.literature.exporters.records import records, texts

JOURNALS = ["article-journal"]
COMMON = ["article-journal", "book", "chapter", "report", "thesis", "dataset", "article"]
EXAMPLES = settings(max_examples=150, deadline=None)


def write(name: str, *given: Record) -> bytes:
    return "".join(EXPORTERS[name].write(given)).encode()


def read(name: str, data: bytes):
    return list(IMPORTERS[name].read(BytesIO(data)))


def without_key(csl):
    return {field: value for field, value in csl.items() if field != "id"}


def comparable(name: str, csl):
    """A book's own title is no container; PubMed's format has no place for some things."""
    kept = without_key(csl)
    if csl["type"] in ("book", "report", "thesis", "dataset", "article") and name in (
        "ris", "nbib",
    ):  # fmt: skip
        kept.pop("container-title", None)
    return kept


@pytest.mark.parametrize("name", list(EXPORTERS))
@EXAMPLES
@given(st.data())
def test_what_is_written_is_read_as_it_was(name, data):
    csl = data.draw(records(COMMON if name == "csl-json" else JOURNALS))
    output = write(name, Record("key1", csl))
    assert recognise(output).name == name
    entries = read(name, output)
    assert [without_key(entry.csl) for entry in entries] == [csl], output.decode()
    assert [entry.problems for entry in entries] == [()]


@pytest.mark.parametrize("name", list(EXPORTERS))
@pytest.mark.parametrize("kind", COMMON)
def test_every_kind_comes_back(name, kind):
    csl = {"type": kind, "title": "A title", "author": [{"family": "Doe", "given": "J"}],
           "issued": {"date-parts": [[2020]]}, "publisher": "A House"}  # fmt: skip
    if kind == "chapter":
        csl["container-title"] = "A book"
    (entry,) = read(name, write(name, Record("key1", csl)))
    assert without_key(entry.csl) == csl


UNMAPPED = {
    "ris": "TY  - JOUR\r\nAU  - Doe, Jane\r\nTI  - A title\r\nKW  - {0}\r\nKW  - second\r\n"
    "AD  - {1}\r\n  goes on\r\nU1  - 77\r\nER  - \r\n",
    "nbib": "PMID- 123\nTI  - A title.\nFAU - Doe, Jane\nJT  - A journal\nMH  - {0}\n"
    "MH  - *Second\nCRDT- 2020/01/01 00:00\nGR  - {1}\n      goes on\n",
    "bibtex": "@article{{doe,\n  title = {{A title}},\n  author = {{Doe, Jane}},\n"
    "  keywords = {{{0}}},\n  file = {{:home/doe.pdf:PDF}},\n  groups = {{{1}}}\n}}\n",
    "csl-json": '[{{"id": "doe", "type": "article-journal", "title": "A title", '
    '"keyword": "{0}", "X-own": {{"deep": ["{1}"]}}}}]',
}
PLAIN = texts(" -").filter(lambda text: "\\" not in text)


@pytest.mark.parametrize("name", list(EXPORTERS))
@EXAMPLES
@given(st.data())
def test_unmapped_tags_survive_as_often_as_they_go_around(name, data):
    first, second = data.draw(PLAIN), data.draw(PLAIN)
    (entry,) = read(name, UNMAPPED[name].format(first, second).encode())
    once = write(name, Record("doe", entry.csl, entry.original, name))
    assert first in once.decode()
    assert second in once.decode()
    (again,) = read(name, once)
    assert again.csl == entry.csl
    assert write(name, Record("doe", again.csl, again.original, name)) == once


HOSTILE = [
    "=HYPERLINK(\"http://x\")", "<script>alert(1)</script>", "TY  - JOUR", "ER  - ", "}, @evil{x,",
    "\\input{/etc/passwd}", "PMID- 1", "]] </x>", "%0Aname", "{{{{", '"quoted"', "a\\",
]  # fmt: skip


@pytest.mark.parametrize("name", list(EXPORTERS))
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_one_record_with_that_title(name, text):
    csl = {"type": "article-journal", "title": text, "container-title": f"J {text} J"}
    entries = read(name, write(name, Record("k", csl)))
    assert len(entries) == 1
    wanted = text.replace("</x>", "</x>")
    assert entries[0].csl["title"].replace(" ", "") == wanted.replace(" ", "")


@pytest.mark.parametrize("name", list(EXPORTERS))
def test_who_et_al_was_stays_known(name):
    csl = {"type": "article-journal", "title": "A title",
           "author": [{"family": "Doe", "given": "J"}],
           "custom": {"authors_truncated": True}}  # fmt: skip
    (entry,) = read(name, write(name, Record("k", csl)))
    assert without_key(entry.csl) == csl


@pytest.mark.parametrize("name", list(EXPORTERS))
def test_many_records_come_back_in_their_order(name):
    given = [
        Record(f"k{number}", {"type": "article-journal", "title": f"Title {number}"})
        for number in range(50)
    ]
    entries = read(name, write(name, *given))
    assert [entry.csl["title"] for entry in entries] == [f"Title {n}" for n in range(50)]
