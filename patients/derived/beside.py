"""Tumours beside the targets of a response: new ones, those that grew, those not said to be gone.

Pure. They can only make a response worse, or leave it to a person: never better.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from patients.derived.sizes import Series, findings_of, has_grown
from patients.document.model import CaseDocument, EventData, FindingData
from patients.vocabulary import Change


class Beside:
    """What studies say of them up to the event that was looked at last."""

    def __init__(
        self, document: CaseDocument, others: Sequence[Series], baseline: EventData
    ) -> None:
        self.others, self.baseline = others, baseline
        self.numbers = {event.id: event.number for event in document.events}
        self.labels = {event.id: event.label for event in document.events}
        self.at: dict[str, list[tuple[Series, FindingData]]] = defaultdict(list)
        for series in others:
            for row in findings_of(document, series.lesion):
                self.at[row.event].append((series, row))
        self.seen: dict[str, list[FindingData]] = defaultdict(list)
        self.new: list[str] = []
        """Labels of lesions that a study since the baseline called new, until one says that they
        are gone."""

    def look(self, event: EventData) -> bool:
        """Takes in what was seen at the next event; whether a lesion was new then."""
        came = False
        for series, row in self.at[event.id]:
            label = series.lesion.label
            self.seen[series.lesion.id].append(row)
            if row.change == Change.NEW and event.number > self.baseline.number:
                came = True
                self.new.append(label)
            elif row.change == Change.RESOLVED and label in self.new:
                self.new.remove(label)
        return came

    def not_gone(self) -> list[str]:
        """Labels of those that are not said to be gone."""
        return [
            series.lesion.label
            for series in self.others
            if [row.change for row in self.seen[series.lesion.id][-1:]] != [Change.RESOLVED]
        ]

    def increase(self) -> str:
        """Why the response is for a person to judge: one of them grew, by its sizes or as a study
        since the baseline says, and has not been seen smaller since. Empty where none did."""
        for series in self.others:
            told = self._increase(series)
            if told:
                return (
                    f"{series.lesion.label}, which is not among the lesions that are summed, "
                    f"{told}. Whether that is progression is for a person to judge."
                )
        return ""

    def _increase(self, series: Series) -> str:
        rows = self.seen[series.lesion.id]
        events = dict.fromkeys(row.event for row in rows)
        sizes = [series.sizes[event] for event in events if event in series.sizes]
        if len(sizes) > 1 and has_grown(min(size.low for size in sizes[:-1]), sizes[-1].high):
            return f"may have grown to {sizes[-1].words}"
        last = rows[-1] if rows else None
        if (
            last is not None
            and last.change == Change.INCREASED
            and self.numbers[last.event] > self.baseline.number
        ):
            return f"is said to have increased ({self.labels[last.event]})"
        return ""
