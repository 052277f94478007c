"""Lines on their own: what each holds, and what is wrong with it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from patients.loading.checking import problems_of
from patients.loading.decoding import Read, read, where_of
from patients.loading.problems import BadLineError, Problem, shown
from patients.loading.reading import Line
from patients.screening.case import of_document


@dataclass(slots=True)
class Looked:
    """The lines of one batch."""

    lines: list[Line]
    """All of them, empty ones too."""
    good: list[Read] = field(default_factory=list)
    bad: list[tuple[int, list[Problem]]] = field(default_factory=list)
    """Number of the line, and why."""


def look(lines: list[Line], *, screened: bool) -> Looked:
    """`screened` leaves out looking for text that could point to a person."""
    looked = Looked(lines)
    for line in lines:
        if not line.data and line.length <= 2:
            continue
        try:
            told = read(line)
            _refuse(told, screened)
        except BadLineError as error:
            looked.bad.append((line.number, error.problems))
        else:
            looked.good.append(told)
    return looked


def _refuse(line: Read, screened: bool) -> None:
    """Raises BadLineError."""
    where, document = where_of(line), line.document
    problems = problems_of(document, synthetic=line.synthetic)
    if not (problems or line.synthetic or screened):
        problems = [
            Problem(hit.place.field, f"{shown(hit.text)} in “{hit.place.label}” could point to "
                    "a person")
            for hit in of_document(document)
        ]  # fmt: skip
    if problems:
        raise BadLineError(
            Problem(f"{where}{each.field}".rstrip("."), each.reason) for each in problems
        )
