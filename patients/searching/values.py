"""The facets of a search: what they are called, and the values of those with a list. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from patients.derived.response import WORDS as RESPONSES_DERIVED
from patients.searching import ages
from patients.searching.codes import word_code
from patients.searching.document_codes import CHINESE, ENGLISH, RESPONSES, WITH_IMAGES
from patients.vocabulary import TREATMENTS, Modality, Outcome, Sex

TERM_FACETS: Final = ("diagnosis", "site", "metastasis", "vein", "treatment", "drug")
"""Their values are terms, by their slugs."""
COURSES: Final = {
    "developed": "Thrombus developed",
    "recurred": "Thrombosed again",
    "progressed": "Closed further",
    "stable": "Unchanged",
    "partly_recanalised": "Partly open again",
    "recanalised": "Open again",
    "patent": "Stayed open",
}
WORD_FACETS: Final[dict[str, dict[str, str]]] = {
    "vein_course": COURSES,
    "treatment_kind": {category.value: str(category.label) for category in TREATMENTS},
    "modality": {value.value: str(value.label) for value in Modality},
    "sex": {value.value: str(value.label) for value in Sex},
    "age": ages.LABELS,
    "response": {value.value: str(value.label) for value in RESPONSES},
    "derived_response": dict(RESPONSES_DERIVED),
    "outcome": {value.value: str(value.label) for value in Outcome},
    "language": {ENGLISH: "English", CHINESE: "中文 (Chinese)"},
    "images": {WITH_IMAGES: "Has images"},
}


@dataclass(frozen=True, slots=True)
class FacetInfo:
    name: str
    label: str
    note: str = ""
    """What a reader must know of its values."""
    in_order: bool = False
    """Values stand in their own order, not the most frequent first."""


SHOWN: Final = (
    FacetInfo("diagnosis", "Diagnosis"),
    FacetInfo("site", "Primary site"),
    FacetInfo("metastasis", "Metastases"),
    FacetInfo("vein", "Vein involved"),
    FacetInfo("vein_course", "Course of a vein", "Derived by rule from the studies"),
    FacetInfo("treatment_kind", "Kind of treatment"),
    FacetInfo("treatment", "Treatment"),
    FacetInfo("drug", "Drug"),
    FacetInfo("modality", "Imaging"),
    FacetInfo("sex", "Sex"),
    FacetInfo("age", "Age", in_order=True),
    FacetInfo("response", "Response as reported", "At any time of the course"),
    FacetInfo("derived_response", "Response derived", "From the sizes, by RECIST-like rule"),
    FacetInfo("outcome", "Outcome", "What the report ends with"),
    FacetInfo("year", "Year of the report", in_order=True),
    FacetInfo("language", "Language of the record"),
    FacetInfo("images", "Images"),
)
LABELS: Final = {facet.name: facet.label for facet in SHOWN}

WORD_OF_CODE: Final = {
    word_code(facet, word): word for facet, words in WORD_FACETS.items() for word in words
}
