"""A text → the pieces of it that may identify somebody. Pure, and linear in the text's length."""

from __future__ import annotations

from collections.abc import Iterator

from patients.screening.model import STRUCTURED, Hit
from patients.screening.rules import ages, contact, dates, names, numbers, places
from patients.screening.rules.folding import folded, without_identifiers
from patients.screening.rules.rule import Rule
from patients.vocabulary import HitKind

RULES: tuple[Rule, ...] = (
    *dates.RULES, *ages.RULES, *numbers.RULES, *contact.RULES, *names.RULES, *places.RULES,
)  # fmt: skip
_ORDER = {kind: place for place, kind in enumerate(HitKind)}


def find(text: str) -> list[Hit]:
    """What may identify somebody, in order and without overlap; the longer of two stands."""
    plain = folded(text)
    anonymous = without_identifiers(plain)
    found = [hit for rule in RULES for hit in _by_rule(rule, plain, anonymous)]
    found += [hit for search in places.SEARCHES for hit in search(anonymous)]
    return _without_overlap(found)


def _by_rule(rule: Rule, plain: str, anonymous: str) -> Iterator[Hit]:
    """Pages are searched as they are; everything else without the numbers of works and trials."""
    for match in rule.pattern.finditer(plain if rule.kind == HitKind.WEB else anonymous):
        if rule.keep is None or rule.keep(match):
            start, end = match.span(rule.group)
            yield Hit(rule.kind, start, end, rule.name)


def _without_overlap(found: list[Hit]) -> list[Hit]:
    """Of those that overlap, kinds with a form of their own go before names and places, then the
    longest, then the first."""
    kept: list[Hit] = []
    found.sort(key=lambda hit: (hit.start, hit.end))
    for hit in found:
        if kept and hit.start < kept[-1].end:
            kept[-1] = max(kept[-1], hit, key=_weight)
        else:
            kept.append(hit)
    return kept


def _weight(hit: Hit) -> tuple[int, bool, int]:
    return hit.end - hit.start, hit.kind in STRUCTURED, -_ORDER[hit.kind]
