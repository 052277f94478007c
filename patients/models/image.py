"""Pictures on findings, and the files that they are stored in."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q

from literature.public_ids import PUBLIC_ID_PATTERN, new_public_id
from patients.models.case import Case
from patients.models.constraints import known
from patients.models.finding import ImagingFinding
from patients.models.part import CasePart
from patients.querysets import ImageFileQuerySet
from patients.vocabulary import ImageEnding, ImageFormat

MAX_SIDE: Final = 65_535
"""Pixels, as far as JPEG counts."""


class ImageFile(models.Model):
    """A picture as it is stored, never as it came: read, made anew, and without what it said
    beside its pixels. It stays as long as a row, a version or an edit needs it.

    What a person confirms is about the pixels, and these never change: so it is kept here, holds
    wherever the picture is shown, and ends everywhere at once when it is taken back.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="image_files")
    public_id = models.CharField(
        max_length=10,
        unique=True,
        default=new_public_id,
        editable=False,
        help_text="Of the image that it was stored for; documents and addresses say it",
    )
    name = models.CharField(max_length=32, unique=True, help_text="Random; of the stored files")
    ending = models.CharField(max_length=4, choices=ImageEnding)
    came_as = models.CharField(max_length=5, choices=ImageFormat)
    width = models.PositiveIntegerField(help_text="Pixels")
    height = models.PositiveIntegerField(help_text="Pixels")
    small_width = models.PositiveIntegerField(help_text="Pixels")
    small_height = models.PositiveIntegerField(help_text="Pixels")
    size = models.PositiveIntegerField(help_text="Bytes of the large one")
    sha256 = models.CharField(max_length=64, help_text="Of the large one as it is stored")
    says_burned_in = models.BooleanField(
        default=False, help_text="Whether the DICOM file itself said that text is in its pixels"
    )
    stored_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text="When somebody saw no burned-in text and no face in it"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    purged_at = models.DateTimeField(
        null=True, blank=True, help_text="When the picture was destroyed, for somebody's privacy"
    )

    objects = ImageFileQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        default_permissions = ()
        permissions = [("confirm_image", "Can confirm that an image identifies nobody")]
        constraints = [
            known("image_file", "ending", ImageEnding),
            known("image_file", "came_as", ImageFormat),
            models.CheckConstraint(
                condition=Q(public_id__regex=PUBLIC_ID_PATTERN), name="image_file_public_id_form"
            ),
            models.CheckConstraint(
                condition=Q(name__regex=r"^[0-9a-f]{32}$"), name="image_file_name_random"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="image_file_sha256"
            ),
            models.CheckConstraint(
                condition=Q(
                    width__range=(1, MAX_SIDE),
                    height__range=(1, MAX_SIDE),
                    small_width__range=(1, models.F("width")),
                    small_height__range=(1, models.F("height")),
                    size__gte=1,
                ),
                name="image_file_measures",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=False) | Q(confirmed_by__isnull=True),
                name="image_file_confirmed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(purged_at__isnull=True) | Q(confirmed_at__isnull=True),
                name="image_file_purged_is_not_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"Picture {self.public_id}"


class FindingImage(CasePart):
    """A picture of what a finding says, with what is said of it.

    The database holds that its file is of the same case and bears the same public id.
    """

    finding = models.ForeignKey(ImagingFinding, models.CASCADE, related_name="images")
    file = models.ForeignKey(ImageFile, models.PROTECT, related_name="images", editable=False)
    caption = models.CharField(max_length=500, help_text="What it shows, in words")
    credit = models.CharField(
        max_length=300,
        blank=True,
        help_text="Whose picture it is, and by which permission or licence it may be shown",
    )

    class Meta(CasePart.Meta):
        verbose_name = "image"
        default_permissions = ()
        permissions = [("attach_image", "Can attach images to findings, change and remove them")]
        constraints = [
            models.CheckConstraint(condition=~Q(caption=""), name="finding_image_has_caption"),
            models.UniqueConstraint(fields=["file"], name="finding_image_of_one_file"),
        ]

    def __str__(self) -> str:
        return self.caption

    @property
    def width(self) -> int:
        """Pixels."""
        return self.file.width

    @property
    def height(self) -> int:
        """Pixels."""
        return self.file.height

    @property
    def is_confirmed(self) -> bool:
        return self.file.confirmed_at is not None
