"""The pictures of a case, and which of them belong together. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from patients.document.model import CaseDocument
from patients.pairs.model import Group, Picture


def pictures_of(document: CaseDocument) -> list[Picture]:
    """All of them in time order, also those of which only the words are left."""
    events = {row.id: row for row in document.events}
    lesions = {row.id: row for row in document.lesions}
    found = [
        Picture(image, finding, events[finding.event], lesions.get(finding.lesion or ""))
        for finding in document.imaging_findings
        for image in finding.images
    ]
    return sorted(found, key=lambda picture: picture.event.number)


def groups_of(pictures: Iterable[Picture]) -> list[Group]:
    """Each picture once: with its lesion, else with its vessel, else with its study."""
    found: dict[str, list[Picture]] = {}
    for picture in pictures:
        keys = _subject_keys(picture) or [f"event-{picture.event.id}"]
        found.setdefault(keys[0], []).append(picture)
    return [Group(key, _label(key, rows[0]), tuple(rows)) for key, rows in found.items()]


def subjects_of(pictures: Iterable[Picture]) -> list[Group]:
    """The lesions and vessels that more than one study has pictures of.

    A vessel is followed through all findings that tell of its flow, also where one of them is of a
    thrombus in it; not where they are of several lesions, which are never paired.
    """
    found: dict[str, list[Picture]] = {}
    for picture in pictures:
        if not picture.image.removed:
            for key in _subject_keys(picture):
                found.setdefault(key, []).append(picture)
    groups: list[Group] = []
    for key, rows in sorted(found.items(), key=lambda row: not row[0].startswith("lesion-")):
        group = Group(key, _label(key, rows[0]), tuple(rows))
        lesions = {picture.lesion.id for picture in rows if picture.lesion is not None}
        told = any(_ids(group) <= _ids(other) for other in groups)
        if len(group.studies) > 1 and len(lesions) < 2 and not told:
            groups.append(group)
    return groups


def _ids(group: Group) -> set[str]:
    return {picture.id for picture in group.pictures}


def _subject_keys(picture: Picture) -> list[str]:
    keys = [f"lesion-{picture.lesion.id}"] if picture.lesion is not None else []
    return [*keys, f"vessel-{picture.vessel}"] if picture.vessel else keys


def _label(key: str, picture: Picture) -> str:
    if key.startswith("vessel-") and picture.finding.site is not None:
        return picture.finding.site.display
    return picture.event.label if key.startswith("event-") else picture.shows
