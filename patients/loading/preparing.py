"""What lines name, found in the base before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from patients.loading.decoding import Read, where_of
from patients.loading.known import Known
from patients.loading.problems import BadLineError, Problem, bad
from patients.loading.references import Library, Work
from patients.loading.terms import Terms
from patients.models import Case, Patient


@dataclass(frozen=True, slots=True)
class Rejected:
    line: int
    problems: list[Problem]

    def __str__(self) -> str:
        return f"line {self.line}: {BadLineError(self.problems).told()}"


@dataclass(slots=True)
class Prepared:
    """Lines that may be written, each with the works it cites by the ids of its document."""

    library: Library
    terms: Terms
    patients: dict[str, int]
    lines: list[tuple[Read, dict[str, Work]]] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


def prepare(lines: Sequence[Read], known: Known, *, make_terms: bool) -> Prepared:
    """A constant number of queries, however many lines there are."""
    library = Library(known.works)
    terms = Terms(known.terms, make=make_terms)
    library.look_up(lines)
    terms.look_up(lines)
    taken = set(
        Case.objects.filter(accession__in=[line.document.accession for line in lines])
        .order_by().values_list("accession", flat=True)
    )  # fmt: skip
    persons = _Persons(lines)
    prepared = Prepared(library, terms, persons.keys)
    for line in lines:
        try:
            if line.document.accession in taken:
                raise bad(f"{where_of(line)}accession", f"{line.document.accession} is in the base "
                          "already, or stood in an earlier line")  # fmt: skip
            persons.check(line)
            terms.check(line, where_of(line))
            works = library.works_of(line, where_of(line))
        except BadLineError as error:
            prepared.rejected.append(Rejected(line.number, error.problems))
        else:
            prepared.lines.append((line, works))
    return prepared


class _Persons:
    """A patient may appear in several reports: then all say the same of sex and country."""

    def __init__(self, lines: Sequence[Read]) -> None:
        ids = [line.document.patient.id for line in lines]
        rows = Patient.objects.filter(public_id__in=ids).order_by()
        found = list(rows.values_list("public_id", "pk", "sex", "country"))
        self.keys = {id: pk for id, pk, _, _ in found}
        self._told = {id: (sex, country) for id, _, sex, country in found}

    def check(self, line: Read) -> None:
        patient = line.document.patient
        told = (patient.sex, patient.country)
        if self._told.setdefault(patient.id, told) != told:
            raise BadLineError(self._problems(line, patient.id))

    def _problems(self, line: Read, id: str) -> Iterator[Problem]:
        path = f"{where_of(line)}patient"
        for name, known in zip(("sex", "country"), self._told[id], strict=True):
            if getattr(line.document.patient, name) != known:
                yield Problem(f"{path}.{name}", f"is not what another report says of patient {id}")
