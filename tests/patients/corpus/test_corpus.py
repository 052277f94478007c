"""A synthetic corpus: the same bytes for the same numbers, marked, spread as told, and right."""

from __future__ import annotations

import gzip
from collections import Counter
from io import StringIO
from pathlib import Path

import msgspec
import pytest
from django.core.management import CommandError, call_command

from literature.searching.folding import is_chinese
from patients.corpus.draws import accession, part_id, reference_id, report_id, zipf
from patients.corpus.lines import CHUNK, Corpus, lines_of
from patients.corpus.making import make
from patients.corpus.mark import MARK
from patients.document import CaseDocument
from patients.loading.checking import problems_of

COUNT, POOL = 240, 2_000


@pytest.fixture(scope="module")
def documents() -> list[CaseDocument]:
    return [make(7, number, POOL) for number in range(COUNT)]


def test_every_document_could_be_loaded(documents: list[CaseDocument]) -> None:
    assert [problems_of(document, synthetic=True) for document in documents] == [[]] * COUNT


def test_each_says_that_it_is_synthetic(documents: list[CaseDocument]) -> None:
    assert all(document.title.startswith(MARK) for document in documents)
    titles = {reference.title for document in documents for reference in document.references}
    assert all(title.startswith(MARK) for title in titles)
    block = b"".join(lines_of(Corpus(3, 7)))
    assert [msgspec.json.decode(line)["synthetic"] for line in block.splitlines()] == [True] * 3


def test_spread(documents: list[CaseDocument]) -> None:
    chinese = sum(any(map(is_chinese, document.summary)) for document in documents)
    assert 0.12 * COUNT < chinese < 0.28 * COUNT
    assert 9 < sum(len(document.events) for document in documents) / COUNT < 13
    cited = [len(list(citations(document))) for document in documents]
    assert 22 < sum(cited) / COUNT < 29
    diagnoses = Counter(document.diagnosis.slug for document in documents if document.diagnosis)
    assert diagnoses.most_common(1)[0][1] > 3 * COUNT / len(diagnoses)


def test_chinese_cases_have_chinese_labels(documents: list[CaseDocument]) -> None:
    for document in documents:
        labels = {bool(event.label_zh) for event in document.events if event.term}
        assert labels == {any(map(is_chinese, document.summary))}


def test_ids_never_meet(documents: list[CaseDocument]) -> None:
    ids = [event.id for document in documents for event in document.events]
    ids += [citation.id for document in documents for citation in citations(document)]
    assert len(ids) == len(set(ids))
    assert len({accession(7, number) for number in range(20_000)}) == 20_000
    far = {part_id(7, 2_000_000, 40), reference_id(7, 5_999_999), report_id(7, 1_999_999)}
    assert len(far) == 3


def test_zipf_stays_within_its_size() -> None:
    class Highest:
        def random(self) -> float:
            return 1 - 2**-53

    assert {zipf(Highest(), size) for size in (1, 7, 800)} <= {0, 6, 799}  # type: ignore[arg-type]


def test_the_same_seed_gives_the_same_bytes_in_any_number_of_processes() -> None:
    corpus = Corpus(CHUNK + 20, 7)
    whole = b"".join(lines_of(corpus, workers=1))
    assert b"".join(lines_of(corpus, workers=2)) == whole
    assert b"".join(lines_of(Corpus(corpus.count, 8), workers=1)) != whole
    part = b"".join(lines_of(Corpus(10, 7, start=100, works=corpus.pool), workers=1))
    assert whole.splitlines()[100:110] == part.splitlines()


def test_command_writes_plain_and_compressed(tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.jsonl", tmp_path / "a.jsonl.gz"
    for out in (plain, packed):
        call_command("make_corpus", "3", seed=7, out=out, stderr=StringIO())
    assert plain.read_bytes().count(b"\n") == 3
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()
    assert sorted(tmp_path.iterdir()) == [plain, packed]


@pytest.mark.parametrize("arguments", [["0", "--seed=7"], ["x", "--seed=7"], ["3", "--seed=-1"],
                                       ["3", "--seed=٣"], ["3"]])  # fmt: skip
def test_command_refuses_what_is_no_number(arguments: list[str]) -> None:
    with pytest.raises(CommandError, match=r"whole number|required"):
        call_command("make_corpus", *arguments)


def test_command_says_where_it_cannot_write(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("make_corpus", "3", seed=7, out=tmp_path / "missing" / "a.jsonl")


def citations(document: CaseDocument) -> list[object]:
    below = [*document.events, *document.imaging_findings]
    return [*document.citations, *(each for part in below for each in part.citations)]
