"""The look of a figure that stands alone. On a page, `static/css/figure.css` does this."""

from __future__ import annotations

from patients.timeline.options import Colours
from patients.timeline.sizes import PRINT
from patients.vocabulary import Category

FONTS = (
    "'Liberation Sans',Arial,Helvetica,'Noto Sans CJK SC','WenQuanYi Micro Hei',"
    "'Droid Sans Fallback',sans-serif"
)
COLOURS: dict[str, str] = {
    Category.HISTORY: "#3c4650",
    Category.PRESENTATION: "#3c4650",
    Category.DIAGNOSIS: "#005b9a",
    Category.IMAGING: "#005b9a",
    Category.PATHOLOGY: "#6b3a7d",
    Category.LABORATORY: "#6b3a7d",
    Category.SURGERY: "#9e2a2b",
    Category.INTERVENTION: "#9a4a00",
    Category.DRUG: "#04694c",
    Category.FOLLOW_UP: "#3c4650",
    Category.OUTCOME: "#3c4650",
}
_INK = "#16202a"
_QUIET = "#4c5863"
_GROUND = "#ffffff"
_GREY = "#333333"


def style(colours: Colours) -> str:
    """CSS that a plain SVG renderer understands: classes alone, no variables."""
    rules = [
        f"text{{font-family:{FONTS};font-size:{PRINT.font}px;fill:{_INK}}}",
        f".s{{font-size:{PRINT.small}px;fill:{_QUIET}}}",
        f".k{{fill:{_QUIET}}}",
        ".y,.v{font-weight:bold}",
        ".f{fill:currentColor;stroke:currentColor;stroke-width:.8}",
        f".o{{fill:{_GROUND};stroke:currentColor;stroke-width:1.1}}",
        ".d{fill:none;stroke:currentColor;stroke-width:.7;stroke-dasharray:2 1.4}",
        ".l{fill:none;stroke:currentColor;stroke-width:.8}",
        ".b{fill:currentColor;fill-opacity:.16;stroke:currentColor;stroke-width:.8}",
        ".u{stroke-dasharray:2 1.4}",
        ".h{fill:none;stroke:currentColor;stroke-width:.6}",
        ".p{fill:currentColor}",
        ".c{fill:none;stroke:currentColor;stroke-width:1}",
        ".a{fill:#f2f4f6}",
        ".r{fill:#e3e8ec}",
        f".n{{fill:{_GROUND}}}",
        f".q{{fill:none;stroke:{_QUIET};stroke-width:.7}}",
        f".x{{fill:none;stroke:{_QUIET};stroke-width:.7}}",
        f".z{{fill:none;stroke:{_GROUND};stroke-width:1.2;stroke-dasharray:2 2}}",
        ".w{fill:none;stroke:#8b97a2;stroke-width:2.2}",
        ".g{fill:none;stroke:#c9d0d6;stroke-width:.5;stroke-dasharray:.8 1.6}",
        f".axis,.tracks,.legend{{color:{_INK}}}",
    ]
    for category, colour in COLOURS.items():
        drawn = colour if colours is Colours.COLOUR else _GREY
        rules.append(
            f".c-{category}{{color:{drawn}}}.v.c-{category},.c-{category} .b{{fill:{drawn}}}"
        )
    return "".join(rules)
