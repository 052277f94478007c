"""One write for each way to violate a constraint of every model of patients but the event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models.expressions import RawSQL
from django.utils import timezone

from patients.actions import cases
from patients.models import CaseEdit, CaseVersion, ListedItem, Listing, Measurement
from tests.constraints import Break, update
from tests.make import (
    make_case,
    make_citation,
    make_event,
    make_finding,
    make_lesion,
    make_measurement,
    make_patient,
    make_published_case,
    make_reference,
    make_result,
    make_source,
    make_term,
)

NAN = RawSQL("'NaN'::numeric", [])
"""PostgreSQL takes it for a number; Django refuses to write it."""


def changed(make: Callable[[], Any], **changes: Any) -> Callable[[], None]:
    return lambda: update(make(), **changes)


def age(low: int | None, high: int | None) -> Callable[[], None]:
    return changed(make_case, age_low=low, age_high=high)


def two_targets() -> None:
    finding = make_finding()
    update(make_citation(finding), event=finding.event)


def cited_twice(make_target: Callable[[], Any]) -> Callable[[], None]:
    """In the same role, on the same target; nulls in the target must not tell them apart."""

    def write() -> None:
        target, reference = make_target(), make_reference()
        make_citation(target, reference)
        make_citation(target, reference)

    return write


def second_source() -> None:
    make_source(make_source(make_case()).case)


def measured_twice() -> None:
    first = make_measurement()
    second = make_measurement(first.finding, dimension="third")
    Measurement.objects.filter(pk=second.pk).update(dimension=first.dimension)


def same_term_twice() -> None:
    term = make_term()
    make_term(display=term.display, kind=term.kind)


def same_code_twice() -> None:
    make_term(system="a system", code="1")
    make_term(system="a system", code="1")


def version() -> CaseVersion:
    return make_published_case(events=1, findings=0).versions.get()


def next_version(**changes: Any) -> Callable[[], None]:
    def write() -> None:
        now = version()
        row = CaseVersion(
            case=now.case, number=2, document={}, checksum=now.checksum, is_current=False,
            published_at=now.published_at,
        )  # fmt: skip
        for field, value in changes.items():
            setattr(row, field, value)
        CaseVersion.objects.bulk_create([row])

    return write


def listing() -> Listing:
    case = make_source(make_case()).case
    cases.refresh(case=case)
    return case.listings.get()


def same_listing_twice() -> None:
    row = listing()
    row.pk = None
    Listing.objects.bulk_create([row])


def listed_item() -> ListedItem:
    return listing().items.filter(kind="citation").get()


def same_item_twice() -> None:
    row = listed_item()
    row.pk = None
    ListedItem.objects.bulk_create([row])


def edit() -> CaseEdit:
    return CaseEdit.objects.create(case=make_case(), words="Changed it", changes=[])


def of_other_case(make: Callable[[], Any], field: str, make_other: Callable[[], Any]) -> Any:
    """Names a row of another case in `field`."""
    return lambda: update(make(), **{field: make_other()})


ROW_BREAKS: list[Break] = [
    ("patient_sex_known", changed(make_patient, sex="x")),
    ("patient_country_code", changed(make_patient, country="de")),
    ("patient_country_code", changed(make_patient, country="D")),
    ("case_accession_pattern", changed(make_case, accession="CB-123456I")),
    ("case_accession_pattern", changed(make_case, accession="cb-1234567")),
    ("case_accession_pattern", changed(make_case, accession="CB-123456\n")),
    ("case_accession_pattern", changed(make_case, accession="")),
    ("case_age_band", age(40, None)),
    ("case_age_band", age(None, 40)),
    ("case_age_band", age(50, 40)),
    ("case_age_band", age(85, 90)),
    ("case_age_band", age(90, 90)),
    ("case_age_band", age(91, None)),
    ("case_age_band", age(89, None)),
    ("case_age_band", age(None, 90)),
    ("case_day_zero_year", changed(make_case, day_zero_year=1799)),
    ("case_day_zero_year", changed(make_case, day_zero_year=2101)),
    ("case_status_known", changed(make_case, status="secret")),
    ("case_has_title", changed(make_case, title="")),
    ("finding_modality_known", changed(make_finding, modality="x")),
    ("finding_change_known", changed(make_finding, change="x")),
    ("finding_patency_known", changed(make_finding, patency="x")),
    ("lesion_kind_known", changed(make_lesion, kind="")),
    ("lesion_multiplicity_known", changed(make_lesion, multiplicity="x")),
    ("measurement_dimension_unique", measured_twice),
    ("measurement_low_to_high", changed(make_measurement, low_mm=22)),
    ("measurement_low_to_high", changed(make_measurement, low_mm=-1)),
    ("measurement_low_to_high", changed(make_measurement, high_mm=2001)),
    ("measurement_dimension_known", changed(make_measurement, dimension="x")),
    ("citation_one_target", two_targets),
    ("citation_unique", cited_twice(make_case)),
    ("citation_unique", cited_twice(make_event)),
    ("citation_unique", cited_twice(make_finding)),
    ("citation_one_source_a_case", second_source),
    ("citation_depth_has_quote", changed(make_citation, quote_depth="abstract")),
    ("citation_role_known", changed(make_citation, role="")),
    ("citation_quote_state_known", changed(make_citation, quote_state="perhaps")),
    ("citation_quote_depth_known", changed(make_citation, quote="Q.", quote_depth="summary")),
    ("term_display_unique", same_term_twice),
    ("term_code_unique", same_code_twice),
    ("term_code_has_system", changed(make_term, code="1")),
    ("term_code_has_system", changed(make_term, system="a system")),
    ("term_kind_known", changed(make_term, kind="x")),
    ("version_number_unique", next_version(number=1)),
    ("version_one_current", next_version(is_current=True)),
    ("version_number_positive", next_version(number=0)),
    ("version_checksum_sha256", next_version(checksum="0" * 63)),
    ("version_checksum_sha256", next_version(checksum="A" * 64)),
    ("listing_audience_unique", same_listing_twice),
    ("listing_audience_known", changed(listing, audience="nobody")),
    ("listed_item_unique", same_item_twice),
    ("listed_item_kind_known", changed(listed_item, kind="x")),
    ("result_comparator_known", changed(make_result, comparator="~")),
    ("result_numbers_finite", changed(make_result, value=NAN)),
    ("result_numbers_finite", changed(make_result, reference_low=NAN)),
    ("result_numbers_finite", changed(make_result, reference_high=NAN)),
    ("result_reference_low_to_high", changed(make_result, reference_low=2, reference_high=1)),
    ("edit_undone_has_time", changed(edit, undone=True)),
    ("edit_undone_has_time", changed(edit, undone_at=timezone.now())),
    ("edit_discarded_is_undone", changed(edit, discarded=True)),
]

OTHER_CASE_BREAKS: list[Break] = [
    ("event_anchor_of_same_case", of_other_case(make_event, "anchor", make_event)),
    ("imagingfinding_event_of_same_case", of_other_case(make_finding, "event", make_event)),
    ("imagingfinding_lesion_of_same_case", of_other_case(make_finding, "lesion", make_lesion)),
    ("measurement_finding_of_same_case", of_other_case(make_measurement, "finding", make_finding)),
    ("laboratoryresult_event_of_same_case", of_other_case(make_result, "event", make_event)),
    ("citation_event_of_same_case", of_other_case(make_citation, "event", make_event)),
    ("citation_finding_of_same_case", of_other_case(make_citation, "finding", make_finding)),
]


def allowed_rows() -> list[Any]:
    """The nearest neighbours of what is refused above."""
    event, reference = make_event(), make_reference()
    return [
        make_patient(sex="", country=""),
        make_patient(sex="female", country="CN"),
        make_case(age_low=90),
        make_case(age_low=0, age_high=89),
        make_case(age_low=50, age_high=50, day_zero_year=1800),
        make_measurement(low_mm="0", high_mm="2000"),
        make_result(value="-9999999999.9999", reference_low="9999999999.9999"),
        make_result(value="0", reference_low="-1", reference_high="-1", unit=""),
        make_result(comparator="≥", reference_high="9999999999.9999"),
        make_citation(event, reference),
        make_citation(event, reference, role="contradicts"),
        make_citation(event.case, reference),
        make_citation(event, reference, role="source"),
        make_source(event.case),
        make_citation(quote="A quote.", quote_depth="abstract"),
        make_citation(quote="A quote."),
        make_term(),
        make_term(system="a system", code="2"),
    ]
