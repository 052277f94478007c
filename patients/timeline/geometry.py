"""Where an event's marker, bar and bracket lie along the axis."""

from __future__ import annotations

from dataclasses import dataclass

from patients.timeline.axis import Ruler
from patients.timeline.marks import Mark
from patients.timeline.sizes import Sizes

LEAST_BAR = 0.5
"""Of a marker: what is short is still seen."""
MOST_DOSES = 400


@dataclass(frozen=True, slots=True)
class Bracket:
    """The bounds of an imprecise time. An open end goes on as an arrow."""

    start: float
    end: float
    opens_left: bool = False
    opens_right: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    start: float
    solid: float
    """Where the certain part ends."""
    end: float
    opens_right: bool
    """It goes on beyond what is known."""
    floats: bool
    """Its start is not known to the day."""
    doses: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Geometry:
    at: float
    """Of the marker, or of the start of the bar."""
    left: float
    right: float
    """Labels stand outside of these; a bracket below the marker does not count."""
    first: float
    last: float
    """From here to there something is drawn."""
    bracket: Bracket | None
    bar: Bar | None


def geometry(mark: Mark, ruler: Ruler, sizes: Sizes) -> Geometry:
    at = ruler.floats.get(mark.place)
    if at is None:
        assert mark.low is not None
        at = ruler.at(mark.low)
    bar = _bar(mark, at, ruler, sizes) if mark.is_span else None
    bracket = None if mark.is_exact else _bracket(mark, at, ruler, sizes)
    left, right = at - sizes.marker / 2, at + sizes.marker / 2
    if bar is not None:
        left, right = min(at, bar.start), max(bar.end, at + sizes.marker / 2)
    first, last = left, right
    if bracket is not None:
        first, last = min(left, bracket.start), max(right, bracket.end)
        if bracket.opens_left or bracket.opens_right:
            left, right = first, last
    elif bar is not None and bar.opens_right:
        right = last = bar.end + 0.6 * sizes.marker
    return Geometry(at, left, right, first, last, bracket, bar)


def _bracket(mark: Mark, at: float, ruler: Ruler, sizes: Sizes) -> Bracket | None:
    if mark.low is not None and mark.high is not None:
        return Bracket(min(ruler.at(mark.low), at), max(ruler.at(mark.high), at))
    if mark.is_span:
        return None
    stub = 1.15 * sizes.marker
    opens_left, opens_right = mark.low is None, mark.high is None
    return Bracket(
        at - stub if opens_left else at, at + stub if opens_right else at, opens_left, opens_right
    )


def _bar(mark: Mark, at: float, ruler: Ruler, sizes: Sizes) -> Bar:
    least = at + LEAST_BAR * sizes.marker
    opens = False
    if mark.ongoing:
        solid = end = ruler.end
        opens = True
    elif not mark.has_own_end:
        end = max(least, at + 0.8 * ruler.room.get(mark.place, sizes.marker))
        solid = end = min(end, _next_break(at, ruler))
    else:
        solid = ruler.at(mark.end_low) if mark.end_low is not None else at
        if mark.end_high is not None:
            end = ruler.at(mark.end_high)
        else:
            end, opens = min(solid + 2 * sizes.marker, max(ruler.end, solid)), True
            end = max(solid, min(end, _next_break(solid, ruler)))
    end = max(end, least)
    solid = min(max(solid, at), end)
    doses = _doses(mark, at, solid, ruler, sizes)
    return Bar(at, solid, end, opens, not mark.is_exact, doses)


def _next_break(place: float, ruler: Ruler) -> float:
    return min((row.start for row in ruler.breaks if row.start >= place), default=float("inf"))


def _doses(mark: Mark, start: float, end: float, ruler: Ruler, sizes: Sizes) -> tuple[float, ...]:
    """One dot a dose where days have places; evenly where they have none, or would run together."""
    if not mark.dose_every:
        return ()
    apart = 0.6 * sizes.marker
    if mark.is_exact and mark.low is not None and mark.dose_every * ruler.scale >= apart:
        known = _true_doses(mark, end, ruler)
    else:
        count = max(1, min(MOST_DOSES, int((end - start - apart) / (1.8 * apart))))
        known = [start + apart + 1.8 * apart * dose for dose in range(count)]
    return tuple(
        place for place in known
        if start <= place <= end and not ruler.break_around(place - apart, place + apart)
    )  # fmt: skip


def _true_doses(mark: Mark, end: float, ruler: Ruler) -> list[float]:
    assert mark.low is not None
    assert mark.dose_every
    places: list[float] = []
    for dose in range(MOST_DOSES):
        place = ruler.at(round(mark.low + dose * mark.dose_every))
        if place > end or (places and place <= places[-1]):
            break
        places.append(place)
    return places
