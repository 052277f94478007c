"""Draws the line of the axis: cut at breaks, marked where it is not to scale."""

from __future__ import annotations

from patients.timeline.axis import Ruler
from patients.timeline.canvas import Canvas


def draw_axis(canvas: Canvas, ruler: Ruler, y: float) -> None:
    canvas.open("g", css="axis", aria_hidden="true")
    cuts = [
        ruler.start,
        *(place for row in ruler.breaks for place in (row.start, row.end)),
        ruler.end,
    ]
    for left, right in zip(cuts[::2], cuts[1::2], strict=True):
        canvas.line(left, y, right, y, "x")
    for left, right in ruler.order_only:
        canvas.line(left, y, right, y, "z")
    for left, right in ruler.stretched:
        canvas.line(left, y, right, y, "w")
    canvas.close("g")
