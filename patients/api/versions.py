"""The published versions of a case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.urls import reverse
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from literature.rest.conditional import is_unchanged
from literature.rest.paging import paginate
from literature.rest.problems import Gone
from literature.rest.views import RecordViewSet
from patients.models import CaseVersion
from patients.reading import CaseWithdrawnError, read_version
from patients.serializers.reading import case_detail
from patients.versions import versions_of


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A published version in short."""

    number: int
    published_at: datetime
    checksum: str
    is_current: bool
    reason: str
    """Why it was made, where nobody published the record: what changed outside of it."""
    url: str
    """Its page."""


class VersionActions(RecordViewSet):
    """For the viewset of cases."""

    @action(detail=True, methods=["get"])
    def versions(self, request: Request, **kwargs: Any) -> Response:
        """The published versions of a case, the newest first. Each stays as it was published."""
        with gone_if_withdrawn():
            found = versions_of(self.key, request.user).defer("document")
        page = paginate(request, found, self.asked)
        return Response(page.around(version_rows(self.key, page.rows)))

    @action(detail=True, methods=["get"], url_path=r"versions/(?P<number>[1-9][0-9]{0,5})")
    def version(self, request: Request, number: str, **kwargs: Any) -> Response:
        """The case document as it was published in one version."""
        with gone_if_withdrawn():
            reading = read_version(self.key, int(number), request.user)
        etag = f'"{reading.checksum}.{reading.version}.{reading.status}"'
        if is_unchanged(request, etag):
            return Response(status=304, headers={"ETag": etag})
        return Response(case_detail(reading), headers={"ETag": etag})


def version_rows(accession: str, versions: list[CaseVersion]) -> list[Any]:
    rows = [
        VersionRow(
            number=version.number,
            published_at=version.published_at,
            checksum=version.checksum,
            is_current=version.is_current,
            reason=version.reason,
            url=reverse("patients:version-detail", args=[accession, version.number]),
        )
        for version in versions
    ]
    made: list[Any] = msgspec.to_builtins(rows)
    return made


@contextmanager
def gone_if_withdrawn() -> Iterator[None]:
    """Answers 410 with when and why, as the page that stays does."""
    try:
        yield
    except CaseWithdrawnError as error:
        why = error.reason or "No reason was recorded."
        raise Gone(f"{error.accession} was withdrawn on {error.at:%Y-%m-%d}. {why}") from None
