"""How a size changed from one study to another. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from patients.derived.sizes import is_node
from patients.document.model import MeasurementData
from patients.pairs.model import Pair, Picture
from patients.presenters.words import range_words
from patients.vocabulary import Change, Dimension


@dataclass(frozen=True, slots=True)
class Growth:
    """Exactly one of `words` and `reason` is there."""

    words: str = ""
    """`−23 %, longest diameter 62 mm → 48 mm`."""
    reason: str = ""
    """Why no percentage can be derived, in a sentence."""


def growth_between(pair: Pair) -> Growth | None:
    """From the earlier study to the later one, rounded to whole per cent as in the figure. None
    where the two are not of one lesion in two studies, so that there is nothing to count."""
    earlier, later = pair.in_time
    if earlier.lesion is None or not pair.is_of_one or pair.is_one_study:
        return None
    old, new = _sizes(earlier), _sizes(later)
    if not old:
        return Growth(reason="The earlier study gives no size.")
    if not new:
        gone = later.finding.change == Change.RESOLVED
        reason = "says that it is gone, and gives no size." if gone else "gives no size."
        return Growth(reason=f"The later study {reason}")
    order = [Dimension.SHORT_AXIS] if is_node(earlier.lesion) else []
    shared = [name for name in (*order, *Dimension.values) if name in old and name in new]
    if not shared:
        return Growth(reason="The two studies give sizes in different directions.")
    return _counted(old[shared[0]], new[shared[0]])


def _sizes(picture: Picture) -> dict[str, MeasurementData]:
    return {row.dimension: row for row in picture.finding.measurements}


def _counted(old: MeasurementData, new: MeasurementData) -> Growth:
    if old.low_mm != old.high_mm or new.low_mm != new.high_mm:
        return Growth(reason="A size is given as a range.")
    if not Decimal(old.low_mm):
        return Growth(reason="The earlier size is 0 mm.")
    change = round(100 * (float(new.low_mm) / float(old.low_mm) - 1))
    share = "±0" if change == 0 else f"{change:+d}".replace("-", "−")
    sizes = " → ".join(range_words(row.low_mm, row.high_mm, "mm") for row in (old, new))
    return Growth(f"{share} %, {Dimension(old.dimension).label.lower()} {sizes}")
