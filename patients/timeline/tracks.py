"""Draws tracks below the lanes: curves of values, and courses told in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from patients.timeline import shapes
from patients.timeline.axis import Ruler
from patients.timeline.canvas import Canvas
from patients.timeline.labels import Space
from patients.timeline.marks import Mark
from patients.timeline.options import FigureOptions
from patients.timeline.series import MOST_TRACKS, Point, Track, TrackKind
from patients.timeline.sizes import Sizes
from patients.timeline.text import width, wrap
from patients.timeline.wording import phrases
from patients.vocabulary import Change, Patency

OPEN_STATES = {Patency.PATENT, Patency.RECANALISED, Change.RESOLVED, Change.DECREASED}
HALF_STATES = {Patency.PARTLY_RECANALISED, Change.UNCHANGED}


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of a track with its place; `words_at` is the left end of its words, or None."""

    point: Point
    x: float
    low: float | None
    high: float | None
    """How far its time may reach, where both ends are known."""


class TrackPen:
    def __init__(
        self, canvas: Canvas, space: Space, sizes: Sizes, gutter: float, marks: list[Mark]
    ) -> None:
        self.canvas = canvas
        self.space = space
        self.ruler: Ruler = space.ruler
        self.sizes = sizes
        self.gutter = gutter
        self.marks = marks

    def draw(self, tracks: list[Track], y: float, options: FigureOptions) -> float:
        """Draws up to `MOST_TRACKS` tracks from `y` down; answers their foot."""
        if not tracks:
            return y
        sizes, canvas = self.sizes, self.canvas
        canvas.open("g", css="tracks", aria_hidden="true")
        canvas.line(0, y, self.space.right, y, "x")
        y += sizes.gap
        for track in tracks[:MOST_TRACKS]:
            y = self._track(track, y)
        left = len(tracks) - MOST_TRACKS
        if left > 0:
            words = phrases(options.language).more_series.format(n=left)
            x, _ = self.space.clear(width(words, sizes.font))
            canvas.text(x, y + 0.76 * sizes.line, words, sizes.font, "k")
            y += sizes.line
        canvas.close("g")
        return y

    def _track(self, track: Track, y: float) -> float:
        spots = [self._spot(point) for point in track.points]
        top = self._names(track, y)
        if track.kind is TrackKind.COURSE:
            foot = self._course(spots, top if self.gutter == 0 else y)
        else:
            foot = self._values(track, spots, top if self.gutter == 0 else y)
        return max(foot, top) + self.sizes.gap

    def _names(self, track: Track, y: float) -> float:
        """Title and notes in the gutter, or on a line of their own; answers their foot."""
        sizes, canvas = self.sizes, self.canvas
        if self.gutter == 0:
            words = ", ".join([track.title, *track.notes])
            x, room = self.space.clear(width(words, sizes.font), lines=3)
            for line in wrap(words, sizes.font, room, lines=3):
                canvas.text(x, y + 0.76 * sizes.line, line, sizes.font, "k")
                y += sizes.line
            return y
        room = self.gutter - 1.5 * sizes.gap
        lines = [(line, "v") for line in wrap(track.title, sizes.font * 1.12, room, lines=5)]
        for note in track.notes:
            lines += [(line, "k") for line in wrap(note, sizes.font, room, lines=3)]
        for line, css in lines:
            canvas.text(sizes.gap, y + 0.76 * sizes.line, line, sizes.font, css, bold=css == "v")
            y += sizes.line
        return y

    def _spot(self, point: Point) -> Spot:
        mark = self.marks[point.mark]
        floating = self.ruler.floats.get(mark.place)
        if floating is None:
            assert mark.low is not None
            return Spot(point, self.ruler.at(mark.low), None, None)
        if mark.low is None or mark.high is None:
            return Spot(point, floating, None, None)
        return Spot(point, floating, self.ruler.at(mark.low), self.ruler.at(mark.high))

    # Values

    def _values(self, track: Track, spots: list[Spot], y: float) -> float:
        sizes, canvas = self.sizes, self.canvas
        top = y + sizes.line
        foot = top + sizes.track
        values: list[float] = [
            value for row in track.points for value in (row.low, row.high) if value is not None
        ]
        low: float = min([0.0, *values, *(track.band or ())])
        high: float = max([*values, *(track.band or ())]) or 1.0

        def level(value: float) -> float:
            return foot - (value - low) / (high - low or 1) * sizes.track

        if track.band:
            upper, lower = level(track.band[1]), level(track.band[0])
            canvas.rect(
                self.ruler.start, upper, self.ruler.end - self.ruler.start, lower - upper, "r"
            )
        canvas.line(self.ruler.start, foot, self.ruler.end, foot, "g")
        self._curve([(spot, level(_middle(spot.point))) for spot in spots])
        taken: list[tuple[float, float, float]] = []
        for spot in spots:
            self._value(spot, level, taken)
        return foot + 0.6 * sizes.gap

    def _curve(self, points: list[tuple[Spot, float]]) -> None:
        """From value to value: dashed where the axis breaks or is not to scale."""
        for (left, y0), (right, y1) in zip(points, points[1:], strict=False):
            unsure = self.ruler.break_around(left.x, right.x) is not None or any(
                start < right.x and left.x < end for start, end in self.ruler.order_only
            )
            self.canvas.line(left.x, y0, right.x, y1, "d" if unsure else "c")

    def _value(
        self, spot: Spot, level: Callable[[float], float], taken: list[tuple[float, float, float]]
    ) -> None:
        sizes, canvas, point = self.sizes, self.canvas, spot.point
        y = level(_middle(point))
        if spot.low is not None and spot.high is not None:
            canvas.line(spot.low, y, spot.high, y, "d")
        if point.low is not None and point.high is not None and point.low != point.high:
            canvas.line(spot.x, level(point.low), spot.x, level(point.high), "c")
        exact = self.marks[point.mark].is_exact
        canvas.path(shapes.circle(spot.x, y, 0.3 * sizes.marker), "f" if exact else "o")
        wide = width(point.words, sizes.font)
        left = self._clear_of_breaks(spot.x, wide)
        base = y - 0.4 * sizes.marker - 0.2 * sizes.font
        box = (left, left + wide, base)
        if any(
            a - 2 < box[1] and box[0] < b + 2 and abs(base - c) < sizes.font for a, b, c in taken
        ):
            return
        taken.append(box)
        canvas.text(left, base, point.words, sizes.font, "t")

    def _clear_of_breaks(self, x: float, wide: float) -> float:
        """The left end of words centred on x, moved off breaks and into the plot."""
        left = min(max(x - wide / 2, self.space.left), self.space.right - wide)
        for row in self.ruler.breaks:
            if row.start < left + wide and left < row.end:
                left = row.start - wide - 1 if x <= row.start else row.end + 1
        return left

    # Courses

    def _course(self, spots: list[Spot], y: float) -> float:
        """States in words beside their marks, on as many rows as they need."""
        sizes, canvas = self.sizes, self.canvas
        ends: list[float] = []
        placed: list[tuple[Spot, float, int]] = []
        for spot in spots:
            wide = width(spot.point.words, sizes.font)
            left = spot.x + 0.5 * sizes.marker + sizes.gap
            room = self.space.room_right(spot.x + 0.5 * sizes.marker, spot.x)
            if room < wide:
                left = spot.x - 0.5 * sizes.marker - sizes.gap - wide
            start = min(left, spot.x - 0.5 * sizes.marker)
            row = next(
                (place for place, end in enumerate(ends) if end + sizes.gap <= start), len(ends)
            )
            end = max(left + wide, spot.x + 0.5 * sizes.marker)
            if row == len(ends):
                ends.append(end)
            else:
                ends[row] = end
            placed.append((spot, left, row))
        middle = [y + sizes.line * (row + 0.6) for row in range(len(ends))]
        for (one, left, a), (two, right, b) in zip(placed, placed[1:], strict=False):
            start = max(one.x, left + width(one.point.words, sizes.font)) + sizes.gap
            end = min(two.x, right) - 0.5 * sizes.marker
            if a == b and end - start > sizes.gap:
                canvas.line(start, middle[a], end, middle[a], "d")
        for spot, left, row in placed:
            self._state(spot, middle[row])
            canvas.text(left, middle[row] + 0.35 * sizes.font, spot.point.words, sizes.font, "t")
        return y + sizes.line * (len(ends) + 0.2)

    def _state(self, spot: Spot, y: float) -> None:
        """A box for a state; a size without a series is a value, and its circle tells of time."""
        if spot.point.state:
            draw_state(self.canvas, spot.point.state, spot.x, y, 0.36 * self.sizes.marker)
            return
        exact = self.marks[spot.point.mark].is_exact
        radius = 0.42 * self.sizes.marker
        self.canvas.path(shapes.circle(spot.x, y, radius), "f" if exact else "o")


def draw_state(canvas: Canvas, state: str, x: float, y: float, radius: float) -> None:
    """A box: full while the disease stands or grows, half where part of it gave way, else open."""
    canvas.path(shapes.box(x, y, radius), "o" if state in OPEN_STATES | HALF_STATES else "f")
    if state in HALF_STATES:
        canvas.path(shapes.box(x, y, radius, share=0.5), "f")


def _middle(point: Point) -> float:
    assert point.low is not None
    assert point.high is not None
    return (point.low + point.high) / 2
