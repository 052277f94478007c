"""Data files → records. Idempotent: what was loaded once is never loaded again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from literature.csl import normalise_csl
from literature.models import Reference, ReferenceListItem, SourceText, StudyFact
from patients.actions import cases
from patients.demo import files
from patients.demo.case_rows import CaseRows, checked
from patients.models import Case, DemoRecord, Term

OWN_WORDS = "Written for Casebase"


class Loader:
    """Loads `folder`, remembering each record by a key of its own in DemoRecord."""

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self.folder = folder
        self.say = say
        self.loaded = set(DemoRecord.objects.values_list("key", flat=True))
        self.keys: list[str] = []

    @transaction.atomic
    def load(self) -> None:
        """All of the folder, or nothing. Raises DemoDataError."""
        self._each("terms", "term", files.read(self.folder / "terms.yaml"), "slug", self._term)
        records = files.read(self.folder / "references.json")
        studies = files.read(self.folder / "studies.yaml")
        self._each(
            "references", "reference", records, "id",
            lambda record: self._reference(record, studies.get(record["id"], {})),
        )  # fmt: skip
        lists = files.read(self.folder / "reference_lists.yaml")
        self._each("reference lists", "list", lists, "work", self._list)
        self._each("cases", "case", files.read_cases(self.folder), "accession", self._case)
        DemoRecord.objects.bulk_create(DemoRecord(key=key) for key in self.keys)

    def _each(
        self,
        what: str,
        kind: str,
        rows: list[dict[str, Any]],
        key_field: str,
        make: Callable[[dict[str, Any]], None],
    ) -> None:
        new = [row for row in rows if f"{kind}:{row[key_field]}" not in self.loaded]
        for row in new:
            try:
                with transaction.atomic():
                    make(row)
            except (ValidationError, IntegrityError, KeyError, TypeError, ValueError) as error:
                raise files.DemoDataError(f"{kind} {row[key_field]}: {error!r}") from error
            self.keys.append(f"{kind}:{row[key_field]}")
        self.say(f"{len(new)} new {what}, {len(rows) - len(new)} kept as they are")

    def _term(self, row: dict[str, Any]) -> None:
        if not Term.objects.filter(slug=row["slug"]).exists():
            checked(Term(**row)).save()

    def _reference(self, record: dict[str, Any], study: dict[str, Any]) -> None:
        csl = normalise_csl(record)
        if Reference.objects.with_identifier(csl).exists():
            return
        reference = checked(
            Reference(
                csl=csl,
                study_design=study.get("study_design", ""),
                patients_covered=study.get("patients_covered"),
            )
        )
        reference.save()
        for position, fact in enumerate(study.get("facts", [])):
            checked(StudyFact(reference=reference, position=position, **fact)).save()
        for text in study.get("texts", []):
            checked(
                SourceText(reference=reference, depth="summary", licence=OWN_WORDS, **text)
            ).save()

    def _list(self, row: dict[str, Any]) -> None:
        references = self._references()
        ReferenceListItem.objects.bulk_create(
            ReferenceListItem(
                work=references[row["work"]],
                number=item["number"],
                reference=references[item["reference"]] if item.get("reference") else None,
                raw=item.get("raw", ""),
            )
            for item in row["items"]
        )

    def _case(self, row: dict[str, Any]) -> None:
        if Case.objects.filter(accession=row["accession"]).exists():
            return
        terms = {term.slug: term for term in Term.objects.all()}
        case = CaseRows(row, terms=terms, references=self._references()).save()
        cases.publish(case=case, by=None)

    def _references(self) -> dict[str, Reference]:
        """By the key that the data files use: the id of the CSL record."""
        return {str(row.csl.get("id")): row for row in Reference.objects.exclude(csl__id=None)}
