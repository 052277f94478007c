"""Days → places along the axis, in the unit of the figure.

Elastic: gaps are `max(least, scale × days)`, with the scale found so that they fill the width;
breaks and soft blocks have widths of their own. Where even the least widths do not fit they are
relaxed to `least_step`, and then the axis grows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from patients.timeline.options import Axis
from patients.timeline.sizes import Sizes
from patients.timeline.stretches import Gap, GapKind, Stretches

NEAR = 0.5
"""Close enough to the width that is to be filled."""
MOST_STEP = 72.0
"""Wide enough: an axis without a scale leaves the rest of the width empty."""


@dataclass(frozen=True, slots=True)
class Break:
    start: float
    end: float
    left_day: int
    days: int
    is_exact: bool
    floats_before: bool
    """Times that may be later stand right before it."""


@dataclass(slots=True)
class Ruler:
    """Where every known day and every floating mark stands."""

    days: list[int] = field(default_factory=list)
    places: list[float] = field(default_factory=list)
    """Of `days`."""
    floats: dict[int, float] = field(default_factory=dict)
    """Of floating marks, by their place in time order."""
    room: dict[int, float] = field(default_factory=dict)
    """From a floating mark to what stands next."""
    breaks: list[Break] = field(default_factory=list)
    stretched: list[tuple[float, float]] = field(default_factory=list)
    """Drawn wider than the scale of the axis."""
    order_only: list[tuple[float, float]] = field(default_factory=list)
    """Not to scale: only the order of what stands here is known."""
    start: float = 0.0
    end: float = 0.0
    scale: float = 0.0
    slope: float = 0.0
    """How much `end` grows with the scale."""

    def at(self, day: int) -> float:
        """The place of any day within the known ones; the nearest end for days beyond."""
        index = bisect_right(self.days, day) - 1
        if index < 0:
            return self.places[0] if self.places else self.start
        if index == len(self.days) - 1 or self.days[index] == day:
            return self.places[index]
        share = (day - self.days[index]) / (self.days[index + 1] - self.days[index])
        return self.places[index] + share * (self.places[index + 1] - self.places[index])

    def break_around(self, left: float, right: float) -> Break | None:
        """The first break that lies between two places, or holds one of them."""
        return next((row for row in self.breaks if row.start < right and left < row.end), None)


@dataclass(frozen=True, slots=True)
class AxisPlan:
    """All that the places follow from, but for scale and step."""

    stretches: Stretches
    mode: Axis
    sizes: Sizes
    extents: Mapping[int, float] = field(default_factory=dict)
    """What each floating mark takes by itself, by its place in time order; for a vertical axis."""
    day_extents: Mapping[int, float] = field(default_factory=dict)
    """What stands at each known day takes."""

    def lay(self, scale: float, step: float) -> Ruler:
        return _Walk(self, scale, step).ruler()


def fit(plan: AxisPlan, start: float, end: float) -> Ruler:
    """Places that fill `start` to `end`; beyond `end` where the least widths need more."""
    ruler = _fitted(plan, end - start)
    return _moved(ruler, start)


def lay_at(plan: AxisPlan, start: float, scale: float, step: float) -> Ruler:
    """Places from `start` on with a given scale, as long as it gets."""
    return _moved(plan.lay(scale, step), start)


def _fitted(plan: AxisPlan, width: float) -> Ruler:
    step, least = plan.sizes.step, plan.sizes.least_step
    if plan.mode is Axis.ORDINAL:
        return _by_step(plan, width, least, MOST_STEP * 2)
    if plan.lay(0, step).end > width and plan.mode is Axis.ELASTIC:
        return _by_step(plan, width, least, step)
    ruler = _by_scale(plan, width, step)
    if ruler.slope == 0 and ruler.end < width:
        return _by_step(plan, width, step, MOST_STEP)
    return ruler


def _by_scale(plan: AxisPlan, width: float, step: float) -> Ruler:
    """Newton's method from above: the width is convex in the scale, but for soft blocks."""
    total = sum(gap.days for gap in plan.stretches.gaps if gap.kind is not GapKind.BREAK)
    if total == 0:
        return plan.lay(0, step)
    scale = width / total
    ruler = plan.lay(scale, step)
    for _ in range(24):
        if ruler.slope == 0 or abs(ruler.end - width) < 0.01:
            break
        scale = max(0.0, scale - (ruler.end - width) / ruler.slope)
        ruler = plan.lay(scale, step)
    return ruler


def _by_step(plan: AxisPlan, width: float, low: float, high: float) -> Ruler:
    """The widest step that fits, by false position: the width is all but linear in the step."""
    widest = plan.lay(0, high)
    if widest.end <= width:
        return widest
    best = plan.lay(0, low)
    if best.end >= width:
        return best
    too_wide = widest.end
    for _ in range(8):
        step = low + (high - low) * (width - best.end) / (too_wide - best.end)
        tried = plan.lay(0, step)
        if tried.end > width:
            high, too_wide = step, tried.end
        else:
            low, best = step, tried
        if abs(tried.end - width) < NEAR:
            break
    return best


def _moved(ruler: Ruler, by: float) -> Ruler:
    ruler.places = [place + by for place in ruler.places]
    ruler.floats = {mark: place + by for mark, place in ruler.floats.items()}
    ruler.stretched = [(left + by, right + by) for left, right in ruler.stretched]
    ruler.order_only = [(left + by, right + by) for left, right in ruler.order_only]
    ruler.breaks = [
        Break(row.start + by, row.end + by, row.left_day, row.days, row.is_exact, row.floats_before)
        for row in ruler.breaks
    ]
    ruler.start, ruler.end = by, ruler.end + by
    return ruler


class _Walk:
    """Goes along the stretches once and notes every place."""

    def __init__(self, plan: AxisPlan, scale: float, step: float) -> None:
        self.plan = plan
        self.scale = scale
        self.step = step
        self.sizes = plan.sizes
        self.found = Ruler(days=plan.stretches.days, scale=scale)
        self.x = 0.0
        self.cluster = 0.0
        self.taken = 0.0
        """By what stands at `x` itself."""

    def ruler(self) -> Ruler:
        stretches, found = self.plan.stretches, self.found
        self._float_each(stretches.head, first=True)
        if stretches.days:
            if stretches.head:
                self._advance(self.step)
                found.order_only.append((0.0, self.x))
            self._day(stretches.days[0])
        for index, gap in enumerate(stretches.gaps):
            if gap.kind is GapKind.BREAK:
                self._break(gap, stretches.days[index])
            else:
                self._gap(gap)
            self._day(stretches.days[index + 1])
        self._tail()
        return found

    def _advance(self, wanted: float) -> None:
        self.x += max(wanted, self.taken)
        self.taken = 0.0

    def _day(self, day: int) -> None:
        self.found.places.append(self.x)
        self.taken = self.plan.day_extents.get(day, 0.0)

    def _float_each(self, marks: list[int], *, first: bool = False) -> None:
        for number, mark in enumerate(marks):
            if number or not first:
                self._advance(self.step)
            self._float(mark, self.step)

    def _float(self, mark: int, room: float) -> None:
        self.found.floats[mark] = self.x
        self.found.room[mark] = room
        self.taken = self.plan.extents.get(mark, 0.0)

    def _gap(self, gap: Gap) -> None:
        parts = len(gap.after) + len(gap.before) + 1
        wanted = self._width(gap, parts)
        left = self.x
        for mark in gap.floating:
            self._advance(wanted / parts)
            self._float(mark, wanted / parts)
        self._advance(wanted / parts)
        if gap.kind is GapKind.SOFT:
            self.found.order_only.append((left, self.x))
        elif self.plan.mode is Axis.ELASTIC and self.x - left > 1.02 * self.scale * gap.days + 0.5:
            self.found.stretched.append((left, self.x))

    def _width(self, gap: Gap, parts: int) -> float:
        true = self.scale * gap.days
        mode = self.plan.mode
        if mode is Axis.LINEAR:
            self.found.slope += gap.days
            return true
        least = parts * self.step
        if parts == 1 and gap.tight:
            least = self.step if mode is Axis.ORDINAL else self.step / 2
        if mode is Axis.ORDINAL:
            return least
        if gap.kind is GapKind.SOFT:
            least = max(least, self.sizes.soft_low)
            most = max(least, self.sizes.soft_high)
            if least < true < most:
                self.found.slope += gap.days
            return min(max(true, least), most)
        if true > least:
            self.found.slope += gap.days
        return max(true, least)

    def _break(self, gap: Gap, left_day: int) -> None:
        left = self.x
        self._float_each(gap.after)
        self._advance(self.sizes.pad)
        self.x = max(self.x, self.cluster + self.sizes.cluster)
        if gap.after:
            self.found.order_only.append((left, self.x))
        end = self.x + self.sizes.break_width
        self.found.breaks.append(
            Break(self.x, end, left_day, gap.days, gap.is_exact, bool(gap.after))
        )
        self.x = self.cluster = end
        self._advance(self.sizes.pad)
        if gap.before:
            self._float_each(gap.before, first=True)
            self._advance(self.step)
            self.found.order_only.append((end, self.x))

    def _tail(self) -> None:
        left = self.x
        self._float_each(self.plan.stretches.tail, first=not self.plan.stretches.days)
        if self.plan.stretches.opens:
            self._advance(self.step)
        else:
            self._advance(0)
        if self.plan.stretches.tail:
            self.found.order_only.append((left, self.x))
        self.x = max(self.x, self.cluster + self.sizes.cluster)
        self.found.end = self.x
