"""The whole table: every route, with what each role is answered to each method."""

from __future__ import annotations

from typing import Final

from tests.matrix import (
    rows_accounts,
    rows_admin,
    rows_api,
    rows_image_files,
    rows_images,
    rows_pack,
    rows_pages,
)

ROWS: Final = [
    *rows_pages.ROWS,
    *rows_images.ROWS,
    *rows_image_files.ROWS,
    *rows_pack.ROWS,
    *rows_accounts.ROWS,
    *rows_api.ROWS,
    *rows_admin.ROWS,
]
