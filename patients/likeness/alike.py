"""The parts of a likeness that are sets or single values: who, what and where."""

from __future__ import annotations

from collections.abc import Mapping
from math import log2
from typing import Final

from patients.likeness.model import Features, Finding, Named, Part
from patients.likeness.words import in_text, listed
from patients.vocabulary import LesionKind, Sex

RELATED_DIAGNOSIS: Final = 0.5
SAME_KIND: Final = 0.5
FULL_BY_STUDIES: Final = 3.0
"""So many shared studies that no third case cites are as much as this part can say."""
YEARS_APART: Final = 20
"""Ages that are so far apart are not alike any more."""


def diagnosis(one: Features, other: Features) -> Part | None:
    """The same; or one that the other's course names among its diagnoses. Nothing is guessed from
    names or codes."""
    if one.diagnosis and other.diagnosis and one.diagnosis.slug == other.diagnosis.slug:
        return Part("diagnosis", 1.0, f"same diagnosis, {in_text(one.diagnosis.display)}")
    here = {named.slug: named for named in _diagnosed(one)}
    shared = [here[named.slug] for named in _diagnosed(other) if named.slug in here]
    if not shared:
        return None
    words = listed([in_text(named.display) for named in shared])
    return Part("diagnosis", RELATED_DIAGNOSIS, f"{words} diagnosed in both")


def _diagnosed(features: Features) -> list[Named]:
    own = [features.diagnosis] if features.diagnosis else []
    return [*own, *features.also_diagnosed]


def site(one: Features, other: Features) -> Part | None:
    if one.site is None or other.site is None or one.site.slug != other.site.slug:
        return None
    return Part("site", 1.0, f"same primary site, {in_text(one.site.display)}")


def findings(one: Features, other: Features) -> Part | None:
    """The same lesions at the same sites; half as much for the same kind of lesion alone."""
    here, there = _by_place(one), _by_place(other)
    shared = [here[key] for key in here if key in there]
    told = {finding.kind for finding in shared}
    kinds = sorted(({kind for kind, _ in here} & {kind for kind, _ in there}) - told)
    words = []
    if shared:
        words.append(f"{listed([_finding_words(finding) for finding in shared])} in both")
    if kinds:
        named = listed([_kind_words(kind) for kind in kinds])
        words.append(f"{named} in both, not at the same recorded site")
    if not words:
        return None
    share = (len(shared) + SAME_KIND * len(kinds)) / len(here.keys() | there.keys())
    return Part("findings", min(1.0, share), "; ".join(words))


def _by_place(features: Features) -> dict[tuple[str, str], Finding]:
    return {
        (finding.kind, finding.site.slug if finding.site else ""): finding
        for finding in features.findings
    }


def _finding_words(finding: Finding) -> str:
    kind = _kind_words(finding.kind)
    return f"{kind} ({in_text(finding.site.display)})" if finding.site else kind


def _kind_words(kind: str) -> str:
    return in_text(LesionKind(kind).label)


def references(one: Features, other: Features, cited: Mapping[str, int]) -> Part | None:
    """`cited` says how many cases cite a study, itself included; what many cite says little."""
    there = set(other.references)
    numbers = [at for at, id in enumerate(one.references, 1) if id in there]
    if not numbers:
        return None
    weight = sum(_rarity(cited.get(one.references[number - 1], 2)) for number in numbers)
    shared = f"{len(numbers)} shared {'study' if len(numbers) == 1 else 'studies'}"
    places = listed([str(number) for number in numbers])
    return Part("references", min(1.0, weight / FULL_BY_STUDIES), f"{shared} (here {places})")


def _rarity(count: int) -> float:
    """1 for a study that no third case cites, a half where four do, a quarter where sixteen do."""
    return 1 / log2(max(count, 2))


def sex(one: Features, other: Features) -> Part | None:
    if not one.sex or one.sex != other.sex:
        return None
    return Part("sex", 1.0, f"same sex, {in_text(Sex(one.sex).label)}")


def age(one: Features, other: Features) -> Part | None:
    """Between the nearest years of the two bands."""
    if one.age_low is None or other.age_low is None:
        return None
    apart = max(0, one.age_low - _upper(other), other.age_low - _upper(one))
    if apart >= YEARS_APART:
        return None
    ages = f"{one.age_words} here and {other.age_words} there"
    if (one.age_low, one.age_high) == (other.age_low, other.age_high):
        words = f"same age, {one.age_words}"
    elif apart == 0:
        words = f"ages that overlap, {ages}"
    else:
        words = f"ages {apart} year{'' if apart == 1 else 's'} apart, {ages}"
    return Part("age", 1 - apart / YEARS_APART, words)


def _upper(features: Features) -> int:
    """90 and over has no upper end; it is counted as 90."""
    if features.age_high is not None:
        return features.age_high
    return features.age_low or 0
