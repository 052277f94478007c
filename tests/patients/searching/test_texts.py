"""Texts are cut one by one, some of them once and for all, as if all were one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from literature.searching.tokens import MAX_INDEXED, indexed
from patients.corpus.making import make
from patients.document import CaseDocument
from patients.searching.texts import SHORT, search_texts

ODD = (
    "Ｗide 肝门静脉 and ﬁbrosis",
    "\u0301accents é",
    "",
    "½ of ①",
    "TACE后，三维",
    "α-胎 β",
    "a b",
)


@pytest.fixture(scope="module")
def document() -> CaseDocument:
    return make(20, 3, 1_000)


def citing(document: CaseDocument, titles: list[str]) -> CaseDocument:
    work = document.references[0]
    return replace(document, references=[replace(work, title=title) for title in titles])


@pytest.mark.parametrize(
    "titles",
    [
        list(ODD),
        ["long " * SHORT, "short", "short"],
        [f"{number} {'x' * SHORT}" for number in range(MAX_INDEXED // SHORT + 9)],
    ],
    ids=["odd", "long", "too many"],
)
def test_as_if_all_were_one(document: CaseDocument, titles: list[str]) -> None:
    whole = " \n".join(dict.fromkeys(title for title in titles if title))
    for _ in range(2):
        assert search_texts(citing(document, titles)).d == indexed(whole)


def test_letters_that_are_many_when_folded_are_read_the_same() -> None:
    for text in ODD:
        assert indexed(f"{text} plain words") == f"{indexed(text)} plain words".strip()
