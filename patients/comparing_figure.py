"""The figure of a comparison: for its page, drawn wide and narrow, and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from patients import comparing
from patients.comparing.aligning import NOUNS, Aligned, NotAligned, aligned, remarks
from patients.comparing.figure import Compared, draw_course, draw_courses, draw_pieces
from patients.document import CaseDocument
from patients.exporters.figure import PrintSize, drawing_version, points
from patients.figure_page import NARROW_WIDTH
from patients.timeline import Figure, FigureOptions, Medium
from patients.timeline.figure import FigureTooLargeError
from patients.vocabulary import Alignment

SIZE: Final = PrintSize(width_mm=180, dpi=300)
"""Of the figure as a file."""
MOST_NARROW: Final = 300
"""Events of all cases that are told one below the other on a narrow screen; more would be dozens of
screens, and the wide figure is scrolled there instead."""


@dataclass(frozen=True, slots=True)
class NarrowCourse:
    accession: str
    title: str
    url: str
    svg: SafeString


@dataclass(slots=True)
class CoursesFigure:
    """`wide` and `narrow` are SVG, in pieces that stand below one another; the style sheet shows
    one of the two. Empty where `refusal` says why; `narrow` also for very many events."""

    alignment: Alignment
    cases: list[Compared] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    """Which cases are not drawn, and which places are not known to the day."""
    wide: list[SafeString] = field(default_factory=list)
    narrow: list[NarrowCourse] = field(default_factory=list)
    refusal: str = ""

    @property
    def noun(self) -> str:
        return NOUNS[self.alignment]

    @property
    def counted(self) -> str:
        """From where days are counted, in a sentence."""
        if self.alignment == Alignment.DAY_ZERO:
            return "Each course is counted from day 0 of its report."
        if all(case.aligned.off == 0 for case in self.cases):
            return f"Each course is counted from its {self.noun}: day 0, at the dotted line."
        return (
            f"Day 0 is the earliest day on which the {self.noun} of a case can have been. Where "
            "the report does not tell the day, it stands right of day 0 at the dotted line: there "
            "or later."
        )


def cases_on(documents: list[CaseDocument], alignment: Alignment) -> CoursesFigure:
    """What can be laid upon `alignment`, and what is to be said of it; nothing is drawn yet."""
    found = CoursesFigure(alignment)
    for document in documents:
        laid = aligned(document, alignment)
        if isinstance(laid, NotAligned):
            found.sentences.append(f"{laid.accession} is not drawn: {laid.reason}.")
            continue
        found.cases.append(Compared(laid, _page(laid)))
    found.sentences += remarks([case.aligned for case in found.cases], alignment)
    if not found.cases:
        found.refusal = (
            f"None of these cases can be laid upon the {found.noun}. Choose another event."
        )
    return found


def _page(laid: Aligned) -> str:
    return reverse("patients:case-detail", args=[laid.document.accession])


def page_courses(documents: list[CaseDocument], alignment: Alignment) -> CoursesFigure:
    found = cases_on(documents, alignment)
    if found.refusal:
        return found
    try:
        found.wide = [
            _safe(piece) for piece in draw_pieces(found.cases, alignment, FigureOptions())
        ]
        if sum(len(case.aligned.document.events) for case in found.cases) <= MOST_NARROW:
            found.narrow = [_narrow(case) for case in found.cases]
    except FigureTooLargeError as error:
        found.refusal, found.wide, found.narrow = str(error), [], []
    return found


def drawing_of(courses: CoursesFigure, states: Sequence[str]) -> Figure:
    """To stand alone, in print: with what is to be said of it, and the `states` of the cases.

    Raises FigureTooLargeError.
    """
    options = FigureOptions(width=points(SIZE.width_mm), medium=Medium.PRINT)
    told = [
        f"{courses.counted} Small marks without words are named on the pages of the cases.",
        *courses.sentences,
        f"{'; '.join(states)}.",
    ]
    return draw_courses(courses.cases, courses.alignment, options, told)


@cache
def courses_version() -> str:
    """Changes whenever the code that draws or exports does, and with it every ETag."""
    digest = sha256(drawing_version().encode())
    for file in sorted(Path(comparing.__file__).parent.glob("*.py")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _narrow(case: Compared) -> NarrowCourse:
    svg = _safe(draw_course(case, FigureOptions(width=NARROW_WIDTH)).svg)
    return NarrowCourse(case.name, case.title, case.page, svg)


def _safe(svg: str) -> SafeString:
    # The canvas of the figure escapes every text that it writes.
    return mark_safe(svg)
