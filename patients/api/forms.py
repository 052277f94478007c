"""Filters of the API's lists of parts. Each value is looked for in the part's own JSON."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from literature.api_exports import ExportQueryForm
from literature.forms import MAX_QUERY
from literature.public_ids import PUBLIC_ID_PATTERN
from patients.models.case import ACCESSION_PATTERN
from patients.references_cited import ORDERS
from patients.serializers.fields import SLUG_PATTERN
from patients.vocabulary import (
    Category,
    Change,
    Dimension,
    Modality,
    Outcome,
    Patency,
    Role,
    Sex,
    TermKind,
)


def _name(pattern: str, words: str) -> forms.CharField:
    return forms.CharField(
        required=False,
        max_length=80,
        validators=[RegexValidator(pattern, f"Is not {words}.")],
        help_text=words.capitalize(),
    )


def accession() -> forms.CharField:
    return _name(ACCESSION_PATTERN, "an accession, such as CB-7K3M2QX")


def public_id(noun: str) -> forms.CharField:
    return _name(PUBLIC_ID_PATTERN, f"the id of {noun}")


def slug() -> forms.CharField:
    return _name(SLUG_PATTERN, "the slug of a term")


def choice(choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(required=False, choices=[("", "Any"), *choices])


class ListForm(forms.Form):
    """The fields narrow the list; `sort` orders it."""

    SORTS: dict[str, tuple[str, ...]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        orders = [(name, name) for name in cls.SORTS]
        cls.base_fields["sort"] = forms.ChoiceField(
            required=False, choices=[("", "Usual order"), *orders]
        )


class ItemForm(ListForm):
    """Every part can be asked for by case, and in the usual order: by case, the newest first, and
    within it as the case tells it."""

    SORTS = {
        "newest": ("-listing__listed_at", "-listing_id", "position"),
        "oldest": ("listing__listed_at", "listing_id", "position"),
        "id": ("public_id", "listing_id"),
    }
    NESTED = {"term": "slug", "site": "slug"}
    """Fields that hold an object, and the key in it that the value is compared with."""

    case = accession()

    @classmethod
    def part_of(cls, cleaned: dict[str, Any]) -> dict[str, Any]:
        """The JSON that a part must contain to fit the cleaned data."""
        wanted: dict[str, Any] = {}
        for name, value in cleaned.items():
            if value and name != "sort":
                key = cls.NESTED.get(name)
                wanted[name] = {key: value} if key else value
        return wanted


class PatientForm(ItemForm):
    sex = choice(Sex.choices)
    country = _name("^[A-Z]{2}$", "a country's two letters of ISO 3166-1")


class EventForm(ItemForm):
    category = choice(Category.choices)
    term = slug()
    site = slug()
    outcome = choice(Outcome.choices)


class FindingForm(ItemForm):
    event = public_id("an event")
    lesion = public_id("a lesion")
    modality = choice(Modality.choices)
    site = slug()
    change = choice(Change.choices)
    patency = choice(Patency.choices)


class MeasurementForm(ItemForm):
    event = public_id("an event")
    finding = public_id("a finding")
    lesion = public_id("a lesion")
    dimension = choice(Dimension.choices)


class ImageForm(ItemForm):
    finding = public_id("a finding")


class ResultForm(ItemForm):
    event = public_id("an event")
    term = slug()
    analyte = forms.CharField(
        required=False, max_length=100, help_text="As the report spells it, in full"
    )


class CitationForm(ItemForm):
    event = public_id("an event")
    finding = public_id("a finding")
    reference = public_id("a reference")
    role = choice(Role.choices)


class LesionForm(ListForm):
    """Lesions are told by their case, so they are listed case by case."""

    SORTS = {"report": ()}

    case = forms.CharField(
        validators=[RegexValidator(ACCESSION_PATTERN, "Is not an accession.")],
        max_length=80,
        help_text="The accession of the case",
    )


class TermForm(ListForm):
    SORTS = {
        "kind": ("kind", "display", "pk"),
        "display": ("display", "pk"),
        "slug": ("slug",),
    }

    q = forms.CharField(
        required=False, max_length=MAX_QUERY, help_text="Words in the name or a synonym"
    )
    kind = choice(TermKind.choices)
    system = forms.CharField(required=False, max_length=100)
    code = forms.CharField(required=False, max_length=40)


class CaseReferencesForm(ExportQueryForm):
    order = forms.ChoiceField(
        required=False,
        choices=list(ORDERS.items()),
        help_text="`cited`, in order of first citation, which is usual; or `printed`, by the "
        "report's own numbers.",
    )
