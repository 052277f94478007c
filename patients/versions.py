"""The published versions of a case and what changed from one to the next, for their pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString, mark_safe

from patients.document import CaseDocument, from_builtins
from patients.document.differing import Change, Difference, by_part, differences
from patients.figure_page import NARROW_WIDTH
from patients.models import CaseVersion
from patients.reading import Reading, not_readable
from patients.timeline import FigureOptions, Form, draw
from patients.timeline.figure import FigureTooLargeError

CONTEXT: Final = 60
"""Characters left of what two long texts have in common, before and after where they differ."""
LONG: Final = 240


@dataclass(frozen=True, slots=True)
class FieldChange:
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part of the case that differs."""

    name: str
    word: str
    """`Added`, `Removed` or `Changed`."""
    event: str
    """The id of its event, where it has one."""
    fields: list[FieldChange]


@dataclass(frozen=True, slots=True)
class VersionRow:
    number: int
    published_at: datetime
    is_current: bool
    reason: str
    url: str
    changes_url: str
    """Empty for the first."""
    changes: list[PartChange]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two states of a case beside each other."""

    heading: str
    reading: Reading
    figure: SafeString
    refusal: str
    """Why there is no figure; empty where there is one."""
    events: list[str]
    """What to look at in the figure."""


def versions_of(accession: str, user: Any) -> QuerySet[CaseVersion]:
    """All that `user` may read, the newest first. Raises as `read_case` does where there are none.
    Two queries at most."""
    found = CaseVersion.objects.visible_to(user).filter(case__accession=accession)
    if not found.exists():
        raise not_readable(accession)
    return found.order_by("-number")


def version_rows(versions: Sequence[CaseVersion], before: CaseVersion | None) -> list[VersionRow]:
    """Rows of the list: `versions` newest first, and the one before the last of them."""
    accession = versions[0].document["accession"] if versions else ""
    rows = []
    older = [*versions[1:], before]
    for version, previous in zip(versions, older, strict=True):
        args = [accession, version.number]
        rows.append(
            VersionRow(
                number=version.number,
                published_at=version.published_at,
                is_current=version.is_current,
                reason=version.reason,
                url=reverse("patients:version-detail", args=args),
                changes_url=reverse("patients:version-changes", args=args) if previous else "",
                changes=changes_between(
                    from_builtins(previous.document), from_builtins(version.document)
                )
                if previous
                else [],
            )
        )
    return rows


def changes_between(old: CaseDocument, new: CaseDocument) -> list[PartChange]:
    """Part by part, in words."""
    return [_part(group) for group in by_part(differences(old, new)).values()]


def _part(found: list[Difference]) -> PartChange:
    first = found[0]
    fields = [
        FieldChange(row.label, *shortened(row.old, row.new))
        for row in found
        if row.change == Change.CHANGED
    ]
    return PartChange(first.name, str(first.change).capitalize(), first.event, fields)


def shortened(old: str, new: str) -> tuple[str, str]:
    """Two long texts cut to where they differ, at whole words, `…` where something is left out."""
    if max(len(old), len(new)) <= LONG or not old or not new:
        return old, new
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    return _cut(old, start, end), _cut(new, start, end)


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return place
    return min(len(one), len(other))


def _cut(text: str, start: int, end: int) -> str:
    first, last = max(0, start - CONTEXT), min(len(text), len(text) - end + CONTEXT)
    if first:
        first = text.find(" ", first, start) + 1 or first
    if last < len(text):
        last = max(text.rfind(" ", len(text) - end, last), len(text) - end)
    return f"{'… ' if first else ''}{text[first:last].strip()}{' …' if last < len(text) else ''}"


def side(heading: str, reading: Reading, changes: Sequence[PartChange]) -> Side:
    """With the figure down the page, narrow enough for two side by side. It points out what the
    changes touch; its links lead to the page of the version, or of the working record."""
    events = list(event_words(changes, reading.document))
    args: list[Any] = [reading.document.accession]
    name = "case-detail"
    if reading.version is not None:
        name, args = "version-detail", [*args, reading.version]
    options = FigureOptions(
        width=NARROW_WIDTH,
        form=Form.VERTICAL,
        highlight=" ".join(sorted({change.event for change in changes if change.event})),
        page=reverse(f"patients:{name}", args=args),
    )
    try:
        # The canvas of the figure escapes every text that it writes.
        figure = mark_safe(draw(reading.document, options).svg)
    except FigureTooLargeError as error:
        return Side(heading, reading, SafeString(), str(error), events)
    return Side(heading, reading, figure, "", events)


def citation_words(reading: Reading, address: str) -> str:
    """How to cite this version: title, accession, version, day, address."""
    at = reading.published_at
    day = f" ({format_date(at, 'j F Y')})" if at else ""
    title = reading.document.title.rstrip(".")
    return (
        f"{title}. Casebase {reading.document.accession}, version {reading.version}{day}. {address}"
    )


def event_words(changes: Sequence[PartChange], document: CaseDocument) -> Iterator[str]:
    """The events of `document` that the changes touch, in its order: what to look at in a figure
    that shows it."""
    touched = {change.event for change in changes if change.event}
    for event in document.events:
        if event.id in touched:
            yield f"{event.number}. {event.label}"
