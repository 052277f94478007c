"""CSL-JSON, as Zotero, Crossref and we ourselves write it."""

import json

import pytest

from literature.csl import TYPES
from tests.literature.importers.reading import errors, has, read_all, read_one, warnings

FIELDS = [
    ({"volume": 12, "issue": "3"}, {"volume": "12", "issue": "3"}, set()),
    ({"page": "179–86"}, {"page": "179-186"}, set()),
    ({"issued": {"date-parts": [["2016", "5"]]}}, {"issued": {"date-parts": [[2016, 5]]}}, set()),
    ({"issued": {"raw": "2016-05-01"}}, {"issued": {"date-parts": [[2016, 5, 1]]}}, set()),
    ({"issued": "2016"}, {"issued": {"date-parts": [[2016]]}}, set()),
    ({"issued": {"date-parts": [[2016]], "season": 1}}, {"issued": {"date-parts": [[2016]]}},
     {"issued"}),
    ({"DOI": "https://doi.org/10.5555/ABC"}, {"DOI": "10.5555/abc"}, set()),
    ({"DOI": "none"}, {"DOI": None}, {"DOI"}),
    ({"URL": "https://doi.org/10.5555/abc"}, {"DOI": "10.5555/abc", "URL": None}, set()),
    ({"container-title": ["Journal", "J"]}, {"container-title": "Journal"}, {"container-title"}),
    ({"ISSN": ["1234-5678", "8765-4321"]}, {"ISSN": "1234-5678 8765-4321"}, set()),
    ({"author": [{"family": "A", "given": "B", "sequence": "first"}]},
     {"author": [{"family": "A", "given": "B"}]}, {"author"}),
    ({"author": [{"name": "A group"}]}, {"author": [{"literal": "A group"}]}, set()),
    ({"custom": {"authors_truncated": True}}, {"custom": {"authors_truncated": True}}, set()),
    ({"custom": {"mine": 1}}, {"custom": None}, {""}),
    ({"is-referenced-by-count": 3, "score": 1}, {"score": None}, {""}),
    ({"type": "post-weblog"}, {"type": "post"}, set()),
    ({"type": "bill"}, {"type": "document"}, {"type"}),
    ({"type": ""}, {"type": "document"}, {"type"}),
    ({"title": "<script>x</script>"}, {"title": "<script>x</script>"}, set()),
]  # fmt: skip
WRONG = [
    ({"title": ["a", 1]}, "title"), ({"title": {}}, "title"), ({"author": "Frilling"}, "author"),
    ({"author": [1]}, "author"), ({"author": [{}]}, "author"), ({"issued": [1]}, "issued"),
    ({"volume": True}, "volume"), ({"abstract": 5}, "abstract"), ({"title": "a\ud800"}, "title"),
    ({"title": "a\0"}, "title"), ({"abstract": "a\0"}, "abstract"), ({"title": None}, "title"),
    ({"issued": {"date-parts": [[99]]}}, "issued"), ({"author": [{"family": True}]}, "author"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "expected", "warned"), FIELDS)
def test_a_field_is_read(fields, expected, warned):
    item = {"type": "article-journal", "title": "A title"} | fields
    entry = read_one("csl-json", json.dumps([item]))
    has(entry, expected)
    assert (warnings(entry), errors(entry)) == (warned, set())


@pytest.mark.parametrize(("fields", "field"), WRONG)
def test_what_is_wrong_is_named(fields, field):
    item = {"type": "book", "title": "A title", "publisher": "A house"} | fields
    entry = read_one("csl-json", json.dumps(item))
    assert errors(entry) == {field}
    assert entry.csl["publisher"] == "A house"


@pytest.mark.parametrize("type_", TYPES)
def test_every_type_held_is_read_as_itself(type_):
    assert read_one("csl-json", json.dumps({"type": type_, "title": "x"})).csl["type"] == type_


def test_one_object_and_an_array_are_read_and_abstracts_are_texts():
    item = {"id": 7, "type": "book", "title": "x", "abstract": "Words"}
    one, [other] = read_one("csl-json", json.dumps(item)), read_all("csl-json", json.dumps([item]))
    assert one.csl == other.csl == {"id": "7", "type": "book", "title": "x"}
    assert one.texts == {"": "Words"}
    assert json.loads(one.original) == item


def test_items_after_a_broken_one_are_read():
    text = """[
    {"type": "book", "title": "One"},
    {"type": "book", "title": "Unclosed},
    {"type": "book", "title": "Three", "author": [{"family": "A"}],
    {"type": "book" "title": "Four"},
    {"type": "book", "title": "Five"}
    ]"""
    entries = read_all("csl-json", text)
    assert [entry.broken for entry in entries] == [False, True, True, True, False]
    assert [entry.line for entry in entries] == [2, 3, 4, 5, 6]
    assert entries[-1].csl["title"] == "Five"


def test_an_array_that_breaks_off_keeps_what_came_before():
    one, two = read_all("csl-json", '[{"type": "book", "title": "One"}, {"type": "book", "ti')
    assert (one.broken, two.broken) == (False, True)


def test_figures_too_long_for_a_number_break_their_own_item_only():
    text = '[{"type": "book", "volume": ' + "1" * 5000 + '}, {"type": "book", "title": "Two"}]'
    one, two = read_all("csl-json", text)
    assert (one.broken, two.broken) == (True, False)
