"""What the case pack answers. Its ZIP takes long to make, so that it is asked for with a width that
there is not: who may have it is told so. See `tests.pages.test_pack` for the rest."""

from __future__ import annotations

from typing import Final

from tests.matrix.expected import CURATORS, Row, same
from tests.matrix.rows_pages import CASE, DRAFT, WITHDRAWN, get, of_version, reads

WRONG: Final = "pack.zip?width=1"
REFUSED: Final = same(400)
HIDDEN: Final = same(404) | dict.fromkeys(CURATORS, 400)
GONE: Final = same(410) | dict.fromkeys(CURATORS, 400)
ZIP, VERSION_ZIP = "patients:case-pack-zip", "patients:version-pack-zip"

ROWS: Final[list[Row]] = [
    *reads("patients:case-pack", "pack/"),
    *of_version("patients:version-pack", "v/2/pack/"),
    get(ZIP, CASE + WRONG, REFUSED),
    get(ZIP, DRAFT + WRONG, HIDDEN),
    get(ZIP, WITHDRAWN + WRONG, GONE),
    get(VERSION_ZIP, f"{CASE}v/2/{WRONG}", REFUSED),
    get(VERSION_ZIP, f"{DRAFT}v/2/{WRONG}", same(404)),
    get(VERSION_ZIP, f"{WITHDRAWN}v/2/{WRONG}", GONE),
    get(ZIP, CASE + "pack.zip?case={draft}", REFUSED),
]
