"""What may allow us to hold the text of a work, and whether it may then be shown."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices


class Shown(TextChoices):
    """What readers are given of a text that is held."""

    FULL = "full", "Shown in full"
    HELD = "held", "Held for checking quotes, not shown"


OWN_WORDS: Final = "Written for Casebase"
QUOTATION_ONLY: Final = "Quotation only, not to be shown"
PERMISSION: Final = "Permission of the publisher"
OPEN: Final = ("CC0 1.0", "CC BY 4.0", "CC BY-SA 4.0", "Public domain")
"""These are shown unless somebody says otherwise."""
SHOWABLE: Final = (
    *OPEN,
    "CC BY-ND 4.0",
    "CC BY-NC 4.0",
    "CC BY-NC-SA 4.0",
    "CC BY-NC-ND 4.0",
    PERMISSION,
    OWN_WORDS,
)
"""The only ones under which a text can be shown. What is not known is not shown."""
CHOICES: Final = (*SHOWABLE, QUOTATION_ONLY)


def usually_shown(licence: str) -> Shown:
    """What is done with a text where nobody chose: only what is open to everybody is shown."""
    return Shown.FULL if licence in (*OPEN, OWN_WORDS) else Shown.HELD
