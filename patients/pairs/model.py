"""What a pair is made of."""

from __future__ import annotations

from dataclasses import dataclass

from patients.document.image_model import ImageData
from patients.document.model import EventData, FindingData, LesionData


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with what the record says around it."""

    image: ImageData
    finding: FindingData
    event: EventData
    lesion: LesionData | None

    @property
    def id(self) -> str:
        return self.image.id

    @property
    def vessel(self) -> str:
        """The slug of the vessel whose flow the finding tells of; empty where it tells of none."""
        finding = self.finding
        return finding.site.slug if finding.patency and finding.site else ""

    @property
    def shows(self) -> str:
        """The lesion, or else the vessel or site, in words; empty where the record names none."""
        if self.lesion is not None:
            return self.lesion.label
        return self.finding.site.display if self.finding.site else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Pictures that belong together, in time order."""

    key: str
    """`lesion-` with its id, `vessel-` with its site's slug, or `event-` with the study's id."""
    label: str
    pictures: tuple[Picture, ...]

    @property
    def studies(self) -> list[list[Picture]]:
        """The pictures of each study, in time order."""
        found: dict[str, list[Picture]] = {}
        for picture in self.pictures:
            found.setdefault(picture.event.id, []).append(picture)
        return list(found.values())


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pictures of one case, in the order in which somebody looks at them."""

    before: Picture
    after: Picture

    @property
    def ids(self) -> tuple[str, str]:
        return self.before.id, self.after.id

    @property
    def is_turned(self) -> bool:
        """Whether the first of the two is from the later study."""
        return self.before.event.number > self.after.event.number

    @property
    def is_one_study(self) -> bool:
        return self.before.event.id == self.after.event.id

    @property
    def in_time(self) -> tuple[Picture, Picture]:
        return (self.after, self.before) if self.is_turned else (self.before, self.after)

    @property
    def is_of_one(self) -> bool:
        """Whether the record says that both show the same lesion or vessel."""
        before, after = self.before, self.after
        if before.lesion is not None and after.lesion is not None:
            return before.lesion.id == after.lesion.id
        return bool(before.vessel) and before.vessel == after.vessel
