"""The fields of each part of the document that are compared, and how their values are told.

A field of the document that is neither here nor in `DERIVED` fails a test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from patients.document import differing_words as words
from patients.document.differing_words import Names

Told = Callable[[Any, Names], str]


@dataclass(frozen=True, slots=True)
class Field:
    path: str
    """Names of fields, joined by dots; a part that is null has nothing below it."""
    label: str
    told: Told = words.plain

    def value(self, record: Any) -> Any:
        for name in self.path.split("."):
            if record is None:
                return None
            record = getattr(record, name)
        return record

    def words(self, value: Any, names: Names) -> str:
        return "" if value is None else self.told(value, names)

    def in_full(self, value: Any) -> str:
        """All that the value holds: where the words for people are the same for two values."""
        if value is None or isinstance(value, str):
            return repr(value) if value else ""
        return msgspec.json.encode(value, order="sorted").decode()


CASE: Final = (
    Field("title", "Title"),
    Field("summary", "Summary"),
    Field("patient.id", "Patient"),
    Field("patient.sex", "Sex", words.sex),
    Field("patient.country", "Country"),
    Field("patient.age_low", "Age from"),
    Field("patient.age_high", "Age to"),
    Field("diagnosis", "Diagnosis", words.term),
    Field("primary_site", "Primary site", words.term),
    Field("day_zero_year", "Year of day 0"),
    Field("source", "Source", words.reference),
    Field("problems", "Contradictions", words.lines),
)
EVENT: Final = (
    Field("category", "Category", words.category),
    Field("label", "What happened"),
    Field("label_zh", "What happened, in Chinese"),
    Field("term", "Coded as", words.term),
    Field("site", "Site", words.term),
    Field("detail", "Detail"),
    Field("is_index", "Day 0", words.yes_or_no),
    Field("time.start", "Start", words.time),
    Field("time.end", "End", words.time),
    Field("time.ongoing", "Ongoing", words.yes_or_no),
    Field("time.duration", "Duration", words.duration),
    Field("time.anchor", "Counted from", words.event),
    Field("drug.dose", "Dose"),
    Field("drug.dose_unit", "Unit of the dose"),
    Field("drug.route", "Route"),
    Field("drug.frequency", "How often"),
    Field("drug.frequency_times", "Times"),
    Field("drug.frequency_days", "In how many days"),
    Field("drug.brand", "Brand"),
    Field("procedure.approach", "Approach"),
    Field("procedure.device", "Device"),
    Field("procedure.device_low_um", "Size of the device from, in µm"),
    Field("procedure.device_high_um", "Size of the device to, in µm"),
    Field("procedure.agent", "Agent"),
    Field("pathology.markers", "Markers", words.markers),
    Field("pathology.ki67_low", "Ki-67 from, in %"),
    Field("pathology.ki67_high", "Ki-67 to, in %"),
    Field("pathology.mitoses", "Mitoses"),
    Field("pathology.mitoses_per", "Mitoses per"),
    Field("pathology.grade", "Grade", words.grade),
    Field("outcome", "Outcome", words.outcome),
)
FINDING: Final = (
    Field("event", "Event", words.event),
    Field("modality", "Modality", words.modality),
    Field("site", "Site", words.term),
    Field("lesion", "Lesion", words.lesion),
    Field("description", "What it shows"),
    Field("enhancement", "Enhancement"),
    Field("change", "Change", words.change),
    Field("patency", "Vessel", words.patency),
)
MEASUREMENT: Final = (
    Field("finding", "Finding", words.finding),
    Field("dimension", "Dimension", words.dimension),
    Field("low_mm", "From, in mm"),
    Field("high_mm", "To, in mm"),
)
IMAGE: Final = (
    Field("finding", "Finding", words.finding),
    Field("caption", "What it shows"),
    Field("credit", "Credit"),
    Field("removed", "Removed for privacy", words.yes_or_no),
)
RESULT: Final = (
    Field("event", "Event", words.event),
    Field("analyte", "Analyte"),
    Field("term", "Coded as", words.term),
    Field("comparator", "Sign"),
    Field("value", "Value"),
    Field("unit", "Unit"),
    Field("reference_low", "Reference range from"),
    Field("reference_high", "Reference range to"),
    Field("note", "Note"),
)
LESION: Final = (
    Field("label", "Name"),
    Field("label_zh", "Name in Chinese"),
    Field("kind", "Kind", words.lesion_kind),
    Field("site", "Site", words.term),
    Field("multiplicity", "How many", words.multiplicity),
)
CITATION: Final = (
    Field("event", "Stands on the event", words.event),
    Field("finding", "Stands on the finding", words.finding),
    Field("reference", "Cites", words.reference),
    Field("role", "Role", words.role),
    Field("number", "Number in the report"),
    Field("note", "Why it is cited"),
    Field("quote", "Quote"),
    Field("locator", "Place of the quote"),
    Field("quote_depth", "Quoted from", words.depth),
    Field("quote_state", "Check of the quote", words.quote_state),
    Field("quote_found_at", "Quote found in", words.depth),
    Field("found_in", "Quote found in the work", words.found_in),
)
REFERENCE: Final = (
    Field("type", "Type"),
    Field("authors", "Authors"),
    Field("title", "Title"),
    Field("container_title", "Published in"),
    Field("published", "Where and when"),
    Field("year", "Year"),
    Field("doi", "DOI"),
    Field("pmid", "PMID"),
    Field("pmcid", "PMCID"),
    Field("study_design", "Study design"),
    Field("notices", "Notices", words.notices),
)
RESULT_BY_RULE: Final = (
    Field("words", "Result"),
    Field("reason", "Why it cannot be derived"),
    Field("reported_words", "What the report says"),
    Field("set_aside.reason", "Set aside by a curator, because"),
)
DERIVED: Final[Mapping[str, frozenset[str]]] = {
    "CaseDocument": frozenset({
        "schema_version", "accession", "events", "imaging_findings", "lesions", "citations",
        "references", "derived",
    }),
    "EventData": frozenset({"id", "case", "number", "findings", "citations", "results"}),
    "FindingData": frozenset({"id", "case", "measurements", "citations", "images"}),
    "ImageData": frozenset({
        "id", "case", "ending", "width", "height", "small_width", "small_height",
    }),
    "MeasurementData": frozenset({"id", "case", "event", "lesion"}),
    "ResultData": frozenset({"id", "case"}),
    "LesionData": frozenset({"id", "findings"}),
    "CitationData": frozenset({"id", "case", "reference_number"}),
    "ReferenceData": frozenset({"id", "number", "short"}),
    "PatientData": frozenset({"age_words"}),
    "EventTime": frozenset({"words", "offset"}),
    "RuleData": frozenset({"key", "name", "version", "source", "note", "results"}),
    "DerivedData": frozenset({
        "id", "subject", "heading", "result", "reported", "disagrees", "inputs", "low_days",
        "high_days",
    }),
    "SetAsideData": frozenset({"id"}),
}  # fmt: skip
"""Names that match parts, places and words that follow from others, and parts compared on their
own. The schema's version says how a document is kept, not what it tells."""
