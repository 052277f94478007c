"""Sizes of lesions over time, as bounds: a report may give a range. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from patients.derived.model import Input
from patients.document.model import CaseDocument, FindingData, LesionData, MeasurementData
from patients.vocabulary import Change, Dimension, LesionKind

TUMOURS: Final = frozenset({LesionKind.PRIMARY, LesionKind.METASTASIS, LesionKind.TUMOUR})
LEAST_MM: Final = Decimal(10)
"""Longest diameter of a lesion that can be measured, on CT (RECIST 1.1)."""
LEAST_NODE_MM: Final = Decimal(15)
"""Short axis of a lymph node that can be a target (RECIST 1.1)."""
NORMAL_NODE_MM: Final = Decimal(10)
"""A node with a smaller short axis is no disease (RECIST 1.1)."""
GROWTH: Final = Decimal("1.2")
LEAST_GROWTH_MM: Final = Decimal(5)
"""Both are needed for progression, counted from the smallest size or sum (RECIST 1.1)."""


def has_grown(smallest: Decimal, now: Decimal) -> bool:
    """Whether it is by that much; what was gone and is there again has, whatever its size."""
    if smallest == 0:
        return now > 0
    return now >= smallest * GROWTH and now - smallest >= LEAST_GROWTH_MM


@dataclass(frozen=True, slots=True)
class Size:
    """At one event, in mm; equal bounds where the size is exact."""

    low: Decimal
    high: Decimal
    finding: str
    """The id of the finding that gives it."""
    is_measured: bool = True
    """False where the finding only says that the lesion is gone."""

    @property
    def words(self) -> str:
        low, high = f"{self.low.normalize():f}", f"{self.high.normalize():f}"
        return f"{low} mm" if low == high else f"{low}–{high} mm"


@dataclass(frozen=True, slots=True)
class Series:
    """One lesion's sizes by event id, in the one dimension that the rule counts."""

    lesion: LesionData
    is_node: bool
    sizes: dict[str, Size]
    others: tuple[Input, ...] = ()
    """Sizes in dimensions that the rule does not count."""

    @property
    def is_measured(self) -> bool:
        """Whether a study gives a size; "gone" alone is none."""
        return any(size.is_measured for size in self.sizes.values())

    @property
    def least(self) -> Decimal:
        return LEAST_NODE_MM if self.is_node else LEAST_MM

    @property
    def organ(self) -> str:
        return self.lesion.site.slug if self.lesion.site else ""


def is_node(lesion: LesionData) -> bool:
    return lesion.site is not None and "lymph-node" in lesion.site.slug


def series_of(document: CaseDocument) -> list[Series]:
    """Of every tumour, in the order of the document; of some, without a size."""
    return [
        _series(lesion, findings_of(document, lesion))
        for lesion in document.lesions
        if lesion.kind in TUMOURS
    ]


def findings_of(document: CaseDocument, lesion: LesionData) -> list[FindingData]:
    """In time order, as the document lists them."""
    by_id = {row.id: row for row in document.imaging_findings}
    return [by_id[key] for key in lesion.findings if key in by_id]


def _series(lesion: LesionData, findings: list[FindingData]) -> Series:
    node = is_node(lesion)
    dimension = Dimension.SHORT_AXIS if node else Dimension.LONGEST
    sizes: dict[str, Size] = {}
    others: list[Input] = []
    for finding in findings:
        others += [
            Input(f"{Dimension(row.dimension).label}: {_words(row)}", f"finding-{finding.id}")
            for row in finding.measurements
            if row.dimension != dimension
        ]
        found = [row for row in finding.measurements if row.dimension == dimension]
        if found:
            size = Size(
                max(Decimal(row.low_mm) for row in found),
                max(Decimal(row.high_mm) for row in found),
                finding.id,
            )
        elif finding.change == Change.RESOLVED:
            size = Size(Decimal(0), Decimal(0), finding.id, is_measured=False)
        else:
            continue
        known = sizes.get(finding.event)
        if known is None or known.high < size.high:
            sizes[finding.event] = size
    return Series(lesion, node, sizes, tuple(others))


def _words(row: MeasurementData) -> str:
    return Size(Decimal(row.low_mm), Decimal(row.high_mm), "").words
