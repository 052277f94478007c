"""Who may open the pages of proposals: the first line of each of their views."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from patients.models import Revision

NOTHING_HERE = "There is no proposal at this address."
DECIDES = "patients.decide_revision"


def revision_or_404(request: HttpRequest, public_id: str) -> Revision:
    """A proposal that this person may see. Raises Http404 alike for hidden and unknown ones."""
    rows = Revision.objects.visible_to(request.user).select_related(
        "case", "author", "assignee", "decided_by", "edit", "source_reference"
    )
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404(NOTHING_HERE)
    return found
