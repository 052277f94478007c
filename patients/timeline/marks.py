"""Events of a document as the figure needs them: bounds, spans and what to write beside them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from patients.document.model import CaseDocument, DrugData, DurationData, EventData
from patients.timeline import text
from patients.timeline.options import Language
from patients.timeline.wording import frequency_in_chinese, lasting, phrases


@dataclass(frozen=True, slots=True)
class Mark:
    """One event. Days count from the case's day 0; None is not known."""

    event: EventData
    place: int
    """Its place in time order, from 0."""
    low: int | None
    high: int | None
    is_span: bool
    end_low: int | None
    end_high: int | None
    ongoing: bool
    lasting: int | None
    """Days that it lasts at the least, where the report tells a duration."""
    dose_every: float | None
    """Days between two doses."""
    label: str
    numbers: tuple[int, ...]
    """Numbers of the references that it or one of its findings cites."""

    @property
    def lane(self) -> str:
        return self.event.category

    @property
    def is_exact(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def has_own_end(self) -> bool:
        """Whether its end is known apart from its start: not by a duration alone."""
        return self.is_exact or self.lasting is None

    @property
    def kind(self) -> tuple[str, str]:
        """What repeats of it share."""
        term = self.event.term
        return self.lane, term.slug if term else self.label.casefold()


def marks_of(document: CaseDocument, lanes: tuple[str, ...], language: Language) -> list[Mark]:
    """The events of the chosen lanes, in time order; all lanes where none is chosen."""
    cited: dict[str, list[int]] = defaultdict(list)
    for finding in document.imaging_findings:
        cited[finding.event] += [row.reference_number for row in finding.citations]
    chosen = [event for event in document.events if not lanes or event.category in lanes]
    return [
        _mark(
            event,
            place,
            [row.reference_number for row in event.citations] + cited[event.id],
            language,
        )
        for place, event in enumerate(chosen)
    ]


def _mark(event: EventData, place: int, numbers: list[int], language: Language) -> Mark:
    time = event.time
    return Mark(
        event=event,
        place=place,
        low=time.start.low,
        high=time.start.high,
        is_span=time.end is not None or time.ongoing or time.duration is not None,
        end_low=time.end.low if time.end else None,
        end_high=time.end.high if time.end else None,
        ongoing=time.ongoing,
        lasting=time.duration.low if time.duration else None,
        dose_every=_dose_interval(event),
        label=_label(event, language),
        numbers=tuple(sorted(set(numbers))),
    )


def _label(event: EventData, language: Language) -> str:
    """The event's label; of a drug also dose, frequency and how long it was given."""
    parts = [label_in(language, event.label, event.label_zh)]
    drug, time = event.drug, event.time
    if drug is not None:
        told = f"{drug.dose} {drug.dose_unit}".strip() if drug.dose else ""
        if told and told in parts[0]:
            told = ""
        parts.append(" ".join(filter(None, [told, _frequency(drug, language)])))
        if time.duration is not None:
            parts.append(_duration(time.duration, language))
    return text.clean(phrases(language).comma.join(filter(None, parts)))


def _duration(duration: DurationData, language: Language) -> str:
    """As reported, where that is in the language of the figure and not plain days."""
    if language is Language.ENGLISH and duration.low != duration.high:
        return duration.words
    return lasting(duration.low, duration.high, language)


def _frequency(drug: DrugData, language: Language) -> str:
    if language is Language.ENGLISH:
        return drug.frequency
    if not drug.frequency_days or not drug.frequency_times:
        return ""
    return frequency_in_chinese(drug.frequency_times, drug.frequency_days)


def label_in(language: Language, english: str, chinese: str) -> str:
    """The label in the language asked for, where the record has it."""
    chosen = chinese if language is Language.CHINESE and chinese else english
    return text.clean(chosen) or text.ELLIPSIS


def _dose_interval(event: EventData) -> float | None:
    drug = event.drug
    if drug is None or not drug.frequency_days or not drug.frequency_times:
        return None
    return drug.frequency_days / drug.frequency_times
