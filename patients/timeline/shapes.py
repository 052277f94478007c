"""Marks as SVG path data. Categories are told apart by shape, never by colour alone."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, pi, sin

from patients.timeline.canvas import number
from patients.vocabulary import Category

HATCH = 4.0
TOOTH = 5.0


def _points(*points: tuple[float, float], closed: bool = True) -> str:
    steps = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f"M{steps}Z" if closed else f"M{steps}"


def _polygon(corners: int, turn: float, grow: float = 1.0) -> Callable[[float, float, float], str]:
    def shape(x: float, y: float, radius: float) -> str:
        angles = [turn + 2 * pi * corner / corners for corner in range(corners)]
        return _points(
            *((x + grow * radius * cos(angle), y + grow * radius * sin(angle)) for angle in angles)
        )

    return shape


def circle(x: float, y: float, radius: float) -> str:
    r, d = f"{radius:.2f}", f"{2 * radius:.2f}"
    return f"M{x - radius:.2f} {number(y)}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0Z"


def box(x: float, y: float, radius: float, *, share: float = 1.0) -> str:
    """A square around (x, y); of it only the left `share` where that is less than 1."""
    left, right = x - radius, x - radius + 2 * radius * share
    return _points((left, y - radius), (right, y - radius), (right, y + radius), (left, y + radius))


def _flag(x: float, y: float, r: float) -> str:
    return _points(
        (x - 0.7 * r, y + r), (x - 0.7 * r, y - r), (x + r, y - 0.4 * r), (x - 0.5 * r, y + 0.2 * r)
    )


def _cross(x: float, y: float, r: float) -> str:
    a = 0.38 * r
    corners = (
        (-a, -r), (a, -r), (a, -a), (r, -a), (r, a), (a, a),
        (a, r), (-a, r), (-a, a), (-r, a), (-r, -a), (-a, -a),
    )  # fmt: skip
    return _points(*((x + dx, y + dy) for dx, dy in corners))


def _capsule(x: float, y: float, r: float) -> str:
    half = number(0.55 * r)
    return (
        f"M{number(x - 0.5 * r)} {number(y - 0.55 * r)}h{number(r)}a{half} {half} 0 0 1 0 "
        f"{number(1.1 * r)}h{number(-r)}a{half} {half} 0 0 1 0 {number(-1.1 * r)}Z"
    )


def _ring_with_tail(x: float, y: float, r: float) -> str:
    return _points(
        (x - r, y - 0.7 * r),
        (x + 0.3 * r, y - 0.7 * r),
        (x + r, y),
        (x + 0.3 * r, y + 0.7 * r),
        (x - r, y + 0.7 * r),
    )


MARKERS: dict[str, Callable[[float, float, float], str]] = {
    Category.HISTORY: _polygon(5, -pi / 2, 1.05),
    Category.PRESENTATION: _polygon(3, pi / 2, 1.15),
    Category.DIAGNOSIS: _cross,
    Category.IMAGING: circle,
    Category.PATHOLOGY: _polygon(6, 0, 1.05),
    Category.LABORATORY: _polygon(3, -pi / 2, 1.15),
    Category.SURGERY: _polygon(4, pi / 4, 1.2),
    Category.INTERVENTION: _polygon(4, 0, 1.2),
    Category.DRUG: _capsule,
    Category.FOLLOW_UP: _ring_with_tail,
    Category.OUTCOME: _flag,
}


def marker(category: str, x: float, y: float, radius: float) -> str:
    return MARKERS.get(category, circle)(x, y, radius)


def zigzag(x: float, y0: float, y1: float) -> str:
    """A jagged line from (x, y0) down to (x, y1)."""
    steps = max(2, round((y1 - y0) / (2 * TOOTH)))
    rise = (y1 - y0) / steps
    teeth = (
        f"L{number(x + (TOOTH / 2 if step % 2 else -TOOTH / 2))} {number(y0 + rise * step)}"
        for step in range(1, steps + 1)
    )
    return f"M{number(x - TOOTH / 2)} {number(y0)}" + "".join(teeth)


def zigzag_across(y: float, x0: float, x1: float) -> str:
    """A jagged line from (x0, y) to (x1, y)."""
    steps = max(2, round((x1 - x0) / (2 * TOOTH)))
    run = (x1 - x0) / steps
    teeth = (
        f"L{number(x0 + run * step)} {number(y + (TOOTH / 2 if step % 2 else -TOOTH / 2))}"
        for step in range(1, steps + 1)
    )
    return f"M{number(x0)} {number(y - TOOTH / 2)}" + "".join(teeth)


def hatching(x0: float, y0: float, x1: float, y1: float) -> str:
    """Diagonal lines that fill a rectangle and do not leave it."""
    height = y1 - y0
    lines = []
    foot = x0 - height + HATCH
    while foot < x1:
        left, right = max(foot, x0), min(foot + height, x1)
        if right - left > 0.5:
            low, high = (number(y1 - (end - foot)) for end in (left, right))
            lines.append(f"M{number(left)} {low}L{number(right)} {high}")
        foot += HATCH
    return "".join(lines)


def arrow_head(x: float, y: float, size: float, *, left: bool = False) -> str:
    back = size if left else -size
    return _points((x + back, y - 0.6 * size), (x, y), (x + back, y + 0.6 * size), closed=False)


def arrow_down(x: float, y: float, size: float, *, up: bool = False) -> str:
    back = size if up else -size
    return _points((x - 0.6 * size, y + back), (x, y), (x + 0.6 * size, y + back), closed=False)
