"""Everything that the pages of pictures show, gathered once."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

from django.http import QueryDict

from patients.document import CaseDocument
from patients.models import FindingImage, ImageFile
from patients.presenters.pictures import PairView, Pictures, PictureView
from patients.querysets import sees_unpublished
from patients.reading import Reading

NAMES: Final = {"before": "The first image", "after": "The second image"}
SHOWN: Final = 40
"""Characters of what was asked for, in a refusal."""


class GalleryPage:
    """All pictures of a case, and for its editors what is still to be done to each."""

    def __init__(self, reading: Reading, user: Any, *, is_version: bool = False) -> None:
        self.reading, self.user, self.is_version = reading, user, is_version
        self.pictures = pictures_in(reading, is_version=is_version)
        self.groups = self.pictures.groups()

    @property
    def document(self) -> CaseDocument:
        return self.reading.document

    @cached_property
    def may_attach(self) -> bool:
        return may_attach(self.user) and self.reading.version is None

    @cached_property
    def unconfirmed(self) -> frozenset[str]:
        """The ids of pictures that nobody has looked at yet; one query for editors."""
        if not self.may_attach:
            return frozenset()
        return unconfirmed_of(self.document.accession)

    @property
    def findings(self) -> list[tuple[str, str]]:
        """For editors: the findings that a picture can be attached to, as id and words."""
        events = {event.id: event for event in self.document.events}
        lesions = {lesion.id: lesion.label for lesion in self.document.lesions}
        return [
            (row.id, " · ".join(filter(None, [
                events[row.event].label,
                events[row.event].time.start.words,
                lesions.get(row.lesion or "", ""),
                row.description,
            ])))
            for row in self.document.imaging_findings
        ]  # fmt: skip


class PairPage:
    """Two pictures that a query names, and a choice of others. Nothing raises: what cannot be
    shown is said in `problems`."""

    def __init__(self, reading: Reading, asked: QueryDict, *, is_version: bool = False) -> None:
        self.reading, self.is_version = reading, is_version
        self.pictures = pictures_in(reading, is_version=is_version)
        self.problems: list[tuple[str, str]] = []
        """The field that it is about, and a sentence."""
        self.status = 200
        self.before, self.after = self._ids(asked)
        self.shown: PairView | None = None
        if self.before and self.after and not self.problems:
            self.shown = self.pictures.pair(self.before, self.after)

    @property
    def document(self) -> CaseDocument:
        return self.reading.document

    @cached_property
    def choices(self) -> list[PictureView]:
        return [view for view in self.pictures.all if not view.image.removed]

    @property
    def chosen(self) -> tuple[str, str]:
        """What the two lists begin with: what was asked for, else the first and the last."""
        ids = [view.image.id for view in self.choices]
        before = self.before if self.before in ids else ids[0]
        return before, self.after if self.after in ids else ids[-1]

    def _ids(self, asked: QueryDict) -> tuple[str, str]:
        """Those asked for; where none is, those of the first pair that the case offers."""
        if not any(name in asked for name in NAMES):
            pairs = self.pictures.pairs
            return pairs[0].ids if pairs else ("", "")
        found = {name: asked.get(name, "").strip().upper() for name in NAMES}
        known = {picture.id: picture.image.removed for picture in self.pictures.found}
        for name, words in NAMES.items():
            if not found[name]:
                self._refuse(name, f"{words} is not chosen.", 400)
            elif found[name] not in known:
                named = found[name][:SHOWN]
                self._refuse(name, f"{words}, {named}, is not one of this case.", 404)
            elif known[found[name]]:
                self._refuse(name, f"{words} was removed from Casebase.", 410)
        if not self.problems and found["before"] == found["after"]:
            self._refuse("after", "Both are the same image. Choose two.", 400)
        return found["before"], found["after"]

    def _refuse(self, field: str, words: str, status: int) -> None:
        self.problems.append((field if len(self.choices) > 1 else "", words))
        self.status = max(self.status, status)


def pictures_in(reading: Reading, *, is_version: bool = False) -> Pictures:
    """What may be seen of them; one query for a version that has any."""
    return Pictures(reading.document, reading.version if is_version else None, hidden_in(reading))


def hidden_in(reading: Reading) -> frozenset[str]:
    """The ids of pictures in a version that are not confirmed any more."""
    if reading.version is None:
        return frozenset()
    shown = {image.id for row in reading.document.imaging_findings for image in row.images}
    if not shown:
        return frozenset()
    confirmed = ImageFile.objects.filter(public_id__in=shown, confirmed_at__isnull=False)
    return frozenset(shown - set(confirmed.values_list("public_id", flat=True)))


def may_attach(user: Any) -> bool:
    return sees_unpublished(user) and bool(user.has_perm("patients.attach_image"))


def unconfirmed_of(accession: str) -> frozenset[str]:
    """The ids of a case's pictures of which nobody has said that they identify nobody."""
    waiting = FindingImage.objects.filter(
        case__accession=accession, file__confirmed_at__isnull=True
    )
    return frozenset(waiting.values_list("public_id", flat=True))
