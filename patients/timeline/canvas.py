"""SVG text, written piece by piece. Everything that is text is escaped here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from patients.timeline.text import width


@dataclass(frozen=True, slots=True)
class TextBox:
    """Where a line of text stands, so that overlaps can be told."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str

    def overlaps(self, other: TextBox) -> bool:
        return (
            self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1
        )


def number(value: float) -> str:
    """At most one decimal: `12`, `12.5`."""
    return f"{round(value, 1):g}" if abs(value) < 100_000 else f"{value:.0f}"


class Canvas:
    """Collects elements in drawing order."""

    def __init__(self, *, links: bool, fixed_lengths: bool) -> None:
        self.parts: list[str] = []
        self.boxes: list[TextBox] = []
        self.links = links
        self.fixed_lengths = fixed_lengths
        """Sets the measured width on labels, so that another font cannot make them collide."""

    def element(self, name: str, **attributes: str | float | None) -> None:
        self.parts.append(f"<{name}{_attributes(attributes)}/>")

    def open(self, name: str, **attributes: str | float | None) -> None:
        self.parts.append(f"<{name}{_attributes(attributes)}>")

    def close(self, name: str) -> None:
        self.parts.append(f"</{name}>")

    def title(self, words: str) -> None:
        self.parts.append(f"<title>{escape(words, quote=False)}</title>")

    def path(self, data: str, css: str) -> None:
        self.parts.append(f'<path class="{css}" d="{data}"/>')

    def line(self, x0: float, y0: float, x1: float, y1: float, css: str) -> None:
        self.path(f"M{number(x0)} {number(y0)}L{number(x1)} {number(y1)}", css)

    def rect(self, x: float, y: float, width: float, height: float, css: str) -> None:
        self.element("rect", x=x, y=y, width=width, height=height, css=css)

    def text(
        self, x: float, y: float, words: str, size: float, css: str = "", *,
        anchor: str = "start", bold: bool = False, is_label: bool = False,
    ) -> None:  # fmt: skip
        """One line with its baseline at `y`. `css` names its look; `size` only measures it."""
        wide = width(words, size, bold=bold)
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
        self.boxes.append(TextBox(left, y - 0.75 * size, left + wide, y + 0.2 * size, words))
        fixed = is_label and self.fixed_lengths and not bold
        self.parts.append(
            "<text"
            + _attributes(
                {
                    "x": x,
                    "y": y,
                    "css": css or None,
                    "text-anchor": None if anchor == "start" else anchor,
                    "textLength": wide if fixed else None,
                    "lengthAdjust": "spacingAndGlyphs" if fixed else None,
                }
            )
            + f">{escape(words, quote=False)}</text>"
        )

    def upright_text(self, x: float, y: float, words: str, size: float, css: str) -> None:
        """One line that reads upwards, its middle at (x, y)."""
        wide = width(words, size)
        self.boxes.append(
            TextBox(x - 0.5 * size, y - wide / 2, x + 0.5 * size, y + wide / 2, words)
        )
        at = f"rotate(-90 {number(x)} {number(y)})"
        self.parts.append(
            "<text"
            + _attributes(
                {"x": x, "y": y + 0.3 * size, "css": css, "text-anchor": "middle", "transform": at}
            )
            + f">{escape(words, quote=False)}</text>"
        )

    def svg(
        self, size: tuple[float, float], css: str, label: str, style: str = "", top: float = 0.0
    ) -> str:
        """The SVG element; of a piece of a drawing, what stands from `top` down."""
        wide, high = (number(length) for length in size)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="{css}" '
            f'viewBox="0 {number(top)} {wide} {high}" width="{wide}" height="{high}" '
            f'role="group" aria-label="{escape(label)}">'
        )
        return head + (f"<style>{style}</style>" if style else "") + "".join(self.parts) + "</svg>"


def _attributes(attributes: dict[str, str | float | None]) -> str:
    written = []
    for name, value in attributes.items():
        if value is None:
            continue
        words = escape(value) if isinstance(value, str) else number(value)
        written.append(f' {"class" if name == "css" else name.replace("_", "-")}="{words}"')
    return "".join(written)
