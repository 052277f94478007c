"""Which events are embolisations. One rule for what is derived and for what is compared. Pure."""

from __future__ import annotations

import re
from typing import Final

from patients.document.model import EventData
from patients.vocabulary import Category

EMBOLISATION: Final = re.compile(r"emboli[sz]ation|\b(?:TAE|TACE|TARE|PSE)\b", re.IGNORECASE)
_OF_ANOTHER_TIME: Final = re.compile(r"\b(?:after|before|since|following|prior to)\b.*", re.DOTALL)


def is_coded_embolisation(event: EventData) -> bool:
    """An intervention whose coded term says so."""
    if event.category != Category.INTERVENTION or event.term is None:
        return False
    return EMBOLISATION.search(f"{event.term.slug} {event.term.display}") is not None


def is_embolisation(event: EventData) -> bool:
    """The same; of an intervention without a term, its label.

    What a label says behind “after” or “before” is another step than the one that it names.
    """
    if event.term is not None:
        return is_coded_embolisation(event)
    told = _OF_ANOTHER_TIME.sub("", event.label)
    return event.category == Category.INTERVENTION and EMBOLISATION.search(told) is not None
