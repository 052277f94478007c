"""The forms of findings, lesions, laboratory results and citations."""

from __future__ import annotations

from typing import Any

from django import forms

from patients.editor import rows
from patients.editor.forms.base import NOT_REPORTED, Row, RowForm
from patients.editor.forms.fields import ReferenceField, SizeField, TermField
from patients.models import Citation, ImagingFinding, LaboratoryResult, Lesion, Measurement
from patients.vocabulary import Comparator, Dimension, TermKind


class FindingForm(RowForm):
    """A finding with its sizes: one field a dimension."""

    site = TermField((TermKind.BODY_SITE,), label="Body site")

    wide = frozenset({"description"})

    class Meta:
        model = ImagingFinding
        fields = (
            "description", "lesion", "site", "modality", "change", "patency", "enhancement",
        )  # fmt: skip
        labels = {
            "description": "What was seen",
            "change": "Against the study before",
            "patency": "Vessel",
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, **kwargs: Any) -> None:
        case, row = kwargs["case"], kwargs["row"]
        self.sizes = rows.measurements_of(case, row)
        initial = {name: (size.low_mm, size.high_mm) for name, size in self.sizes.items()}
        super().__init__(initial=initial, **kwargs)
        lesions: Any = self.fields["lesion"]
        lesions.queryset = Lesion.objects.filter(case=case)
        offered = [(lesion.pk, lesion.label) for lesion in rows.rows_of(case, "lesion")]
        lesions.choices = [("", NOT_REPORTED), *offered]

    def more_fields(self) -> dict[str, forms.Field]:
        return {
            dimension.value: SizeField(
                label=f"{dimension.label}, mm",
                help_text="Such as 21, or 17 to 20" if dimension == Dimension.LONGEST else "",
            )
            for dimension in Dimension
        }

    def rows(self) -> list[Row]:
        """The finding, and the sizes that are new or changed."""
        sizes = (self._size(dimension) for dimension in Dimension.values)
        return [self.instance, *(size for size in sizes if size is not None)]

    def removed_rows(self) -> list[Any]:
        return [size for name, size in self.sizes.items() if self.cleaned_data.get(name) is None]

    def _size(self, dimension: str) -> Measurement | None:
        pair = self.cleaned_data.get(dimension)
        if pair is None or dimension not in self.changed_data:
            return None
        size = self.sizes.get(dimension) or Measurement(
            case=self.case,
            finding=self.instance,
            dimension=dimension,
            position=Dimension.values.index(dimension),
        )
        size.low_mm, size.high_mm = pair
        return size


class LesionForm(RowForm):
    site = TermField((TermKind.BODY_SITE,), label="Body site")

    class Meta:
        model = Lesion
        fields = ("label", "label_zh", "kind", "site", "multiplicity")
        labels = {"label": "Name", "label_zh": "Name in Chinese", "multiplicity": "How many"}


class ResultForm(RowForm):
    term = TermField((TermKind.FINDING,), label="Term")

    wide = frozenset({"note"})

    class Meta:
        model = LaboratoryResult
        fields = (
            "analyte", "comparator", "value", "unit", "reference_low", "reference_high", "term",
            "note",
        )  # fmt: skip
        labels = {"comparator": "Reported as"}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        comparator: Any = self.fields["comparator"]
        comparator.choices = [("", "this value"), *Comparator.choices]


class CitationForm(RowForm):
    reference = ReferenceField(
        label="Study",
        help_text="Type words of its title, an author, a DOI, PMID or PMCID, and choose it.",
    )

    wide = frozenset({"reference", "note", "quote"})

    class Meta:
        model = Citation
        fields = ("reference", "role", "note", "quote", "locator", "quote_depth", "number")
        labels = {
            "note": "Why it is cited here",
            "locator": "Where in it",
            "quote_depth": "Quoted from",
            "number": "Its number in the report",
        }
        widgets = {
            "note": forms.Textarea(attrs={"rows": 2}),
            "quote": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, **kwargs: Any) -> None:
        row = kwargs["row"]
        initial = {"reference": row.reference} if row.reference_id else {}
        super().__init__(initial=initial, **kwargs)
        self.order_fields(["reference", "role"])
