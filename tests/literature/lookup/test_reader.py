"""Identifiers as a format to bring references in by."""

from __future__ import annotations

from io import BytesIO

import pytest

from literature.importers.model import UnreadableError
from literature.lookup import IDENTIFIERS, Identifiers
from tests.literature.lookup.asking import client_of
from tests.literature.lookup.server import serve
from tests.literature.lookup.services import both_services

pytestmark = pytest.mark.django_db


def test_entries_in_order_with_the_broken_ones_named() -> None:
    typed = "10.5555/look-up.1\n\nhello\nPMID 999999902; 999999909"
    with serve(both_services) as server:
        entries = list(Identifiers(client_of(server)).read(BytesIO(typed.encode())))
    assert [(one.position, one.line, one.broken) for one in entries] == [
        (1, 1, False), (2, 3, True), (3, 4, False), (4, 4, True),
    ]  # fmt: skip
    assert entries[1].problems[0].reason == "“hello” is not a DOI, PMID, PMCID or a link to one"
    assert entries[3].problems[0].reason == "PubMed does not know this identifier."
    assert entries[3].csl == {"PMID": "999999909"}


def test_recognised_by_content_alone() -> None:
    assert IDENTIFIERS.recognises("\ufeff10.5555/a\r\nPMC1".encode()) == 1
    assert IDENTIFIERS.recognises(b"TY  - JOUR\nDO  - 10.5555/a\nER  -") == 0
    assert IDENTIFIERS.recognises(b"1. Doe J. Title. 10.5555/a") == 0
    assert IDENTIFIERS.recognises(b"\x00\xff") == 0


def test_switched_off_is_a_refusal_in_a_sentence() -> None:
    with pytest.raises(UnreadableError, match="CASEBASE_CONTACT"):
        list(IDENTIFIERS.read(BytesIO(b"10.5555/a")))


def test_too_many_are_refused_before_anything_is_asked() -> None:
    typed = "\n".join(map(str, range(1, 1002)))
    with serve(both_services) as server:
        reader = Identifiers(client_of(server))
        with pytest.raises(UnreadableError, match="at most 1,000"):
            list(reader.read(BytesIO(typed.encode())))
    assert server.calls == []


def test_a_long_list_is_recognised_by_its_beginning() -> None:
    typed = "\n".join(f"10.5555/{number}" for number in range(10_000)).encode()
    for end in range(65_536, 65_556):  # wherever the last line is cut
        assert IDENTIFIERS.recognises(typed[:end]) == 1
