"""What a comparison is asked for: cases, columns, and whether differences are pointed out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from django.http import QueryDict

from patients.comparing import COLUMNS, MOST_CASES, Table, table_of
from patients.comparing.table import FEWEST_CASES
from patients.document import CaseDocument
from patients.models import Case
from patients.models.case import ACCESSION_PATTERN
from patients.reading import CaseWithdrawnError, read_case

ACCESSION: Final = re.compile(ACCESSION_PATTERN)
MOST_NAMED: Final = 20
"""Accessions that are looked at; more are no comparison but an attempt."""


@dataclass(slots=True)
class Comparison:
    """`documents` can be read by the user; `problems` say in sentences why the others are not
    there. Hidden and unknown cases read alike."""

    documents: list[CaseDocument] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    differences: bool = False
    problems: list[str] = field(default_factory=list)

    @property
    def accessions(self) -> list[str]:
        return [document.accession for document in self.documents]

    @property
    def may_be_drawn(self) -> bool:
        return FEWEST_CASES <= len(self.documents) <= MOST_CASES

    @property
    def table(self) -> Table:
        return table_of(self.documents, self.columns)

    def query(self, *, without: str = "", differences: bool | None = None) -> str:
        """The permalink's query, of this comparison or of one a step away from it."""
        pairs = [("case", name) for name in self.accessions if name != without]
        pairs += [("column", key) for key in self.columns]
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
    names = [name.strip().upper() for name in asked.getlist("case") if name.strip()]
    for name in dict.fromkeys(names[:MOST_NAMED]):
        _read(found, name, user)
    if len(set(names)) < len(names):
        found.problems.append("A case is not compared with itself: each is shown once.")
    if len(found.documents) > MOST_CASES:
        found.problems.append(
            f"At most {MOST_CASES} cases are compared at once: the first {MOST_CASES} are shown."
        )
        del found.documents[MOST_CASES:]
    return found


def _read(found: Comparison, name: str, user: Any) -> None:
    if not ACCESSION.match(name):
        found.problems.append(f"“{name[:20]}” is no accession: one looks like CB-1A2B3C4.")
        return
    try:
        found.documents.append(read_case(name, user).document)
    except CaseWithdrawnError:
        found.problems.append(f"{name} was withdrawn.")
    except Case.DoesNotExist:
        found.problems.append(f"There is no case {name}.")
