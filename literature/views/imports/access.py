"""Who may bring references in, and whose imports they see."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from literature.models import Import
from literature.views.access import needs

for_those_who_add = needs("literature.add_import")
"""Looks at no more of the request than who sent it, so that nobody else can make the server read
a large body."""
NOTHING_HERE = "There is nothing at this address."


def import_or_404(public_id: str, user: Any) -> Import:
    """An import of this user's own, or anybody's for curators. Raises Http404."""
    seen = Import.objects.visible_to(user).select_related("attach_to", "by")
    try:
        return seen.get(public_id=public_id)
    except Import.DoesNotExist:
        raise Http404(NOTHING_HERE) from None
