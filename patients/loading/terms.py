"""The terms of a batch: known by their slug, made, or refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from patients.document import CaseDocument
from patients.document.model import TermData
from patients.loading.decoding import Read
from patients.loading.problems import BadLineError, Problem, shown
from patients.models import Term
from patients.vocabulary import Category, TermKind

KIND_OF: Mapping[str, TermKind] = {
    Category.DIAGNOSIS: TermKind.DIAGNOSIS, Category.PATHOLOGY: TermKind.DIAGNOSIS,
    Category.SURGERY: TermKind.PROCEDURE, Category.INTERVENTION: TermKind.PROCEDURE,
    Category.IMAGING: TermKind.PROCEDURE, Category.DRUG: TermKind.DRUG,
}  # fmt: skip
"""What the term of an event is, by its category; else a finding."""


@dataclass(frozen=True, slots=True)
class KnownTerm:
    pk: int
    system: str
    code: str


class Terms:
    """What is known of terms, with those that one batch adds. Nothing is written here."""

    def __init__(self, known: Mapping[str, KnownTerm], *, make: bool) -> None:
        self._known, self._make = known, make
        self.new: dict[str, tuple[TermKind, TermData]] = {}
        self.found: dict[str, KnownTerm] = {}
        self._displays: dict[tuple[str, str], str] = {}
        self._codes: dict[tuple[str, str], str] = {}

    def look_up(self, lines: Iterable[Read]) -> None:
        """Two queries where a line names a term that is not known yet; else none."""
        told = {term.slug: term for line in lines for _, _, term in terms_of(line.document)}
        unknown = [slug for slug in told if slug not in self._known]
        if not unknown:
            return
        rows = Term.objects.filter(slug__in=unknown).values_list("slug", "pk", "system", "code")
        self.found = {slug: KnownTerm(pk, system, code) for slug, pk, system, code in rows}
        taken = Term.objects.filter(display__in=[told[slug].display for slug in unknown])
        self._displays = {
            (kind, display): slug
            for kind, display, slug in taken.values_list("kind", "display", "slug")
        }
        coded = Term.objects.filter(code__in=[told[s].code for s in unknown if told[s].code])
        self._codes = {
            (system, code): slug
            for system, code, slug in coded.values_list("system", "code", "slug")
        }

    def check(self, line: Read, where: str) -> None:
        """Raises BadLineError; then none of this line's terms is to be made."""
        problems: list[Problem] = []
        new: dict[str, tuple[TermKind, TermData]] = {}
        for path, kind, term in terms_of(line.document):
            reason = self._reason(kind, term, new)
            if reason:
                problems.append(Problem(f"{where}{path}", reason))
        if problems:
            raise BadLineError(problems)
        for slug, (kind, term) in new.items():
            self.new[slug] = (kind, term)
            self._displays[kind, term.display] = slug
            if term.code:
                self._codes[term.system, term.code] = slug

    def _reason(
        self, kind: TermKind, term: TermData, new: dict[str, tuple[TermKind, TermData]]
    ) -> str:
        known = self._known.get(term.slug) or self.found.get(term.slug)
        if known is not None:
            told = (term.system, term.code)
            if term.code and known.code and told != (known.system, known.code):
                return f"{term.slug} has the code {known.system} {known.code} here"
            return ""
        if term.slug in self.new or term.slug in new:
            return ""
        if not self._make:
            return f"{shown(term.slug)} is no term here; --make-terms makes it"
        other = self._displays.get((kind, term.display)) or self._codes.get(
            (term.system, term.code) if term.code else ("", "")
        )
        if other is not None:
            return f"{shown(term.display)} is known here as {other}"
        new[term.slug] = (kind, term)
        return ""

    def make(self) -> dict[str, KnownTerm]:
        """Writes the new ones; gives all that was not known before."""
        rows = Term.objects.bulk_create(
            Term(slug=term.slug, kind=kind, display=term.display, display_zh=term.display_zh,
                 system=term.system, code=term.code)
            for kind, term in self.new.values()
        )  # fmt: skip
        made = {row.slug: KnownTerm(row.pk, row.system, row.code) for row in rows}
        return self.found | made


def terms_of(document: CaseDocument) -> Iterator[tuple[str, TermKind, TermData]]:
    """Every term that is named, where, and what it is there."""
    if document.diagnosis:
        yield "diagnosis", TermKind.DIAGNOSIS, document.diagnosis
    if document.primary_site:
        yield "primary_site", TermKind.BODY_SITE, document.primary_site
    for index, event in enumerate(document.events):
        if event.term:
            kind = KIND_OF.get(event.category, TermKind.FINDING)
            yield f"events[{index}].term", kind, event.term
        if event.site:
            yield f"events[{index}].site", TermKind.BODY_SITE, event.site
        for place, result in enumerate(event.results):
            if result.term:
                path = f"events[{index}].results[{place}].term"
                yield path, TermKind.FINDING, result.term
    for index, finding in enumerate(document.imaging_findings):
        if finding.site:
            yield f"imaging_findings[{index}].site", TermKind.BODY_SITE, finding.site
    for index, lesion in enumerate(document.lesions):
        if lesion.site:
            yield f"lesions[{index}].site", TermKind.BODY_SITE, lesion.site
