"""Looking identifiers up at Crossref and PubMed. Tells; writes nothing to the library."""

from literature.lookup.client import Client, why_off
from literature.lookup.errors import (
    BadAnswer,
    LookupProblem,
    NotFound,
    Refused,
    SwitchedOff,
    Unreachable,
)
from literature.lookup.found import Answer, Found, Kind
from literature.lookup.found_notices import FoundNotice, notices_of
from literature.lookup.identifiers_in import identifiers_in, only_identifiers
from literature.lookup.looking_up import kept_at_both, look_up, look_up_at_both
from literature.lookup.reader import Identifiers

IDENTIFIERS = Identifiers()

__all__ = [
    "IDENTIFIERS",
    "Answer",
    "BadAnswer",
    "Client",
    "Found",
    "FoundNotice",
    "Identifiers",
    "Kind",
    "LookupProblem",
    "NotFound",
    "Refused",
    "SwitchedOff",
    "Unreachable",
    "identifiers_in",
    "kept_at_both",
    "look_up",
    "look_up_at_both",
    "notices_of",
    "only_identifiers",
    "why_off",
]
