"""What the steps of a citation show: where it will stand, what can be cited, what a quote finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from literature import wording
from literature.models import Reference, ReferenceListItem
from literature.quote_check import Claim, Verdict, check_quotes, source_texts
from literature.quotes import Passage, nearest_passage
from literature.quotes.find import Found, Quote, Searched, find_quote
from literature.quotes.wording import QuoteCheck, quote_check
from literature.search import search_references
from patients.actions import citations
from patients.actions.revisions_citing import proposed_citations
from patients.document import CaseDocument
from patients.document.parts import finding_label
from patients.models import Case, Citation, Event, ImagingFinding
from patients.presenters.waiting import WaitingCitation, proposed, waiting_citations
from patients.querysets import sees_unpublished
from patients.reading import read_case

NOTHING_HERE: Final = "There is nothing to cite for at this address."
FOUND: Final = 20
LATELY: Final = 5
AROUND: Final = 80
"""Characters shown on either side of a quote that was found."""


MAY_CITE: Final = "patients.add_citation"


def may_cite(user: Any) -> bool:
    return bool(user.is_authenticated and user.has_perm(MAY_CITE))


def waiting_for(accession: str, user: Any) -> list[WaitingCitation]:
    """What `user` added to the case or proposed for it, and readers do not see yet; no query for
    those who may not."""
    if not may_cite(user):
        return []
    case = Case.objects.only("pk").get(accession=accession)
    proposals = proposed(proposed_citations(case=case.pk, by=user))
    return [*proposals, *waiting_citations(citations.waiting(case=case.pk, by=user))]


def cites_directly(user: Any) -> bool:
    """Whether what they cite stands on the working record at once; others propose it."""
    return sees_unpublished(user) and bool(user.has_perm("patients.change_case"))


@dataclass(frozen=True, slots=True)
class Target:
    """What a citation will stand on: the case as this user sees it, and perhaps a part of it."""

    document: CaseDocument
    published: bool
    """Whether this is the published version: the citation shows with the next one."""
    case: Case
    event: Event | None = None
    finding: ImagingFinding | None = None
    label: str = "The case as a whole"

    @property
    def url(self) -> str:
        return reverse(self._name, args=self._args)

    @property
    def back(self) -> str:
        """Where it stands on the page of the case."""
        page = self.case.get_absolute_url()
        if self.event:
            return f"{page}#event-{self.event.public_id}"
        return f"{page}#finding-{self.finding.public_id}" if self.finding else page

    @property
    def on(self) -> str:
        return f"“{self.label}”" if self.event or self.finding else "the case"

    @property
    def _name(self) -> str:
        if self.event:
            return "patients:cite-event"
        return "patients:cite-finding" if self.finding else "patients:cite-case"

    @property
    def _args(self) -> list[str]:
        part = self.event or self.finding
        return [self.case.accession, *([part.public_id] if part else [])]


def target_or_404(accession: str, user: Any, *, event: str = "", finding: str = "") -> Target:
    """A case, or a part of it, as `user` may see it, that the working record still has.

    Raises Http404 alike for what is hidden, unknown or removed.
    """
    try:
        reading = read_case(accession, user)
        case = Case.objects.get(accession=accession)
        document, published = reading.document, reading.version is not None
        if event:
            told = next(row for row in document.events if row.id == event)
            row = Event.objects.get(case=case, public_id=event)
            return Target(document, published, case, event=row, label=told.label)
        if finding:
            seen = next(row for row in document.imaging_findings if row.id == finding)
            of = next(row for row in document.events if row.id == seen.event)
            found = ImagingFinding.objects.get(case=case, public_id=finding)
            label = finding_label(seen, of.label)
            return Target(document, published, case, finding=found, label=label)
    except (Case.DoesNotExist, Event.DoesNotExist, ImagingFinding.DoesNotExist, StopIteration):
        raise Http404(NOTHING_HERE) from None
    return Target(document, published, case)


@dataclass(frozen=True, slots=True)
class Choice:
    """A reference that can be chosen. `number` is the one it has in the list it is shown in."""

    id: str
    number: int | None
    short: str
    title: str
    report_number: int | None = None
    """The number it would be cited with, from the report's own list."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The lists of the first step."""

    cited: list[Choice]
    of_report: list[Choice]
    lately: list[Choice]
    found: list[Choice]


def choices_for(target: Target, words: str, user: Any) -> Choices:
    """Three queries, or four where something is searched for."""
    cited = [Choice(row.id, row.number, row.short, row.title) for row in target.document.references]
    lately = Reference.objects.filter(added_by=user).defer("search").order_by("-pk")[:LATELY]
    return Choices(
        cited=cited,
        of_report=_list_of_report(target.document.source),
        lately=[_choice(row) for row in lately],
        found=[_choice(row) for row in _found(words, user)],
    )


def _list_of_report(source: str | None) -> list[Choice]:
    items = ReferenceListItem.objects.filter(work__public_id=source or "", reference__isnull=False)
    rows = items.select_related("reference").defer("reference__search").order_by("number")
    return [_choice(item.reference, item.number) for item in rows if item.reference]


def _choice(row: Reference, number: int | None = None) -> Choice:
    short = wording.short_citation(row.csl)
    return Choice(row.public_id, number, short, str(row.csl["title"]), number)


def _found(words: str, user: Any) -> list[Reference]:
    words = words.replace("\0", "").strip()
    if not words:
        return []
    found = list(search_references({"q": words}, user).defer("search")[:FOUND])
    if found:
        return found
    begun = Q(title__icontains=words) | Q(first_author__istartswith=words)
    return list(Reference.objects.filter(begun).defer("search").order_by("title", "pk")[:FOUND])


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of a quote tells before it is saved."""

    check: QuoteCheck | None
    other: Reference | None
    """The work that says it."""
    pieces: list[tuple[str, bool]]
    """A passage of the text, where it may be shown: the quote in its place, or, where it was not
    found, what comes nearest; true for what the quote has too."""
    language: str
    where: str
    """`abstract`, `full text`: the text that the passage is of."""
    is_near: bool
    """Whether the passage is only the nearest."""
    held_back: bool
    """Whether there are texts that may not be shown, and so no passage of them."""


def checked_quote(citation: Citation) -> Checked | None:
    """None without a quote. Nothing is written."""
    if not citation.quote:
        return None
    claim = Claim(citation.reference_id, citation.quote, citation.quote_depth)
    (verdict,) = check_quotes([claim])
    told = quote_check(
        verdict.state,
        verdict.text.depth if verdict.text else "",
        verdict.other.public_id if verdict.other else None,
        wording.short_citation(verdict.other.csl) if verdict.other else "",
    )
    if verdict.text is not None:
        return _with_place(citation.quote, verdict, told)
    return _with_nearest(citation, told)


def _with_place(quote: str, verdict: Verdict, told: QuoteCheck | None) -> Checked:
    text = verdict.text
    assert text is not None
    pieces: list[tuple[str, bool]] = []
    if text.is_shown:
        place = find_quote(Quote(quote), Searched(text.text))
        pieces = _around(text.text, place) if place else []
    depth = text.get_depth_display().lower()
    return Checked(told, verdict.other, pieces, text.language, depth, False, not text.is_shown)


def _around(text: str, place: Found) -> list[tuple[str, bool]]:
    start, end = max(0, place.start - AROUND), min(len(text), place.end + AROUND)
    pieces = [
        ("…" * (start > 0) + text[start : place.start], False),
        (text[place.start : place.end], True),
        (text[place.end : end] + "…" * (end < len(text)), False),
    ]
    return [piece for piece in pieces if piece[0]]


def _with_nearest(citation: Citation, told: QuoteCheck | None) -> Checked:
    best: tuple[Passage, str, str] | None = None
    held_back = False
    for text in source_texts().filter(reference=citation.reference_id):
        if not text.is_shown:
            held_back = True
            continue
        passage = nearest_passage(citation.quote, text.text)
        if passage and (best is None or passage.shared > best[0].shared):
            best = passage, text.language, text.get_depth_display().lower()
    if best is None:
        return Checked(told, None, [], "", "", False, held_back)
    passage, language, depth = best
    return Checked(told, None, passage.pieces, language, depth, True, held_back)
