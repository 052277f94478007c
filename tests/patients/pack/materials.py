"""What packs are made of, made up without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from patients.derived.block import block_of
from patients.document import canonical_json, checksum
from patients.document.model import CaseDocument, ReferenceData
from patients.pack.model import Choices, Material
from tests.patients.derived import cases
from tests.patients.timeline.documents import document, event

AT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def shrinking() -> CaseDocument:
    """A tumour of 50 mm, then of 20: a partial response by rule."""
    made = cases.case_of(cases.sizes("50", "20"))
    return replace(made, derived=block_of(made), schema_version=4)


def with_report(found: CaseDocument, **told: Any) -> CaseDocument:
    """With a report as its source and only reference."""
    fields: dict[str, Any] = {
        "number": 1, "id": "RF1", "type": "article-journal", "authors": "Doe J", "doi": "",
        "title": "The report", "container_title": "Journal of Tests", "published": "", "pmid": "",
        "year": 2016, "pmcid": "", "study_design": "", "short": "Doe 2016", **told,
    }  # fmt: skip
    return replace(found, source="RF1", references=[ReferenceData(**fields)])


def material(found: CaseDocument | None = None, **changes: Any) -> Material:
    """Of version 2 of a case with one event; `changes` say what is otherwise."""
    found = found or document([event(0, label="Scan")])
    fields: dict[str, Any] = {
        "document": found,
        "json": canonical_json(found),
        "checksum": checksum(found),
        "version": 2,
        "published_at": AT,
        "is_withdrawn": False,
        "address": "https://casebase.example.org/cases/CB-TESTTES/v/2/",
        "pack_address": "https://casebase.example.org/cases/CB-TESTTES/v/2/pack.zip?width=180",
        "cite_as": "A case. Casebase CB-TESTTES, version 2.",
        "footer": "CB-TESTTES · version 2",
        "compared": (),
        "works": ({"type": "article-journal", "title": "The report"},),
        "care": {},
        "choices": Choices(),
        **changes,
    }
    return Material(**fields)


def draft(found: CaseDocument | None = None, **changes: Any) -> Material:
    fields = {"version": None, "published_at": None, "pack_address": "", "cite_as": "", **changes}
    return material(found, **fields)
