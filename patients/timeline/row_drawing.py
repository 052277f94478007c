"""Draws the rows of lanes: places every event of a row, then each event as one link."""

from __future__ import annotations

from patients.timeline.canvas import Canvas
from patients.timeline.drawing import EventPen
from patients.timeline.rows import Item, Row
from patients.timeline.sizes import Sizes


class RowPen:
    def __init__(self, canvas: Canvas, pen: EventPen, sizes: Sizes) -> None:
        self.canvas = canvas
        self.pen = pen
        self.sizes = sizes

    def place(self, row: Row, y: float) -> float:
        """Sets the middle of every item and writes the heading; answers the foot of the row."""
        sizes = self.sizes
        heading = sizes.line if row.heading else 0.0
        middle = y + heading + (row.height - heading) / 2
        for item in row.items:
            self._set_height(item, y + heading, middle)
        if row.heading:
            self.canvas.open("g", css="rowname", aria_hidden="true")
            self.pen.label(row.heading, y)
            self.canvas.close("g")
        return y + row.height + sizes.gap * (1.5 if row.has_bracket else 1)

    def _set_height(self, item: Item, top: float, middle: float) -> None:
        sizes, label = self.sizes, item.label
        text = len(label.lines) * sizes.line if label else 0.0
        item.y, item.top = middle, middle - text / 2
        if label is not None and label.above:
            item.top = top
            item.y = top + text + (sizes.bar if item.shape.bar else sizes.marker) / 2

    def event(self, item: Item) -> None:
        """Its bracket, bar or marker, and label; placed before."""
        shape, mark, pen = item.shape, item.mark, self.pen
        pen.begin(mark)
        if shape.bracket is not None:
            text = len(item.label.lines) * self.sizes.line if item.label else 0.0
            middle = item.y if item.label and item.label.above else item.top + text / 2
            half = max(self.sizes.marker, 0 if item.label and item.label.above else text) / 2
            pen.bracket(shape.bracket, shape.at, item.y, middle + half + self.sizes.gap / 2)
        if shape.bar is not None:
            pen.bar(shape.bar, item.y)
        else:
            pen.marker(mark, shape.at, item.y, small=item.label is None)
        if item.label is None:
            pen.end()
            return
        pen.label(item.label, item.top)
        pen.end()
        pen.numbers(item.label, item.top)
