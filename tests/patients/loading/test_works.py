"""A work that is made of a document's words says the same words again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from literature.csl import normalise_csl
from patients.document.model import NoticeData, ReferenceData
from patients.loading.problems import BadLineError
from patients.loading.works import csl_of, in_short

DEMO = json.loads((Path(settings.BASE_DIR) / "demo" / "references.json").read_text("utf-8"))
PLAIN = {"type": "article-journal", "title": "A study"}
DOE, ROE = {"family": "Doe", "given": "J"}, {"family": "van Roe", "given": "R A"}


NOTHING = ReferenceData(0, "0123456789", *[""] * 5, None, *[""] * 5)


def told_of(record: dict[str, Any]) -> ReferenceData:
    return in_short(normalise_csl(record), NOTHING)


FORMS: list[dict[str, Any]] = [
    PLAIN,
    {**PLAIN, "author": [DOE]},
    {**PLAIN, "author": [DOE, ROE], "issued": {"date-parts": [[2016, 5]]}},
    {**PLAIN, "author": [DOE, ROE, DOE]},
    {**PLAIN, "author": [ROE] * 9, "issued": {"date-parts": [[2016]]}},
    {**PLAIN, "author": [DOE], "custom": {"authors_truncated": True}},
    {**PLAIN, "author": [{"literal": "A Study Group"}, DOE]},
    {**PLAIN, "author": [{"family": "Doe", "given": "J", "suffix": "Jr"}, ROE]},
    {**PLAIN, "container-title": "Journal", "volume": "12", "issue": "3", "page": "34-56"},
    {**PLAIN, "container-title": "Journal: a part; more (2)", "page": "34-56"},
    {**PLAIN, "issued": {"date-parts": [[2016]]}, "issue": "3", "page": "e12"},
    {**PLAIN, "container-title": "Journal", "volume": "12(3)", "page": "1-2, 5-6"},
]


@pytest.mark.parametrize("record", [*FORMS, *DEMO], ids=range(len(FORMS) + len(DEMO)))
def test_words_come_back(record: dict[str, Any]) -> None:
    told = told_of({k: v for k, v in record.items() if k != "id"})
    assert in_short(csl_of(told, None), told) == told


def test_what_the_line_brings_must_agree() -> None:
    told = told_of(FORMS[2])
    assert csl_of(told, FORMS[2])["author"] == [DOE, ROE]
    for field, value in (("title", "Another"), ("DOI", "10.5555/other"),
                         ("issued", {"date-parts": [[2017]]})):  # fmt: skip
        with pytest.raises(BadLineError, match=f"{field}: is not what the document says"):
            csl_of(told, {**FORMS[2], field: value})


def test_what_is_no_record() -> None:
    told = told_of(PLAIN)
    with pytest.raises(BadLineError, match="type"):
        csl_of(replace(told, type="song"), None)
    with pytest.raises(BadLineError, match="DOI"):
        csl_of(replace(told, doi="no DOI"), None)
    with pytest.raises(BadLineError, match="study_design"):
        csl_of(replace(told, study_design="guess"), None)
    with pytest.raises(BadLineError, match="colour"):
        csl_of(told, {**PLAIN, "colour": "red"})
    with pytest.raises(BadLineError, match="notices"):
        csl_of(replace(told, notices=[NoticeData("rumour", None, [], [], ["person"])]), None)
