"""Files of every format, damaged or grown at random: nothing crashes, hangs or yields half a row.

CASEBASE_FUZZ_INPUTS sets how many inputs there are over everything that reads (`make fuzz`). A
failure shows the name of its input, which makes the same one again, and a small one that fails
alike, for `test_what_was_found`.
"""

import random
from collections.abc import Iterator
from io import BytesIO

import pytest

from literature.csl import normalise_csl
from literature.importers.model import Entry, Severity, UnreadableError
from literature.importers.registry import IMPORTERS, recognise
from literature.lookup import crossref_record, pubmed
from literature.lookup.found_notices import notices_of
from literature.lookup.identifiers_in import identifiers_in, only_identifiers
from tests.fuzzing.amounts import IMPORTER_INPUTS, share
from tests.fuzzing.damage import damaged
from tests.fuzzing.trying import in_words, try_all
from tests.literature.importers.grown import grown
from tests.literature.importers.samples import PASTED, SAMPLES
from tests.literature.lookup.asking import answer

pytestmark = pytest.mark.fuzz
FILES = SAMPLES | {"pasted": [PASTED]}
ALL = [sample.encode() for samples in FILES.values() for sample in samples]
ENCODINGS = ["utf-8", "utf-16", "utf-16-le", "latin-1", "cp1252", "gb18030", "utf-8-sig", "utf-7"]
EACH = share(IMPORTER_INPUTS, 2 * len(FILES))
"""Half of all are files; the rest is what other tests and the readers of answers are given."""
ANSWERS = ["crossref_list.json", "crossref_retracted.json", "pubmed_retracted.xml"]


def inputs(name: str, count: int) -> Iterator[tuple[str, bytes]]:
    """Two of five are grown, and some of these damaged too."""
    for number in range(count):
        dice = random.Random(f"{name} {number}")
        if number % 5 < 2:
            raw = grown(name, dice)
        else:
            encoding = dice.choice(ENCODINGS) if dice.random() < 0.25 else "utf-8"
            raw = dice.choice(FILES[name]).encode(encoding, "replace")
        if number % 5:
            raw = damaged(raw, ALL, dice)
        yield f"{name} {number}", raw


def whole(entry: Entry) -> bool:
    """Whether what was read can be kept as it stands, or says that it cannot."""
    if any(problem.severity is Severity.ERROR for problem in entry.problems):
        return all(problem.reason for problem in entry.problems)
    return normalise_csl(entry.csl) == entry.csl


def check(name: str, raw: bytes) -> int:
    """How many records were read from it."""
    try:
        entries = list(IMPORTERS[name].read(BytesIO(raw)))
    except UnreadableError as error:
        in_words(error)
        return 0
    assert all(map(whole, entries))
    assert [entry.position for entry in entries] == [*range(1, len(entries) + 1)]
    for text in (text for entry in entries for text in (entry.original, *entry.texts.values())):
        assert "\0" not in text
        text.encode()
    return len(entries)


@pytest.mark.parametrize("name", sorted(FILES))
def test_nothing_crashes_hangs_or_leaves_half_a_row(name):
    read = []
    tried = try_all(inputs(name, EACH), lambda raw: read.append(check(name, raw)))
    assert tried == EACH
    assert sum(map(bool, read)) > EACH / 3, "Most inputs must get as far as a record."


def recognised(raw: bytes) -> str:
    try:
        return recognise(raw).name
    except UnreadableError as error:
        in_words(error)
        return ""


@pytest.mark.parametrize("name", sorted(FILES))
def test_whatever_is_recognised_or_refused_is_so_without_a_crash(name):
    found = []
    count = share(EACH, 5)
    try_all(inputs(name, count), lambda raw: found.append(recognised(raw)))
    assert set(found) <= {"", *IMPORTERS}
    assert found.count(name) > count / 5


def answers(count: int) -> Iterator[tuple[str, bytes]]:
    sound = [answer(name) for name in ANSWERS]
    for number in range(count):
        dice = random.Random(f"answer {number}")
        yield f"answer {number}", damaged(dice.choice(sound), sound, dice)


def read_answer(raw: bytes) -> None:
    """A record of Crossref or PubMed, as far as the client lets it through: as text."""
    body = raw.decode("utf-8", "replace")
    for format, entry_of in (
        ("crossref", crossref_record.entry_of),
        ("pubmed-xml", pubmed.entry_of),
    ):
        try:
            assert whole(entry_of(body))
        except ValueError as error:
            in_words(error)
        for notice in notices_of(format, body):
            assert notice.kind
            assert notice.note.encode() is not None


def test_an_answer_of_another_service_is_read_or_refused():
    try_all(answers(share(EACH, 2)), read_answer)


def identified(raw: bytes) -> None:
    text = raw.decode("utf-8", "replace")
    assert only_identifiers(text) is (
        bool(found := identifiers_in(text)) and all(one.kind for one in found)
    )
    assert all(one.value for one in found if one.kind)


def test_a_box_of_identifiers_takes_anything():
    sound = (
        b"10.5555/one, PMID: 12345; PMC55 https://doi.org/10.5555/a(b)c\nhttps://example.org/a?b\n"
    )

    def boxes() -> Iterator[tuple[str, bytes]]:
        for number in range(EACH):
            dice = random.Random(f"box {number}")
            yield f"box {number}", damaged(sound * dice.choice([1, 1, 3]), [sound, *ALL], dice)

    try_all(boxes(), identified)


FOUND = [
    ("csl-json", b'{"author":0}'),
    ("csl-json", b'[{"title":"a","editor":1.5,"type":"book"}]'),
]
"""Format and input of what once broke."""


@pytest.mark.parametrize(("name", "raw"), FOUND)
def test_what_was_found(name, raw):
    check(name, raw)
