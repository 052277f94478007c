"""What a comparison is asked for: cases, columns, what the figure is laid upon, differences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from django.http import QueryDict

from patients.comparing import COLUMNS, Table, table_of
from patients.comparing.aligning import usual_alignment
from patients.document import CaseDocument
from patients.models import Case
from patients.models.case import ACCESSION_PATTERN
from patients.reading import CaseWithdrawnError, Reading, read_case
from patients.vocabulary import FEWEST_COMPARED, MOST_COMPARED, Alignment

ACCESSION: Final = re.compile(ACCESSION_PATTERN)
MOST_NAMED: Final = 20
"""Accessions that are looked at; more are no comparison but an attempt."""


@dataclass(slots=True)
class Comparison:
    """`readings` are what the user can read; `problems` say in sentences why the others are not
    there. Hidden and unknown cases read alike."""

    readings: list[Reading] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    align: str = ""
    """A value of `Alignment`; empty where the reader chose none."""
    differences: bool = False
    problems: list[str] = field(default_factory=list)

    @property
    def documents(self) -> list[CaseDocument]:
        return [reading.document for reading in self.readings]

    @property
    def accessions(self) -> list[str]:
        return [document.accession for document in self.documents]

    @property
    def may_be_drawn(self) -> bool:
        return FEWEST_COMPARED <= len(self.readings) <= MOST_COMPARED

    @property
    def alignment(self) -> Alignment:
        """The chosen one, or what most of the cases have."""
        return Alignment(self.align) if self.align else usual_alignment(self.documents)

    @property
    def table(self) -> Table:
        return table_of(self.documents, self.columns)

    def query(
        self, *, without: str = "", differences: bool | None = None, align: str | None = None
    ) -> str:
        """The permalink's query, of this comparison or of one a step away from it."""
        align = self.align if align is None else align
        pairs = [("case", name) for name in self.accessions if name != without]
        pairs += [("column", key) for key in self.columns]
        if align:
            pairs.append(("align", align))
        if self.differences if differences is None else differences:
            pairs.append(("differences", "1"))
        return urlencode(pairs)


def read_comparison(asked: QueryDict, user: Any) -> Comparison:
    """A query a case for readers. Nothing raises: what cannot be shown is said."""
    found = Comparison(differences=asked.get("differences") == "1")
    known = {column.key for column in COLUMNS}
    for key in dict.fromkeys(asked.getlist("column")):
        if key in known:
            found.columns.append(key)
        else:
            found.problems.append(f"There is no column “{key[:40]}”.")
    _read_alignment(found, asked.get("align", "").strip())
    names = [name.strip().upper() for name in asked.getlist("case") if name.strip()]
    for name in dict.fromkeys(names[:MOST_NAMED]):
        _read(found, name, user)
    if len(set(names)) < len(names):
        found.problems.append("A case is not compared with itself: each is shown once.")
    if len(found.readings) > MOST_COMPARED:
        found.problems.append(
            f"At most {MOST_COMPARED} cases are compared at once: the first {MOST_COMPARED} are "
            "shown."
        )
        del found.readings[MOST_COMPARED:]
    return found


def _read_alignment(found: Comparison, asked: str) -> None:
    if not asked or asked in Alignment.values:
        found.align = asked
        return
    known = ", ".join(Alignment.values)
    found.problems.append(f"Courses cannot be laid upon “{asked[:40]}”; they can upon {known}.")


def _read(found: Comparison, name: str, user: Any) -> None:
    if not ACCESSION.match(name):
        found.problems.append(f"“{name[:20]}” is no accession: one looks like CB-1A2B3C4.")
        return
    try:
        found.readings.append(read_case(name, user))
    except CaseWithdrawnError:
        found.problems.append(f"{name} was withdrawn.")
    except Case.DoesNotExist:
        found.problems.append(f"There is no case {name}.")
