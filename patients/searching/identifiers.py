"""Words that are an identifier: they go straight to what they name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from literature import identifiers
from literature.models import Reference
from patients.models import Listing
from patients.models.case import ACCESSION_PATTERN

_KINDS: Final[tuple[tuple[str, Callable[[str], str]], ...]] = (
    ("DOI", identifiers.normalise_doi),
    ("PMCID", identifiers.normalise_pmcid),
    ("PMID", identifiers.normalise_pmid),
)


@dataclass(frozen=True, slots=True)
class Named:
    """A case, or the reference that the cases found cite."""

    identifier: str
    is_case: bool = False
    listings: tuple[int, ...] = ()
    """Of the case, where the user may see it."""
    accession: str = ""
    reference: Reference | None = None


def named_in(words: str, user: Any) -> Named | None:
    """What `words` name, or None. An accession is one even where nothing has it; a DOI, PMID or
    PMCID that the library does not hold may yet stand in a text, so it is searched for as words."""
    words = words.strip()
    accession = words.upper()
    if re.fullmatch(ACCESSION_PATTERN, accession):
        seen = Listing.objects.visible_to(user).filter(case__accession=accession)
        return Named(accession, True, tuple(seen.values_list("pk", flat=True)), accession)
    for kind, normalise in _KINDS:
        try:
            value = normalise(words)
        except ValueError:
            continue
        held = Reference.objects.with_identifier({kind: value}).defer("search")
        reference = held.first()
        return Named(f"{kind} {value}", reference=reference) if reference is not None else None
    return None
