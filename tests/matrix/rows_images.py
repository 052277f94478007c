"""What the pages about images answer. Written by hand; see `expected`."""

from __future__ import annotations

from typing import Final

from tests.matrix.expected import CURATORS, Row, page
from tests.matrix.rows_pages import EDITOR_OF, form, of_version, post, reads

WORDS: Final = {"caption": "A drawn mass", "credit": "Drawn, CC0"}
SEEN: Final = {"no_text": "on", "no_face": "on"}


def attaching(of: str, part: str) -> list[Row]:
    """For curators, and for others as if it were not there."""
    at = f"/cases/{{{of}}}/edit/images/"
    image, shown, done = f"{at}{{{part}image}}/", page(CURATORS, 200), page(CURATORS, 302)
    nothing_chosen = page(CURATORS, 422)
    return [
        form("patients:image-attach", f"{at}for/{{{part}finding}}/", shown, nothing_chosen),
        # What does not say what it was made of would overwrite what it never showed.
        form("patients:image-edit", image, shown, page(CURATORS, 409), WORDS),
        post("patients:image-confirm", f"{image}confirm/", done, SEEN),
        post("patients:image-take-back", f"{image}take-back/", done),
        post("patients:image-move", f"{image}move/", done, {"to": "up"}),
        form("patients:image-remove", f"{image}remove/", shown, done),
    ]


ROWS: Final = [
    *reads("patients:case-images", "images/"),
    *reads("patients:image-pair", "images/compare/"),
    *of_version("patients:version-images", "v/2/images/"),
    *of_version("patients:version-image-pair", "v/2/images/compare/"),
    *(row for of, part in EDITOR_OF.items() for row in attaching(of, part)),
]
