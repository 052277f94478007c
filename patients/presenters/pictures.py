"""Pictures as pages show them: addresses, words, which stand together. Runs no query."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from patients.document.image_model import ImageData
from patients.document.model import CaseDocument
from patients.pairs import (
    Growth,
    Pair,
    Picture,
    alternative,
    cautions,
    first_pair,
    groups_of,
    growth_between,
    neighbours,
    pair_of,
    pairs_of,
    pictures_of,
    said_of,
    subjects_of,
    treatments_between,
)
from patients.presenters.words import Row


@dataclass(frozen=True, slots=True)
class PictureView:
    """One picture, with what the record says of it."""

    picture: Picture
    url: str
    small_url: str
    page: str
    """The address of the case page, or of that of its version."""

    @property
    def image(self) -> ImageData:
        return self.picture.image

    @property
    def alt(self) -> str:
        return alternative(self.picture)

    @property
    def study(self) -> str:
        return self.picture.event.label

    @property
    def when(self) -> str:
        return self.picture.event.time.start.words

    @property
    def days(self) -> str:
        """The day, where the words of the time do not say it already."""
        start = self.picture.event.time.start
        exact = start.low is not None and start.low == start.high
        words = f"day {start.low}".replace("-", "−") if exact else start.days_words
        return words if words != start.words else ""

    @property
    def said(self) -> list[Row]:
        return said_of(self.picture)

    @property
    def finding_url(self) -> str:
        return f"{self.page}#finding-{self.picture.finding.id}"

    @property
    def choice(self) -> str:
        """As a list to choose from names it."""
        picture = self.picture
        words = [picture.shows, picture.event.label, self.when, picture.image.caption]
        return " · ".join(filter(None, words))


@dataclass(frozen=True, slots=True)
class GroupView:
    key: str
    label: str
    pictures: list[PictureView]
    pair_url: str
    """The pair that is offered first; empty where no two studies have pictures."""


@dataclass(frozen=True, slots=True)
class SideView:
    heading: str
    """`Earlier study`, `Later study`, or `First image` where both are of one study."""
    shown: PictureView


@dataclass(frozen=True, slots=True)
class PairView:
    sides: list[SideView]
    title: str
    shape: str
    """`wide`, `square` or `tall`: the box that both stand in."""
    growth: Growth | None
    treatments: list[tuple[str, str]]
    """Address and label."""
    cautions: list[str]
    turned_url: str
    previous_url: str
    next_url: str


class Pictures:
    """The pictures of one document. `version` is its number where the pages are of a version;
    `hidden` has the ids of those that readers may not see any more, though the version has them."""

    def __init__(
        self,
        document: CaseDocument,
        version: int | None = None,
        hidden: Collection[str] = (),
    ) -> None:
        self.document = document
        self.found = [_hidden(row) if row.id in hidden else row for row in pictures_of(document)]
        args: list[Any] = [document.accession]
        names = ("case-detail", "case-images", "image-pair")
        if version is not None:
            args.append(version)
            names = ("version-detail", "version-images", "version-image-pair")
        self.page, self.gallery_url, self.pair_page = (
            reverse(f"patients:{name}", args=args) for name in names
        )

    @property
    def pairs(self) -> list[Pair]:
        return pairs_of(self.found)

    @property
    def all(self) -> list[PictureView]:
        return [self.view(picture) for picture in self.found]

    def view(self, picture: Picture) -> PictureView:
        image = picture.image
        args = [self.document.accession, image.id, image.ending]
        return PictureView(
            picture,
            url=reverse("patients:case-image", args=args),
            small_url=reverse("patients:case-image-small", args=args),
            page=self.page,
        )

    def groups(self) -> list[GroupView]:
        """All pictures, each once, with the link to the first pair of what they show."""
        offered = self.first_pairs()
        return [
            GroupView(
                group.key,
                group.label,
                [self.view(row) for row in group.pictures],
                offered.get(group.key, ""),
            )
            for group in groups_of(self.found)
        ]

    def first_pairs(self) -> dict[str, str]:
        """By lesion or vessel, as `Group.key` names it: the address of the pair offered first."""
        return {group.key: self.pair_url(first_pair(group)) for group in subjects_of(self.found)}

    def of_finding(self) -> dict[str, list[PictureView]]:
        """By the id of their finding."""
        found: dict[str, list[PictureView]] = {}
        for view in self.all:
            found.setdefault(view.picture.finding.id, []).append(view)
        return found

    def pair_url(self, pair: Pair) -> str:
        return f"{self.pair_page}?{urlencode({'before': pair.before.id, 'after': pair.after.id})}"

    def pair(self, before: str, after: str) -> PairView:
        """Raises KeyError for the id of a picture that is not there."""
        pair = pair_of(self.found, before, after)
        previous, following = neighbours(self.pairs, pair)
        return PairView(
            sides=[SideView(heading, self.view(row)) for heading, row in _headed(pair)],
            title=_title(pair),
            shape=_shape([pair.before.image, pair.after.image]),
            growth=growth_between(pair),
            treatments=[
                (f"{self.page}#event-{key}", label)
                for key, label in treatments_between(self.document, pair)
            ],
            cautions=cautions(pair),
            turned_url=self.pair_url(Pair(pair.after, pair.before)),
            previous_url=self.pair_url(previous) if previous else "",
            next_url=self.pair_url(following) if following else "",
        )


def _hidden(picture: Picture) -> Picture:
    """Told like one that was removed: nothing of it is left to see."""
    gone = replace(picture.image, caption="", credit="", removed=True)
    return replace(picture, image=gone)


def _headed(pair: Pair) -> list[tuple[str, Picture]]:
    if pair.is_one_study:
        headings = ("First image", "Second image")
    elif pair.is_turned:
        headings = ("Later study", "Earlier study")
    else:
        headings = ("Earlier study", "Later study")
    return list(zip(headings, (pair.before, pair.after), strict=True))


def _title(pair: Pair) -> str:
    """What both show, or what each shows."""
    shown = dict.fromkeys(row.shows for row in (pair.before, pair.after) if row.shows)
    if pair.is_of_one and pair.before.lesion is None and pair.before.finding.site:
        return pair.before.finding.site.display
    return " and ".join(shown) or "Two images"


def _shape(images: Sequence[ImageData]) -> str:
    """Of the box that holds both whole: after the wider of the two."""
    ratio = max(image.width / image.height for image in images)
    if ratio > 1.17:
        return "wide"
    return "square" if ratio > 0.86 else "tall"
