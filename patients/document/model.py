"""The shape of the case document. Frozen, typed, and without any knowledge of how it is shown.

Empty text, null and an empty list mean "not reported". Days are whole days relative to day 0.
Decimals are text, so that "0.4" stays 0.4.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from patients.document.derived_model import RuleData
from patients.document.image_model import ImageData

SCHEMA_VERSION = 4
"""2 added results and labels in Chinese; 3 notices on references and states of quotes; 4 what is
derived, images, and distances between events that are counted from one another. All have defaults,
so that older documents still read."""
DERIVED_SINCE = 4
"""The first schema whose documents hold what is derived."""


@dataclass(frozen=True, slots=True)
class TermData:
    slug: str
    display: str
    display_zh: str
    system: str
    code: str


@dataclass(frozen=True, slots=True)
class TimeData:
    """One end of an event: its bounds from day 0, how it was reported, and its wording."""

    low: int | None
    high: int | None
    precision: str
    reported_as: str
    words: str
    """What to show first: the report's words, or ours where it has none."""
    days_words: str
    """The bounds in words, from day 0."""


@dataclass(frozen=True, slots=True)
class DurationData:
    low: int
    high: int
    reported_as: str
    words: str


@dataclass(frozen=True, slots=True)
class OffsetData:
    """Days from one event to another, as far as the report bounds them."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class EventTime:
    start: TimeData
    end: TimeData | None
    ongoing: bool
    duration: DurationData | None
    anchor: str | None
    """The id of the event that the report counts from, where there is one."""
    words: str
    offset: OffsetData | None = None
    """From the start of the anchor to this start; none without an anchor."""


@dataclass(frozen=True, slots=True)
class DrugData:
    dose: str
    dose_unit: str
    route: str
    frequency: str
    frequency_times: int | None
    frequency_days: int | None
    brand: str


@dataclass(frozen=True, slots=True)
class ProcedureData:
    approach: str
    device: str
    device_low_um: int | None
    device_high_um: int | None
    agent: str


@dataclass(frozen=True, slots=True)
class MarkerData:
    marker: str
    result: str


@dataclass(frozen=True, slots=True)
class PathologyData:
    markers: list[MarkerData]
    ki67_low: str
    ki67_high: str
    mitoses: str
    mitoses_per: str
    grade: str


@dataclass(frozen=True, slots=True)
class FoundInData:
    """The other work that holds a quote."""

    id: str
    short: str


@dataclass(frozen=True, slots=True)
class CitationData:
    id: str
    case: str
    event: str | None
    finding: str | None
    reference: str
    reference_number: int
    """Its place in this document's own reference list."""
    role: str
    number: int | None
    """The number that the reference has in the report."""
    note: str
    quote: str
    locator: str
    quote_depth: str
    quote_state: str = ""
    """`verified`, `elsewhere` (see `found_in`), `not_found` or `no_text`; empty without a quote."""
    quote_found_at: str = ""
    """`abstract` or `full_text`: the text that holds it."""
    found_in: FoundInData | None = None
    """The other reference that holds the quote, where the one cited does not."""


@dataclass(frozen=True, slots=True)
class MeasurementData:
    id: str
    case: str
    finding: str
    event: str
    lesion: str | None
    dimension: str
    low_mm: str
    high_mm: str


@dataclass(frozen=True, slots=True)
class FindingData:
    id: str
    case: str
    event: str
    modality: str
    site: TermData | None
    lesion: str | None
    description: str
    enhancement: str
    change: str
    patency: str
    measurements: list[MeasurementData]
    citations: list[CitationData]
    images: list[ImageData] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ResultData:
    """A laboratory value, and the reference range that the report gives with it."""

    id: str
    case: str
    event: str
    analyte: str
    term: TermData | None
    comparator: str
    value: str
    unit: str
    reference_low: str
    reference_high: str
    note: str


@dataclass(frozen=True, slots=True)
class EventData:
    id: str
    case: str
    number: int
    """Its place in time order, from 1."""
    category: str
    label: str
    term: TermData | None
    site: TermData | None
    detail: str
    is_index: bool
    time: EventTime
    drug: DrugData | None
    procedure: ProcedureData | None
    pathology: PathologyData | None
    outcome: str
    findings: list[str]
    citations: list[CitationData]
    label_zh: str = ""
    results: list[ResultData] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LesionData:
    id: str
    label: str
    kind: str
    site: TermData | None
    multiplicity: str
    findings: list[str]
    """The ids of its findings in time order: its series."""
    label_zh: str = ""


@dataclass(frozen=True, slots=True)
class PatientData:
    id: str
    sex: str
    country: str
    age_low: int | None
    age_high: int | None
    age_words: str


@dataclass(frozen=True, slots=True)
class NoticeData:
    """That a cited work was retracted, corrected or doubted; several of one kind are one."""

    kind: str
    year: int | None
    """Of the first that says its year."""
    dois: list[str]
    pmids: list[str]
    """Of the notices, where they are known."""
    sources: list[str]


@dataclass(frozen=True, slots=True)
class ReferenceData:
    """A cited work in short, with its number in order of first citation."""

    number: int
    id: str
    type: str
    authors: str
    title: str
    container_title: str
    published: str
    year: int | None
    doi: str
    pmid: str
    pmcid: str
    study_design: str
    short: str
    notices: list[NoticeData] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CaseDocument:
    schema_version: int
    accession: str
    title: str
    summary: str
    patient: PatientData
    diagnosis: TermData | None
    primary_site: TermData | None
    day_zero_year: int | None
    source: str | None
    """The id of the reference that reported the case."""
    events: list[EventData]
    imaging_findings: list[FindingData]
    lesions: list[LesionData]
    citations: list[CitationData]
    """Those of the case itself; events and findings carry their own."""
    references: list[ReferenceData]
    problems: list[str]
    """Contradictions in the record, shown to those who can mend them; none when published."""
    derived: list[RuleData] = field(default_factory=list)
    """By rule. Kept with the version; a document of a schema before 4 holds none, and where it is
    read they are worked out anew."""
