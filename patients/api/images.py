"""Images on findings over REST: what is told of them. The pictures have addresses of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final

import msgspec
from django.db import transaction
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from literature.rest.body import PayloadTooLarge, StrictJSONParser
from literature.rest.conditional import check_match
from literature.rest.fields import StrictCharField
from literature.rest.problems import NOT_HERE, FieldError, Invalid, Unavailable
from literature.rest.throttles import ImportThrottle
from literature.rest.views import refuse_body
from literature.rest.writing import Body, WriteSerializer
from patients.actions import images
from patients.api.forms import ImageForm
from patients.api.parts import PartViewSet
from patients.document.image_model import ImageData
from patients.images.limits import BESIDE_THE_FILE, MAX_FRAMES, MAX_UPLOAD
from patients.images.refusals import (
    TOO_MUCH,
    BusyError,
    FrameNeededError,
    RefusedError,
    TooLargeError,
)
from patients.models import FindingImage, ImageFile, ImagingFinding
from patients.models.part import CasePart
from patients.serializers.fields import PartField
from patients.vocabulary import ItemKind

PERMISSIONS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("create", "update", "partial_update", "destroy"), "patients.attach_image"),
    **dict.fromkeys(("confirmation", "confirm", "take_back"), "patients.confirm_image"),
}


@dataclass(frozen=True, slots=True)
class ImageConfirmation:
    """Whether somebody saw that an image identifies nobody, and what to know before looking."""

    image: str
    confirmed_at: datetime | None
    """Null: nobody has; then readers do not see it."""
    confirmed_by: str
    came_as: str
    """`PNG`, `JPEG`, `TIFF` or `DICOM`."""
    says_burned_in: bool
    """Whether the DICOM file said itself that text is in its pixels."""
    size: int
    """Bytes."""
    sha256: str
    """Of the picture as it is kept and served, not as it came."""
    removed: bool
    """Destroyed for somebody's privacy."""


class AttachBody(Body):
    finding = PartField(
        ImagingFinding, ItemKind.IMAGING_FINDING, help_text="The id of the finding that it shows"
    )
    caption = StrictCharField(max_length=500, help_text="What it shows, in words")
    credit = StrictCharField(
        max_length=300,
        required=False,
        allow_blank=True,
        default="",
        help_text="Whose picture it is, and by which permission or licence it may be shown",
    )
    frame = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=MAX_FRAMES,
        help_text="From 1: which picture of a file that holds several",
    )
    file = serializers.FileField(
        allow_empty_file=True, help_text="PNG, JPEG, TIFF or DICOM; its bytes count, not its name"
    )


class ImageWrite(WriteSerializer):
    class Meta:
        model = FindingImage
        fields: ClassVar = ("caption", "credit")


class BoundedMultiPartParser(MultiPartParser):
    """Nothing is read of what is too long."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        length = (parser_context or {})["request"].META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > MAX_UPLOAD + BESIDE_THE_FILE:
            raise PayloadTooLarge(TOO_MUCH)
        return super().parse(stream, media_type, parser_context)


class ImageViewSet(PartViewSet):
    """Pictures on imaging findings. The picture itself is at
    `/cases/{accession}/images/{id}.{ending}`, a small one at `…/{id}-small.{ending}`."""

    noun, plural = "image", "images"
    kind, model = ItemKind.IMAGE, FindingImage
    search_form = ImageForm
    row_shape = shape = ImageData
    write_serializer = ImageWrite
    bodies: ClassVar[Mapping[str, type[Body]]] = {"create": AttachBody}
    takes_forms = frozenset({"create"})
    may_be_busy = frozenset({"create"})
    answer_shapes: ClassVar[Mapping[str, type]] = dict.fromkeys(
        ("confirmation", "confirm", "take_back"), ImageConfirmation
    )

    def permission_for(self, action: str | None) -> str | None:
        return PERMISSIONS.get(action or "")

    def get_parsers(self) -> list[BaseParser]:
        """A new image comes as a form with a file. The parsers are made before `action` is set."""
        method = str(self.request.method).lower() if self.request else ""
        creates = self.action_map.get(method) == "create"
        return [BoundedMultiPartParser() if creates else StrictJSONParser()]

    def get_throttles(self) -> list[Any]:
        own = [ImportThrottle()] if self.action == "create" else []
        return [*super().get_throttles(), *own]

    def create(self, request: Request, **kwargs: Any) -> Response:
        body = AttachBody(data=request.data, context={"request": request})
        body.is_valid(raise_exception=True)
        said = body.validated_data
        try:
            row = images.attach(
                finding=said["finding"],
                upload=said["file"],
                caption=said["caption"],
                credit=said["credit"],
                frame=said.get("frame"),
                by=request.user,
            )
        except RefusedError as error:
            raise _translated(error) from None
        response = self.answer(self.read_row(row), 201, self.mark_of(row))
        response["Location"] = f"{request.path}{row.public_id}/"
        return response

    def save(self, row: Any) -> CasePart:
        return images.describe(
            image=row, caption=row.caption, credit=row.credit, by=self.request.user
        )

    def remove(self, row: Any) -> None:
        images.remove(image=row, by=self.request.user)

    @action(detail=True, methods=["get"])
    def confirmation(self, request: Request, **kwargs: Any) -> Response:
        """Whether somebody saw that it identifies nobody."""
        return Response(_confirmation(self._visible(request).file))

    @confirmation.mapping.post
    def confirm(self, request: Request, **kwargs: Any) -> Response:
        """Confirms that you looked at every part of it and that no text in its pixels and no face
        says who the patient is."""
        return self._confirm(request, images.confirm)

    @action(detail=True, methods=["post"], url_path="confirmation/take-back")
    def take_back(self, request: Request, **kwargs: Any) -> Response:
        """It is not confirmed any more, and hidden from readers at once, in every version."""
        return self._confirm(request, images.take_back)

    def _confirm(self, request: Request, act: Any) -> Response:
        refuse_body(request)
        self._visible(request)
        with transaction.atomic():
            row = self.locked()
            check_match(request, self.etag(self.read_row(row)), self.teller(row))
            file = act(image=row, by=request.user)
        return Response(_confirmation(file))

    def _visible(self, request: Request) -> FindingImage:
        rows = FindingImage.objects.visible_to(request.user).select_related("file__confirmed_by")
        row: FindingImage | None = rows.filter(public_id=self.key).first()
        if row is None:
            raise NotFound(NOT_HERE)
        return row


def _confirmation(file: ImageFile) -> Any:
    return msgspec.to_builtins(
        ImageConfirmation(
            image=file.public_id,
            confirmed_at=file.confirmed_at,
            confirmed_by=file.confirmed_by.get_username() if file.confirmed_by else "",
            came_as=file.came_as,
            says_burned_in=file.says_burned_in,
            size=file.size,
            sha256=file.sha256,
            removed=file.purged_at is not None,
        )
    )


def _translated(error: RefusedError) -> Exception:
    match error:
        case TooLargeError():
            return PayloadTooLarge(str(error))
        case BusyError():
            return Unavailable(str(error))
        case FrameNeededError():
            return Invalid([FieldError("frame", str(error))])
    return Invalid([FieldError("file", str(error))])
