"""The events of one synthetic course, put together in time order, without their citations."""

from __future__ import annotations

from random import Random

from patients.corpus import phrases, times
from patients.corpus.concepts import (
    ANALYTES,
    COMPLAINTS,
    DRUGS,
    IMAGING,
    INTERVENTIONS,
    MODALITIES,
    VESSEL_TERMS,
)
from patients.corpus.draws import accession, any_of, part_id, zipf, zipf_of
from patients.document.model import (
    DrugData,
    EventData,
    EventTime,
    FindingData,
    LesionData,
    MeasurementData,
    PathologyData,
    ProcedureData,
    ResultData,
    TermData,
)

PATENCY = ("patent", "thrombosed", "tumour_thrombus", "partly_recanalised", "recanalised")
NO_PROCEDURE = ProcedureData("", "", None, None, "")


class Course:
    """Takes up events in the order in which they happen."""

    def __init__(self, seed: int, number: int, random: Random, *, is_chinese: bool) -> None:
        self.seed, self.number, self.random, self.is_chinese = seed, number, random, is_chinese
        self.accession = accession(seed, number)
        self.events: list[EventData] = []
        self.findings: list[FindingData] = []
        self._ids = 0
        self.lesion, self.vessel = self.new_id(), self.new_id()
        self._vessel_term = zipf_of(random, VESSEL_TERMS)
        self._size = 8 + int(random.random() * 90)
        self._treatment: EventData | None = None

    def new_id(self) -> str:
        self._ids += 1
        return part_id(self.seed, self.number, self._ids)

    def presentation(self, complaint: TermData) -> None:
        reported = "some weeks before" if self.random.random() < 0.5 else ""
        start = times.within(-60, -21, "year", reported)
        self._add("presentation", complaint, times.point(start), label="Presentation")

    def diagnosis(self, day: int, diagnosis: TermData, site: TermData) -> None:
        markers, ki67 = PathologyData([], "", "", "", "", ""), self.random.random()
        if ki67 < 0.4:
            percent = str(1 + int(ki67 * 50))
            markers = PathologyData([], percent, percent, "", "", "")
        at = times.point(times.on_day(day))
        self._add("diagnosis", diagnosis, at, site=site, pathology=markers)

    def treatment(self, treatment: TermData, site: TermData) -> None:
        """On day 0."""
        kind = "intervention" if treatment in INTERVENTIONS else "surgery"
        at = times.point(times.DAY_ZERO)
        self._treatment = self._add(
            kind, treatment, at, site=site, procedure=NO_PROCEDURE, is_index=True
        )

    def course_of(self, drug: TermData, random: Random, *, more: int) -> int:
        """A drug and `more` events after day 0; gives the last day."""
        day = 1 + int(random.random() * 28)
        self._drug(day, drug)
        for _ in range(more):
            day += 5 + int(random.expovariate(1 / 60))
            draw = random.random()
            if draw < 0.40:
                self.imaging(day, zipf_of(random, IMAGING), None)
            elif draw < 0.62:
                self._laboratory(day)
            elif draw < 0.82:
                self._drug(day, zipf_of(random, DRUGS))
            elif draw < 0.90:
                self._add("intervention", zipf_of(random, INTERVENTIONS), self._after(day),
                          procedure=NO_PROCEDURE)  # fmt: skip
            else:
                self._add("follow_up", None, self._after(day), label="Follow-up visit",
                          label_zh="随访")  # fmt: skip
        return day

    def imaging(self, day: int, kind: TermData, site: TermData | None) -> None:
        event = self._add("imaging", kind, self._after(day) if day > 0 else self._on(day))
        modality = MODALITIES[IMAGING.index(kind)]
        self._finding(event, modality, self.lesion, site, "")
        if self.random.random() < 0.35:
            patency = zipf_of(self.random, PATENCY)
            self._finding(event, modality, self.vessel, self._vessel_term, patency)

    def outcome(self, day: int, outcome: str) -> None:
        at = times.point(times.within(day, day + 30, "month", ""))
        self._add("outcome", None, at, label="Last visit", label_zh="末次随访", outcome=outcome)

    def lesions(self, site: TermData) -> list[LesionData]:
        of_lesion = [each.id for each in self.findings if each.lesion == self.lesion]
        of_vessel = [each.id for each in self.findings if each.lesion == self.vessel]
        found = [
            LesionData(self.lesion, "Main lesion", "primary", site, "single", of_lesion,
                       "主要病灶" if self.is_chinese else "")
        ]  # fmt: skip
        if of_vessel:
            label = f"Thrombus of the {self._vessel_term.display.lower()}"
            label_zh = f"{self._vessel_term.display_zh}血栓" if self.is_chinese else ""
            found.append(LesionData(self.vessel, label, "thrombus", self._vessel_term, "",
                                    of_vessel, label_zh))  # fmt: skip
        return found

    def _on(self, day: int) -> EventTime:
        return times.point(times.on_day(day))

    def _after(self, day: int) -> EventTime:
        """Told in one of the ways of reports: the day, or so long after the treatment."""
        if self._treatment is not None and self.random.random() < 0.3:
            return times.after(day, self._treatment.id, 0, self._treatment.label)
        return self._on(day)

    def _drug(self, day: int, drug: TermData) -> None:
        start = times.on_day(day)
        draw = self.random.random()
        time = times.lasting(start, 14 + int(draw * 300)) if draw < 0.7 else times.ongoing(start)
        dose = str(5 * (1 + int(self.random.random() * 30)))
        self._add("drug", drug, time, drug=DrugData(dose, "mg", "", "every 28 days", 1, 28, ""))

    def _laboratory(self, day: int) -> None:
        event = self._add(
            "laboratory", None, self._on(day), label="Blood tests", label_zh="血液检查"
        )
        for _ in range(1 + int(self.random.random() * 3)):
            analyte, unit, usual = any_of(self.random, ANALYTES)
            value = str(int(usual * (0.4 + self.random.random() * 4)))
            event.results.append(ResultData(
                self.new_id(), self.accession, event.id, analyte, None, "", value, unit, "", "", "",
            ))  # fmt: skip

    def _finding(
        self, event: EventData, modality: str, lesion: str, site: TermData | None, patency: str
    ) -> None:
        id, sizes, change = self.new_id(), [], ""
        if not patency:
            before = self._size
            self._size = max(2, int(before * (0.6 + self.random.random() * 0.6)))
            size, change = str(self._size), self._change(before)
            sizes.append(MeasurementData(
                self.new_id(), self.accession, id, event.id, lesion, "longest", size, size
            ))  # fmt: skip
        words = phrases.DESCRIPTION_ZH if self.is_chinese else phrases.DESCRIPTION_EN
        self.findings.append(FindingData(
            id=id, case=self.accession, event=event.id, modality=modality, site=site, lesion=lesion,
            description=self._worded(any_of(self.random, words)), enhancement="",
            change=change, patency=patency, measurements=sizes, citations=[],
        ))  # fmt: skip
        event.findings.append(id)

    def _change(self, before: int) -> str:
        """Against the study before, of which the first has none."""
        if not self.findings:
            return ""
        if abs(self._size - before) * 20 <= before:
            return "unchanged"
        return "decreased" if self._size < before else "increased"

    def _worded(self, words: str) -> str:
        place = zipf(self.random, len(COMPLAINTS))
        a, b = COMPLAINTS[place], COMPLAINTS[place - 1 - zipf(self.random, len(COMPLAINTS) - 1)]
        if self.is_chinese:
            return words.format(a=a.display_zh, b=b.display_zh)
        text = words.format(a=a.display.lower(), b=b.display.lower())
        return text[:1].upper() + text[1:]

    def _add(
        self,
        category: str,
        term: TermData | None,
        time: EventTime,
        *,
        label: str = "",
        label_zh: str = "",
        site: TermData | None = None,
        is_index: bool = False,
        drug: DrugData | None = None,
        procedure: ProcedureData | None = None,
        pathology: PathologyData | None = None,
        outcome: str = "",
    ) -> EventData:
        if term is not None:
            label, label_zh = label or term.display, label_zh or term.display_zh
        words = phrases.DETAIL_ZH if self.is_chinese else phrases.DETAIL_EN
        event = EventData(
            id=self.new_id(), case=self.accession, number=len(self.events) + 1, category=category,
            label=label, term=term, site=site, detail=self._worded(any_of(self.random, words)),
            is_index=is_index, time=time, drug=drug, procedure=procedure, pathology=pathology,
            outcome=outcome, findings=[], citations=[],
            label_zh=label_zh if self.is_chinese else "", results=[],
        )  # fmt: skip
        self.events.append(event)
        return event
