"""Response of a tumour as RECIST 1.1 counts it, from the sizes that a case gives. Pure.

A published case seldom gives all that RECIST asks for, so the result is called RECIST-like. A size
that is a range gives a result only where both ends give the same one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from patients.derived.beside import Beside
from patients.derived.embolisation import is_embolisation
from patients.derived.model import Derived, Input, Rule
from patients.derived.sizes import NORMAL_NODE_MM, Series, Size, has_grown, series_of
from patients.document.model import CaseDocument, EventData
from patients.vocabulary import Outcome

RULE: Final = Rule(
    key="recist_like",
    name="RECIST-like response",
    source="RECIST 1.1: Eisenhauer and others, European Journal of Cancer 2009",
    note="A published case seldom gives all that RECIST asks for, hence “RECIST-like”.",
)
AFTER_EMBOLISATION: Final = (
    "After chemoembolisation, mRECIST (the enhancing part) is the usual measure."
)
MOST_TARGETS, MOST_OF_ORGAN = 5, 2
SHRINKING: Final = Decimal("0.7")
"""Of the baseline at most: a partial response (RECIST 1.1)."""
COMPLETE, PARTIAL, STABLE, PROGRESSION = "complete", "partial", "stable", "progression"
WORDS: Final = {
    COMPLETE: "Complete response",
    PARTIAL: "Partial response",
    STABLE: "Stable disease",
    PROGRESSION: "Progression",
}
REPORTED: Final = {
    Outcome.COMPLETE_REMISSION: COMPLETE,
    Outcome.PARTIAL_RESPONSE: PARTIAL,
    Outcome.STABLE_DISEASE: STABLE,
    Outcome.PROGRESSION: PROGRESSION,
}


@dataclass(frozen=True, slots=True)
class Sum:
    """Of the targets at one event, in mm; `gone` says whether nothing of them is disease: at the
    smallest the sizes may be, and at the largest."""

    event: EventData
    low: Decimal
    high: Decimal
    gone: tuple[bool, bool]

    @property
    def words(self) -> str:
        return Size(self.low, self.high, "").words


def category(baseline: Decimal, nadir: Decimal, now: Decimal, gone: bool) -> str:
    """Of one sum in mm. Progression outranks response; what was gone and is there again is
    progression whatever its size."""
    if gone:
        return COMPLETE
    if nadir == 0 or has_grown(nadir, now):
        return PROGRESSION
    return PARTIAL if now <= baseline * SHRINKING else STABLE


def responses(document: CaseDocument) -> Iterator[Derived]:
    """One for each event after the baseline at which a target was measured or a new lesion seen;
    one with the reason where there is no baseline."""
    every = series_of(document)
    measured = [series for series in every if series.is_measured]
    if not measured:
        yield from _otherwise_measured(every)
        return
    baseline = next(event for event in document.events
                    if any(event.id in series.sizes for series in measured))  # fmt: skip
    targets, refusal = _targets(measured, baseline)
    if refusal:
        lesion = measured[0].lesion
        yield Derived(RULE, f"lesion-{lesion.id}", lesion.label, (), reason=refusal)
        return
    yield from _after(document, every, targets, baseline)


def _otherwise_measured(every: Sequence[Series]) -> Iterator[Derived]:
    """Why no response follows from sizes in other planes than the rule counts."""
    series = next((row for row in every if row.others), None)
    if series is not None:
        kind = "short axis, which counts for a lymph node" if series.is_node else "longest diameter"
        reason = f"Sizes are given, but none of them is the {kind}."
        yield Derived(
            RULE, f"lesion-{series.lesion.id}", series.lesion.label, tuple(series.others),
            reason=reason,
        )  # fmt: skip


def _targets(measured: Sequence[Series], baseline: EventData) -> tuple[list[Series], str]:
    """The largest lesions at the baseline, at most five and two of an organ; or why none is."""
    there = [series for series in measured if baseline.id in series.sizes]
    large = [series for series in there if series.sizes[baseline.id].low >= series.least]
    if not large:
        least = there[0].least
        kind = "short axis of a lymph node" if there[0].is_node else "longest diameter"
        return [], f"The {kind} at the baseline ({baseline.label}) is below {least} mm."
    if not any(set(series.sizes) - {baseline.id} for series in large):
        return [], f"Sizes are given at one time only ({baseline.label})."
    chosen: list[Series] = []
    of_organ: Counter[str] = Counter()
    for series in sorted(large, key=lambda series: -series.sizes[baseline.id].high):
        organ = series.organ or series.lesion.id
        if len(chosen) < MOST_TARGETS and of_organ[organ] < MOST_OF_ORGAN:
            chosen.append(series)
            of_organ[organ] += 1
    return chosen, ""


def _after(
    document: CaseDocument, every: list[Series], targets: list[Series], baseline: EventData
) -> Iterator[Derived]:
    sums: list[Sum] = [_sum(targets, baseline)]
    chosen = {series.lesion.id for series in targets}
    others = [series for series in every if series.lesion.id not in chosen]
    embolised, beside = False, Beside(document, others, baseline)
    for event in document.events:
        embolised = embolised or is_embolisation(event)
        came = beside.look(event)
        if event.number <= baseline.number:
            continue
        seen = [series for series in targets if event.id in series.sizes]
        if not seen and not came:
            continue
        found = _at(targets, sums, event, beside)
        if len(seen) == len(targets):
            sums.append(_sum(targets, event))
        if embolised and found.result:
            found = replace(found, words=f"{found.words} {AFTER_EMBOLISATION}")
        yield found


def _sum(targets: Sequence[Series], event: EventData) -> Sum:
    sizes = [series.sizes[event.id] for series in targets]
    limits = [NORMAL_NODE_MM if series.is_node else Decimal(0) for series in targets]
    gone_at = [
        all(size < limit or size == 0 for size, limit in zip(ends, limits, strict=True))
        for ends in ([size.low for size in sizes], [size.high for size in sizes])
    ]
    total = Decimal(0)
    return Sum(
        event,
        sum((size.low for size in sizes), total),
        sum((size.high for size in sizes), total),
        (gone_at[0], gone_at[1]),
    )


def _at(
    targets: Sequence[Series], sums: Sequence[Sum], event: EventData, beside: Beside
) -> Derived:
    reported = REPORTED.get(Outcome(event.outcome), "") if event.outcome else ""
    found = Derived(
        RULE, f"event-{event.id}", event.label, _inputs(targets, sums[0], event),
        reported=reported, reported_words=WORDS[reported] if reported else "",
    )  # fmt: skip
    if beside.new:
        words = f"Progression: new lesion ({beside.new[0]})."
        return replace(found, result=PROGRESSION, words=words)
    missing = [series.lesion.label for series in targets if event.id not in series.sizes]
    if missing:
        return replace(found, reason=f"No size is given of {_listed(missing)}.")
    now = _sum(targets, event)
    results = _possible(sums, now)
    if len(results) > 1:
        ranks = " or ".join(WORDS[name].lower() for name in sorted(results))
        return replace(found, reason=f"The sizes are ranges: it may be {ranks}.")
    (result,) = results
    if result != PROGRESSION and (increase := beside.increase()):
        return replace(found, reason=increase)
    if result == COMPLETE and (others := beside.not_gone()):
        words = f"Partial response: what was measured is gone, {_listed(others)} not said to be."
        return replace(found, result=PARTIAL, words=words)
    return replace(found, result=result, words=_words(result, sums, now))


def _possible(sums: Sequence[Sum], now: Sum) -> set[str]:
    """What it is at the ends of all ranges: every step of the rule goes one way in each of them."""
    baseline = sums[0]
    lowest, highest = min(sum_.low for sum_ in sums), min(sum_.high for sum_ in sums)
    return {
        category(baseline.high, highest, now.low, now.gone[0]),
        category(baseline.low, lowest, now.high, now.gone[1]),
    }


def _words(result: str, sums: Sequence[Sum], now: Sum) -> str:
    baseline = sums[0]
    nadir = min(sums, key=lambda sum_: sum_.low)
    against = f"{now.words} against {baseline.words} at the baseline ({baseline.event.label})"
    if nadir is not baseline:
        against = f"{against} and {nadir.words} at the smallest ({nadir.event.label})"
    return f"{WORDS[result]}: {against}."


def _inputs(targets: Sequence[Series], baseline: Sum, event: EventData) -> tuple[Input, ...]:
    return tuple(
        Input(f"{series.lesion.label}: {size.words} ({at.label})", f"finding-{size.finding}")
        for series in targets
        for at in (baseline.event, event)
        if (size := series.sizes.get(at.id)) is not None
    )


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if names[1:] else names[0]
