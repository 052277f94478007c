"""A bibliographic record is normalised, or refused with the name of every field that is wrong."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from literature.csl import MAX_NAMES, MAX_TEXT, normalise_csl, validate_csl
from tests.make import make_csl

NUL, HALF_PAIR, TEN_MEGABYTES = "a\x00b", "a\ud800b", "x" * 10_000_000


def deep(levels: int = 200) -> Any:
    value: Any = "bottom"
    for _ in range(levels):
        value = [value]
    return value


REFUSED: list[tuple[str, Any]] = [
    ("type", "song"), ("type", 5), ("type", ["book"]), ("type", {}), ("type", None),
    ("title", 5.5), ("title", True), ("title", ["a"]), ("title", {"a": "b"}), ("title", "  "),
    ("title", NUL), ("title", HALF_PAIR), ("title", TEN_MEGABYTES), ("title", deep()),
    ("title", "x" * (MAX_TEXT + 1)), ("title", ""), ("title", 10**5000),
    ("volume", NUL), ("note", TEN_MEGABYTES), ("page", {"first": 1}),
    ("author", "Doe J"), ("author", {"family": "Doe"}), ("author", ["Doe"]), ("author", [[]]),
    ("author", [{"given": "J"}]), ("author", [{"family": NUL}]), ("author", [{"family": None}]),
    ("author", [{"family": HALF_PAIR}]), ("author", [{"family": TEN_MEGABYTES}]),
    ("author", [{"family": "Doe", "orcid": "x"}]), ("author", [{"family": "Doe", 5: "x"}]),
    ("author", [{"family": "Doe"}] * (MAX_NAMES + 1)), ("author", deep()),
    ("issued", 2016), ("issued", "2016"), ("issued", {"raw": "2016"}), ("issued", [2016]),
    ("issued", {"date-parts": 2016}), ("issued", {"date-parts": []}),
    ("issued", {"date-parts": [[]]}), ("issued", {"date-parts": [2016]}),
    ("issued", {"date-parts": [["2016"]]}), ("issued", {"date-parts": [[True]]}),
    ("issued", {"date-parts": [[2016.0]]}), ("issued", {"date-parts": [[999]]}),
    ("issued", {"date-parts": [[2101]]}), ("issued", {"date-parts": [[2016, 0]]}),
    ("issued", {"date-parts": [[2016, 13]]}), ("issued", {"date-parts": [[2016, 1, 32]]}),
    ("issued", {"date-parts": [[2016, 1, 1, 1]]}), ("issued", {"date-parts": [[2016]] * 3}),
    ("issued", {"date-parts": [[2016]], "season": 1}), ("issued", {"date-parts": deep()}),
    ("DOI", "none"), ("DOI", 10.5), ("DOI", NUL), ("PMID", "x"), ("PMID", -1), ("PMCID", 1),
    ("URL", "ftp://example.org"), ("URL", "javascript:alert(1)"), ("URL", "https://"),
    ("custom", {"anything": 1}), ("custom", "x"), ("custom", {"authors_truncated": "yes"}),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), REFUSED, ids=[row[0] for row in REFUSED])
def test_bad_field_is_named(field: str, value: Any) -> None:
    with pytest.raises(ValidationError) as caught:
        normalise_csl({**make_csl(), field: value})
    messages = caught.value.messages
    assert [message.split(":")[0] for message in messages] == [field]
    assert len(messages[0]) < 500


@pytest.mark.parametrize("record", [None, [], "text", 5, True, [make_csl()]])
def test_only_an_object_is_a_record(record: Any) -> None:
    with pytest.raises(ValidationError, match="is an object"):
        normalise_csl(record)


def test_all_wrong_fields_are_named_at_once() -> None:
    with pytest.raises(ValidationError) as caught:
        normalise_csl({"type": "song", "PMID": "x", "colour": "red"})
    assert {message.split(":")[0] for message in caught.value.messages} == {
        "type", "title", "PMID", "colour",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["colour", "x" * 10_000_000, "\ud800", "a\x00", "", "ABSTRACT"])
def test_unknown_field_is_refused_in_words_that_can_be_sent(name: str) -> None:
    with pytest.raises(ValidationError, match="is not a field") as caught:
        normalise_csl({**make_csl(), name: "value"})
    message = caught.value.messages[0]
    assert len(message) < 500
    assert message.encode("utf-8").count(b"\x00") == 0


def test_unknown_part_of_a_name_is_refused_in_words_that_can_be_sent() -> None:
    with pytest.raises(ValidationError, match="unknown part") as caught:
        normalise_csl(make_csl(author=[{"family": "Doe", "\ud800" * 1000: "x"}]))
    assert len(caught.value.messages[0].encode("utf-8")) < 500


def test_a_record_is_not_larger_than_the_search_column_can_hold() -> None:
    names = [{"family": f"{number:05}" * 40} for number in range(MAX_NAMES)]
    with pytest.raises(ValidationError, match="too long"):
        normalise_csl(make_csl(author=names))


def test_normal_form() -> None:
    record = make_csl(
        DOI="https://doi.org/10.5555/ABC", PMID=12345, PMCID="pmc7", volume=159,
        title=" Two \n lines ", note="", editor=[], publisher=None, custom={},
    )  # fmt: skip
    clean = normalise_csl(record)
    assert (clean["DOI"], clean["PMID"], clean["PMCID"]) == ("10.5555/abc", "12345", "PMC7")
    assert (clean["volume"], clean["title"]) == ("159", "Two lines")
    assert not {"note", "editor", "publisher", "custom"} & set(clean)


def test_normal_form_is_kept() -> None:
    record = make_csl(
        author=[{"family": "Berg", "non-dropping-particle": "van den"}, {"literal": "A group"}],
        issued={"date-parts": [[2015, 12, 1], [2016]]},
        URL="https://example.org/paper",
        custom={"authors_truncated": True},
    )
    assert normalise_csl(record) == record
    validate_csl(record)


@pytest.mark.parametrize("changes", [{"DOI": "10.5555/ABC"}, {"note": ""}, {"volume": 12}])
def test_model_field_takes_normal_records_only(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="normal form"):
        validate_csl({**make_csl(), **changes})
