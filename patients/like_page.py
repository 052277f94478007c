"""The page of cases that are like one: each with its reasons and what they count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from patients.like_form import WeightsForm, weights_of
from patients.likeness import PARTS, USUAL, Weights, features_of
from patients.likeness.weights import MOST, is_usual
from patients.likeness.words import opened
from patients.likeness_reading import LikeCase, is_kept, kept_like, live_like
from patients.reading import Reading
from patients.vocabulary import Status

REASONS = 4
"""Reasons of a case that are open at first."""
COMPARED = 4
"""Cases that one link puts beside the case itself."""


@dataclass(frozen=True, slots=True)
class Found:
    """The like cases, the most like first, and whether they were kept or worked out just now."""

    rows: list[LikeCase]
    is_live: bool


@dataclass(frozen=True, slots=True)
class ReasonView:
    part: str
    words: str
    points: str


@dataclass(frozen=True, slots=True)
class LikeView:
    accession: str
    title: str
    points: str
    percent: int
    """Of all the points that there are."""
    reasons: list[ReasonView]
    """Those that count most."""
    lesser: list[ReasonView]
    compare_url: str


@dataclass(frozen=True, slots=True)
class WeightView:
    """An input; `value` is what was typed where that cannot be taken."""

    key: str
    label: str
    value: str
    error: str


def find_like(reading: Reading, weights: Weights) -> Found:
    """One query where the worker has looked; a case that it has not seen, or never will because no
    reader sees it, is looked at now."""
    accession = reading.document.accession
    if reading.status == Status.PUBLISHED:
        rows = kept_like(accession, weights)
        if rows or is_kept(accession):
            return Found(rows, is_live=False)
    rows = live_like(features_of(reading.document), weights, except_for=accession)
    return Found(rows, is_live=True)


def like_context(reading: Reading, form: WeightsForm) -> dict[str, Any]:
    """`form` has been checked; where it has errors, nothing is looked for."""
    accession = reading.document.accession
    context: dict[str, Any] = {
        "section": "cases",
        "document": reading.document,
        "form": form,
        "problems": problems(form),
        "inputs": inputs(form),
        "most": MOST,
    }
    if not form.is_valid():
        return context
    weights = weights_of(form.cleaned_data)
    found = find_like(reading, weights)
    rows = [like_view(accession, row, weights) for row in found.rows]
    nearest = [row.accession for row in rows[:COMPARED]]
    return context | {
        "rows": rows,
        "total": sum(weights.values()),
        "is_live": found.is_live,
        "is_tuned": not is_usual(weights),
        "compare_first": compare_url(accession, *nearest) if nearest else "",
        "compared": len(nearest),
    }


def like_view(accession: str, row: LikeCase, weights: Weights) -> LikeView:
    points = row.likeness.points(weights)
    reasons = [
        ReasonView(PARTS[part.key], opened(part.words), _told(counted))
        for part, counted in row.likeness.by_weight(weights)
    ]
    # One that is left over takes no more room than the line that would lead to it.
    shown = REASONS if len(reasons) > REASONS + 1 else len(reasons)
    return LikeView(
        accession=row.accession,
        title=row.title,
        points=_told(points),
        percent=round(100 * points / sum(weights.values())),
        reasons=reasons[:shown],
        lesser=reasons[shown:],
        compare_url=compare_url(accession, row.accession),
    )


def _told(points: float) -> str:
    """One decimal; what is above nothing is never told as nothing."""
    return f"{max(points, 0.1):.1f}".removesuffix(".0")


def compare_url(*accessions: str) -> str:
    query = urlencode([("case", accession) for accession in accessions])
    return f"{reverse('patients:compare')}?{query}"


def inputs(form: WeightsForm) -> list[WeightView]:
    found = []
    for key, label in PARTS.items():
        typed = form.data.get(key) if form.is_bound else None
        errors = list(form.errors.get(key) or ())
        value = str(USUAL[key]) if typed in (None, "") else str(typed)[:20]
        found.append(WeightView(key, label, value, " ".join(str(error) for error in errors)))
    return found


def problems(form: WeightsForm) -> list[tuple[str, str]]:
    """What is wrong, as the key of an input (empty for all together) and a sentence."""
    return [
        ("" if name == "__all__" else name, f"{PARTS[name]}: {error}" if name in PARTS else error)
        for name, errors in form.errors.items()
        for error in map(str, errors)
    ]
