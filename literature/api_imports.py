"""Bringing references in over REST."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from io import BytesIO
from typing import IO, Any, BinaryIO, ClassVar, cast

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.db.models.functions import Left
from django.http import StreamingHttpResponse
from rest_framework.decorators import action
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from literature import importing
from literature.actions import imports
from literature.import_serializers import (
    ORIGINAL_SHOWN,
    DecisionsBody,
    ImportBrief,
    ImportData,
    ImportedRow,
    ImportListForm,
    ImportOptionsForm,
    MendBody,
    RowListForm,
    TextBody,
    VerdictBody,
    import_brief,
    import_data,
    imported_row,
)
from literature.importers.limits import MAX_BYTES
from literature.importers.model import UnreadableError
from literature.importing.stored import CHUNK, IN_MEMORY
from literature.models import Import, Reference
from literature.public_ids import PUBLIC_ID_PATTERN
from literature.rest.body import PayloadTooLarge, StrictJSONParser
from literature.rest.conditional import check_match
from literature.rest.paging import paginate
from literature.rest.problems import FieldError, Invalid
from literature.rest.query import Asked
from literature.rest.throttles import ImportThrottle
from literature.rest.views import ApiViewSet, refuse_body
from literature.rest.writing import Body

TOO_LARGE = f"The body is larger than {MAX_BYTES // 1_000_000} MB. Split it into several files."


class BytesParser(BaseParser):
    """A file as the whole body, read piece by piece into a file of ours. It is read to its limit,
    whatever the length that was told."""

    media_type = "application/octet-stream"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Any = None
    ) -> Any:
        """A binary file, at its beginning; the caller closes it."""
        kept = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115
        size = 0
        while data := stream.read(CHUNK):
            size += len(data)
            if size > MAX_BYTES:
                kept.close()
                raise PayloadTooLarge(TOO_LARGE)
            kept.write(data)
        kept.seek(0)
        return kept


class ImportViewSet(ApiViewSet):
    """What was brought in at once: a file or a text, read into rows that are decided, then saved.
    You see your own; curators see all."""

    noun, plural = "import", "imports"
    lookup_field = "id"
    lookup_value_regex = PUBLIC_ID_PATTERN.strip("^$")
    search_form = ImportListForm
    row_shape, shape = ImportBrief, ImportData
    query_forms: ClassVar[Mapping[str, type[forms.Form]]] = {
        "create": ImportOptionsForm,
        "rows_of": RowListForm,
    }
    paged_shapes: ClassVar[Mapping[str, type]] = {"rows_of": ImportedRow}
    bodies: ClassVar[Mapping[str, type[Body]]] = {
        "create": TextBody,
        "decide": DecisionsBody,
        "decide_all": VerdictBody,
        "mend": MendBody,
    }
    takes_files = frozenset({"create"})
    gives_files = frozenset({"original"})

    def permission_for(self, action: str | None) -> str | None:
        return None if action in (None, "metadata") else "literature.add_import"

    def get_parsers(self) -> list[BaseParser]:
        """Only what begins an import may be a file. The parsers are made before `action` is set."""
        method = str(self.request.method).lower() if self.request else ""
        creates = self.action_map.get(method) == "create"
        return [StrictJSONParser(), *([BytesParser()] if creates else [])]

    def get_throttles(self) -> list[Any]:
        own = [ImportThrottle()] if self.action == "create" else []
        return [*super().get_throttles(), *own]

    def visible(self) -> Any:
        return Import.objects.visible_to(self.request.user).select_related("attach_to", "by")

    def one(self) -> Import:
        """Raises Import.DoesNotExist, also for what is somebody else's."""
        imported: Import = self.visible().get(public_id=self.key)
        return imported

    def found(self, asked: Asked) -> Any:
        state = asked.filters["state"]
        return self.visible().filter(state=state) if state else self.visible()

    def rows(self, found: list[Import]) -> list[Any]:
        rows: list[Any] = msgspec.to_builtins([import_brief(imported) for imported in found])
        return rows

    def read(self) -> Any:
        return msgspec.to_builtins(import_data(self.one()))

    def create(self, request: Request, **kwargs: Any) -> Response:
        options = self.asked.filters
        source = self._source(request)
        try:
            imported = imports.begin(
                source=source,
                name=options["name"],
                by=request.user,
                format=options["format"],
                attach_to=_work(options["attach_to"]),
                licence=options["licence"],
            )
        except UnreadableError as error:
            raise Invalid([FieldError("", str(error))]) from None
        finally:
            source.close()
        response = self.answer(msgspec.to_builtins(import_data(imported)), 201)
        response["Location"] = f"{request.path}{imported.public_id}/"
        return response

    def _source(self, request: Request) -> BinaryIO:
        data = request.data
        if hasattr(data, "read"):
            return cast(BinaryIO, data)
        return BytesIO(self._sent(TextBody, data)["text"].encode())

    def _sent(self, body: type[Body], data: Any) -> Any:
        serializer = body(data=data)
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data

    @action(detail=True, methods=["get"], url_path="rows")
    def rows_of(self, request: Request, **kwargs: Any) -> Response:
        """Its rows, in the order of the input."""
        rows = self.one().rows.select_related("match", "result").defer("original", "texts")
        if verdict := self.asked.filters["verdict"]:
            rows = rows.filter(verdict=verdict)
        rows = rows.annotate(beginning=Left("original", ORIGINAL_SHOWN))
        page = paginate(request, rows, self.asked)
        told = [imported_row(row) for row in page.rows]
        return Response(page.around(msgspec.to_builtins(told)))

    @action(detail=True, methods=["get"])
    def original(self, request: Request, **kwargs: Any) -> StreamingHttpResponse:
        """The bytes as they came."""
        imported = self.one()
        response = StreamingHttpResponse(
            importing.original_bytes(imported), content_type="application/octet-stream"
        )
        response["Content-Length"] = str(imported.size)
        response["Content-Disposition"] = f'attachment; filename="{imported.public_id}.txt"'
        return response

    @action(detail=True, methods=["post"])
    def decide(self, request: Request, **kwargs: Any) -> Response:
        """Sets decisions, row by row: all of them, or none where one cannot be."""
        sent = self._sent(DecisionsBody, request.data)["decisions"]
        decisions = {each["row"]: each["decision"] for each in sent}
        imports.decide(imported=self._matched(), decisions=decisions, by=request.user)
        return self.answer(self.read())

    @action(detail=True, methods=["post"], url_path="decide-all")
    def decide_all(self, request: Request, **kwargs: Any) -> Response:
        """One decision for all rows of a verdict that are still open. Rows that cannot be added,
        since their identifier belongs to a reference we hold, stay open."""
        sent = self._sent(VerdictBody, request.data)
        imports.decide_all(imported=self._matched(), by=request.user, **sent)
        return self.answer(self.read())

    @action(detail=True, methods=["post"])
    def mend(self, request: Request, **kwargs: Any) -> Response:
        """Puts a corrected record in place of what was read in a row, and compares it anew."""
        sent = self._sent(MendBody, request.data)
        row = self._matched().rows.filter(position=sent["row"]).first()
        if row is None:
            raise Invalid([FieldError("row", "Is not a row of this import.")])
        try:
            imports.mend_row(row=row, csl=sent["csl"], by=request.user)
        except ValidationError as error:
            raise Invalid([_of_record(message) for message in error.messages]) from None
        return self.answer(self.read())

    @action(detail=True, methods=["post"])
    def save(self, request: Request, **kwargs: Any) -> Response:
        """Brings in what was decided, all at once: here and now, or by a worker where there are
        more than 1,000 rows. `state` says whether it is done."""
        refuse_body(request)
        imports.save(imported=self._matched(), by=request.user)
        return self.answer(self.read())

    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, **kwargs: Any) -> Response:
        """Ends an import before it is brought in. While it is being brought in or taken
        back, that is stopped: the decisions are kept, or what it brought in."""
        refuse_body(request)
        imports.cancel(imported=self._matched(), by=request.user)
        return self.answer(self.read())

    @action(detail=True, methods=["post"])
    def undo(self, request: Request, **kwargs: Any) -> Response:
        """Takes back what the import brought in, while nothing else has come to depend on it: here
        and now, or by a worker where there are more than 1,000 rows."""
        refuse_body(request)
        imports.undo(imported=self._matched(), by=request.user)
        return self.answer(self.read())

    def _matched(self) -> Import:
        """The import. `If-Match` is honoured but not asked for: actions look at its state."""
        imported = self.one()
        if "If-Match" in self.request.headers:
            check_match(self.request, self.etag(self.read()))
        return imported


def _work(public_id: str) -> Reference | None:
    if not public_id:
        return None
    work = Reference.objects.filter(public_id=public_id).first()
    if work is None:
        raise Invalid([FieldError("attach_to", "There is no reference with this id.")])
    return work


def _of_record(message: str) -> FieldError:
    field, separator, reason = message.partition(": ")
    return FieldError(f"csl.{field}", reason) if separator else FieldError("csl", message)
