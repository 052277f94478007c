"""What is said of pictures, from the record alone. Pure."""

from __future__ import annotations

from patients.document.model import CaseDocument
from patients.pairs.model import Pair, Picture
from patients.presenters.words import Row, filled, label_of, sizes_words, term_words
from patients.vocabulary import TREATMENTS, Change, Modality, Patency

LINING_UP = (
    "Images from different machines, planes or moments do not line up by themselves. The same "
    "place in both need not be the same place in the body."
)


def alternative(picture: Picture) -> str:
    """For who does not see it: `CT, 3 months later, Mass: a smaller mass, 17 mm.`"""
    finding = picture.finding
    modality = label_of(Modality, finding.modality) or "Image"
    lead = ", ".join(filter(None, [modality, picture.event.time.start.words, picture.shows]))
    seen = picture.image.caption or finding.description
    change = label_of(Change, finding.change).lower()
    size = sizes_words(finding.measurements)
    words = ", ".join(filter(None, [seen.strip().rstrip("."), change, size]))
    return f"{lead}: {words}." if words else f"{lead}."


def said_of(picture: Picture) -> list[Row]:
    """What the finding says, for a caption; nothing where it says nothing."""
    finding = picture.finding
    return filled(
        ("Modality", label_of(Modality, finding.modality)),
        ("Lesion", picture.lesion.label if picture.lesion else ""),
        ("Site", term_words(finding.site)),
        ("Size", sizes_words(finding.measurements)),
        ("Enhancement", finding.enhancement),
        ("Change", label_of(Change, finding.change)),
        ("Vessel", label_of(Patency, finding.patency)),
    )


def cautions(pair: Pair) -> list[str]:
    """What must be known before the two are compared, the most important first."""
    before, after = pair.before, pair.after
    found = []
    if before.lesion and after.lesion and before.lesion.id != after.lesion.id:
        found.append(
            f"These images show different lesions: {before.shows} and {after.shows}. "
            "They do not show a course."
        )
    elif not pair.is_of_one:
        found.append("The record does not say that both images show the same lesion.")
    if pair.is_one_study:
        found.append("Both images are from the same study.")
    elif pair.is_turned:
        found.append("Turned round: the later study comes first.")
    methods = [label_of(Modality, row.finding.modality) for row in (before, after)]
    if all(methods) and methods[0] != methods[1]:
        found.append(
            f"They were made in different ways ({methods[0]} and {methods[1]}), so that sizes and "
            "brightness cannot simply be compared."
        )
    return [*found, LINING_UP]


def treatments_between(document: CaseDocument, pair: Pair) -> list[tuple[str, str]]:
    """Id and label of each treatment that begins between the two studies, in time order."""
    earlier, later = (picture.event.number for picture in pair.in_time)
    return [
        (event.id, event.label)
        for event in document.events
        if event.category in TREATMENTS and earlier < event.number < later
    ]
