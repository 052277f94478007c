"""Features and traces to compare, each with only what a test says."""

from __future__ import annotations

from typing import Any

from patients.likeness.model import Features, Finding, Named, Treatment, Vein
from patients.likeness.trace import Trace


def named(slug: str) -> Named:
    return Named(slug, slug.replace("-", " ").capitalize())


def vein(slug: str, *states: str) -> Vein:
    return Vein(named(slug), list(states))


def finding(kind: str, site: str = "") -> Finding:
    return Finding(kind, named(site) if site else None)


def treated(*told: str) -> list[Treatment]:
    """`drug octreotide` is a treatment with a term, `drug` one without."""
    parts = [each.partition(" ") for each in told]
    return [Treatment(kind, named(slug) if slug else None) for kind, _, slug in parts]


def features(**changes: Any) -> Features:
    nothing: dict[str, Any] = {
        "diagnosis": None, "also_diagnosed": [], "site": None, "veins": [], "findings": [],
        "treatments": [], "references": [], "sex": "", "age_low": None, "age_high": None,
        "age_words": "",
    }  # fmt: skip
    return Features(**{**nothing, **changes})


def aged(low: int, high: int | None = None, **changes: Any) -> Features:
    high = low if high is None else high
    return features(age_low=low, age_high=high, age_words=f"{low} years", **changes)


def trace(**changes: Any) -> Trace:
    """A woman of 50 with one size and one lesion, told by one author."""
    usual: dict[str, Any] = {
        "source": "0000000001", "authors": ["li w"], "sex": "female", "age_low": 50,
        "age_high": 50, "diagnosis": named("tumour"),
        "findings": {"metastasis liver": "metastasis (liver)"},
        "values": {"longest 21 21 liver": "longest diameter 21 mm (liver)"},
    }  # fmt: skip
    return Trace(**{**usual, **changes})
