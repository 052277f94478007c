"""What the addresses of pictures answer. Written by hand; see `expected`."""

from __future__ import annotations

from typing import Final

from tests.matrix.expected import CURATORS, Answers, Row, same
from tests.matrix.rows_pages import get

OPEN: Final = same(200)
WORKING: Final = dict.fromkeys(CURATORS, 200)
SEEN: Final[dict[str, Answers]] = {
    "case": OPEN,
    "draft": same(404) | WORKING,
    "withdrawn": same(410) | WORKING,
}


def pictures(of: str, key: str) -> list[Row]:
    at = f"/cases/{{{of}}}/images/{{{key}}}"
    return [
        get("patients:case-image", f"{at}.png", SEEN[of]),
        get("patients:case-image-small", f"{at}-small.png", SEEN[of]),
    ]


ROWS: Final = [
    *pictures("case", "image"),
    *pictures("draft", "draft_image"),
    *pictures("withdrawn", "withdrawn_image"),
    # A picture of one case is not at the address of another.
    get("patients:case-image", "/cases/{case}/images/{draft_image}.png", same(404)),
]
