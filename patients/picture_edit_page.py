"""What the pages show on which pictures are attached and confirmed."""

from __future__ import annotations

from typing import Any, Final

from django.forms import BoundField
from django.urls import reverse

from patients.document import build_document
from patients.editor.advice import advice_for
from patients.editor.rows import token_of
from patients.images.limits import MAX_PIXELS, MAX_UPLOAD, MEGABYTE
from patients.models import Case, FindingImage, ImagingFinding
from patients.picture_forms import AttachForm, ConfirmForm, WordsForm, problems_of
from patients.presenters.pictures import Pictures, PictureView
from patients.screening import Finding

MILLION: Final = 1_000_000


class AttachPage:
    """A finding that a picture is attached to."""

    megabytes = MAX_UPLOAD // MEGABYTE
    megapixels = MAX_PIXELS // MILLION

    def __init__(self, finding: ImagingFinding) -> None:
        self.finding = finding
        self.case = finding.case
        self.form = AttachForm()

    @property
    def finding_words(self) -> str:
        """`MRI: a mass` as the finding is told."""
        finding = self.finding
        told = finding.description or (finding.lesion.label if finding.lesion else "")
        return f"{finding.event.label}: {told}" if told else finding.event.label

    @property
    def problems(self) -> list[tuple[str, str]]:
        return problems_of(self.form)

    @property
    def editor_url(self) -> str:
        """The editor with the finding open."""
        key = f"finding-{self.finding.public_id}"
        return f"{reverse('patients:case-edit', args=[self.case.accession])}?open={key}#{key}"


class PicturePage:
    """One picture of the working record. `case` comes with its timeline."""

    def __init__(self, case: Case, image: FindingImage) -> None:
        self.case, self.image, self.file = case, image, image.file
        self.token = token_of(case, image)
        self.words = self.words_form()
        self.confirm = ConfirmForm()
        views = Pictures(build_document(case)).all
        self.shown: PictureView = next(row for row in views if row.image.id == image.public_id)

    def words_form(self, data: Any = None) -> WordsForm:
        initial = {"caption": self.image.caption, "credit": self.image.credit}
        return WordsForm(data, initial=initial)

    @property
    def words_fields(self) -> list[tuple[BoundField, list[Finding]]]:
        """Each with what in it may identify the patient; one query where anything does."""
        advice = advice_for(self.case, self.image.public_id)
        return [(field, advice.get(field.name, [])) for field in self.words]

    @property
    def problems(self) -> list[tuple[str, str]]:
        return problems_of(self.words, self.confirm)

    @property
    def siblings(self) -> int:
        """How many pictures the finding has."""
        return sum(1 for row in self.case.findingimages.all()
                   if row.finding_id == self.image.finding_id)  # fmt: skip
