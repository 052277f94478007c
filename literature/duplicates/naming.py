"""A reference as a person names it in a box."""

from __future__ import annotations

import re

from literature import identifiers
from literature.duplicates.merged import kept_of
from literature.models import Reference
from literature.public_ids import PUBLIC_ID_PATTERN

_ADDRESS = re.compile(r"/references/([0-9A-Z]{10})/?$")


def named_reference(text: str) -> Reference | None:
    """By its page's address, its id, a DOI, a PMID or a PMCID. A record that was merged is found
    as the one that it is part of."""
    text = text.strip().replace("\x00", "")
    address = _ADDRESS.search(text)
    public_id = address[1] if address else text.upper()
    if re.fullmatch(PUBLIC_ID_PATTERN, public_id):
        found = Reference.objects.filter(public_id=public_id).first() or kept_of(public_id)
        if found is not None:
            return found
    for kind, normalise in (
        ("DOI", identifiers.normalise_doi),
        ("PMCID", identifiers.normalise_pmcid),
        ("PMID", identifiers.normalise_pmid),
    ):
        try:
            value = normalise(text)
        except ValueError:
            continue
        return Reference.objects.with_identifier({kind: value}).first()
    return None
