"""The one way through every endpoint: query checked, permission, lock, precondition, action."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

from django import forms
from django.db import models, transaction
from django.utils.cache import patch_cache_control, patch_vary_headers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from literature.rest.changed import Record, Told, changes_since, marked, named, newest_mark
from literature.rest.conditional import Teller, etag_of, is_unchanged, require_match
from literature.rest.idempotency import HEADER, once
from literature.rest.paging import paginate
from literature.rest.permissions import MayWrite
from literature.rest.problems import NOT_HERE
from literature.rest.query import Asked, read_query
from literature.rest.throttles import FileThrottle
from literature.rest.writing import Body, WriteSerializer

VERBS = {"create": "add", "update": "change", "partial_update": "change", "destroy": "delete"}


class ApiViewSet(ViewSet):
    """Lists and details. A subclass says what is found and how it reads."""

    noun: ClassVar[str]
    plural: ClassVar[str]
    row_shape: ClassVar[type]
    """A dataclass: what a list holds."""
    shape: ClassVar[type]
    """A dataclass: what a detail, and the answer to a write, holds."""
    search_form: ClassVar[type[forms.Form]]
    query_forms: ClassVar[Mapping[str, type[forms.Form]]] = {}
    """Action → what may be asked of it, for further actions that read."""
    answer_shapes: ClassVar[Mapping[str, type]] = {}
    """Action → the dataclass that such an action answers with."""
    paged_shapes: ClassVar[Mapping[str, type]] = {}
    """Action → the dataclass of the rows that such an action answers with, page by page."""
    bodies: ClassVar[Mapping[str, type[Body]]] = {}
    """Action → what is sent to it."""
    takes_files: ClassVar[frozenset[str]] = frozenset()
    """Actions to which a file may be sent as the whole body, instead of JSON."""
    takes_forms: ClassVar[frozenset[str]] = frozenset()
    """Actions to which a form is sent, with a file in it, instead of JSON."""
    may_be_busy: ClassVar[frozenset[str]] = frozenset()
    """Actions that write and answer 503 while too much else is being done."""
    makes_exports: ClassVar[frozenset[str]] = frozenset()
    """Actions that format many records; they are counted with the files of pages."""
    gives_files: ClassVar[frozenset[str]] = frozenset()
    """Actions that answer with a file."""
    may_be_gone: ClassVar[frozenset[str]] = frozenset()
    """Actions that answer 410 where something was published once."""
    lookup_field: ClassVar[str]
    lookup_value_regex: ClassVar[str]
    permission_classes = (MayWrite,)
    asked: Asked

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action not in (None, "metadata"):
            is_list = self.action == "list"
            form = self.search_form if is_list else self.query_forms.get(self.action)
            paged = is_list or self.action in self.paged_shapes
            self.asked = read_query(request, form, paged=paged)
            is_kept = request.method == "POST" and request.user.is_authenticated
            if is_kept and HEADER in request.headers:
                self.post = once(self.post)  # type: ignore[has-type]

    def permission_for(self, action: str | None) -> str | None:
        """The permission that an action needs; None where everybody may."""
        return None

    def get_throttles(self) -> list[Any]:
        own = [FileThrottle()] if self.action in self.gives_files | self.makes_exports else []
        return [*super().get_throttles(), *own]

    @property
    def key(self) -> str:
        return str(self.kwargs[self.lookup_field])

    # -- what a subclass says -------------------------------------------------------------------

    def found(self, asked: Asked) -> Any:
        """What the list holds, in order: a queryset or a sequence."""
        raise NotImplementedError

    def rows(self, found: list[Any]) -> list[Any]:
        raise NotImplementedError

    def read(self) -> Any:
        """The detail's payload as this user may see it. Raises NotFound."""
        raise NotImplementedError

    # -- HTTP -----------------------------------------------------------------------------------

    def list(self, request: Request, **kwargs: Any) -> Response:
        page = paginate(request, self.found(self.asked), self.asked)
        return Response(page.around(self.rows(page.rows)))

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        mark = self.mark()  # before reading: what changes in between is told twice, never not
        payload = self.read()
        answer = self.answer(payload, mark=mark)
        if is_unchanged(request, answer["ETag"]):
            return Response(status=304, headers={"ETag": answer["ETag"]})
        return answer

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return Response(status=204)

    def etag(self, payload: Any) -> str:
        return etag_of(payload)

    def mark(self) -> int | None:
        """Put into the ETag, to tell those who may write what has changed since; see `changed`."""
        return None

    def answer(self, payload: Any, status: int = 200, mark: int | None = None) -> Response:
        etag = self.etag(payload)
        etag = etag if mark is None else marked(etag, mark)
        return Response(payload, status, headers={"ETag": etag})

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        """What a curator is sent is not what a reader is sent: no shared cache may mix them up."""
        final: Response = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(final, ["Authorization", "Cookie"])
        patch_cache_control(final, no_cache=True)
        return final


class RecordViewSet(ApiViewSet):
    """Adds writes. Each runs in one transaction with the record locked, so that of two writers
    who read the same state one is told that it has changed."""

    model: ClassVar[type[models.Model]]
    write_serializer: ClassVar[type[WriteSerializer]]
    also_needs: ClassVar[Mapping[str, str]] = {}
    """Action → permission, beside the usual ones of the model."""
    told_by: ClassVar[tuple[str, ...]] = ("pk",)
    """The fields that `record_of` needs."""
    also_told: ClassVar[tuple[str, ...]] = ()
    """Fields that a writer is told of though they are not written here."""
    all_kinds: ClassVar[list[type[RecordViewSet]]] = []

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "model" in vars(cls):
            RecordViewSet.all_kinds.append(cls)

    def permission_for(self, action: str | None) -> str | None:
        if action in VERBS:
            meta = self.model._meta
            return f"{meta.app_label}.{VERBS[action]}_{meta.model_name}"
        return self.also_needs.get(action or "")

    # -- what a subclass says -------------------------------------------------------------------

    def locked(self) -> Any:
        """The row named by the address, locked. Raises model.DoesNotExist or NotFound."""
        raise NotImplementedError

    def save(self, row: Any) -> Any:
        """Saves through an action of the app. Raises ValidationError."""
        raise NotImplementedError

    def remove(self, row: Any) -> None:
        raise NotImplementedError

    def read_row(self, row: Any) -> Any:
        """The payload of a row that was just locked or written, as `read` would give it."""
        raise NotImplementedError

    # -- HTTP -----------------------------------------------------------------------------------

    def create(self, request: Request, **kwargs: Any) -> Response:
        serializer = self.write_serializer(data=request.data, context={"request": request})
        with transaction.atomic():
            serializer.is_valid(raise_exception=True)
            row = self.save(serializer.filled())
            payload, mark = self.read_row(row), self.mark_of(row)
        response = self.answer(payload, 201, mark)
        response["Location"] = f"{request.path}{self.key_of(row)}/"
        return response

    def update(self, request: Request, **kwargs: Any) -> Response:
        return self._change(request, partial=False)

    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        return self._change(request, partial=True)

    def _change(self, request: Request, *, partial: bool) -> Response:
        data = request.data  # read before the lock: a slow body must not hold it
        with transaction.atomic():
            row = self.matched(request)
            serializer = self.write_serializer(
                row, data=data, partial=partial, context={"request": request}
            )
            serializer.is_valid(raise_exception=True)
            row = self.save(serializer.filled())
            payload, mark = self.read_row(row), self.mark_of(row)
        return self.answer(payload, mark=mark)

    def destroy(self, request: Request, **kwargs: Any) -> Response:
        refuse_body(request)
        with transaction.atomic():
            self.remove(self.matched(request))
        return Response(status=204)

    def matched(self, request: Request) -> Any:
        """The row, locked, once `If-Match` fits the state that it is in now."""
        row = self.locked()
        require_match(request, self.etag(self.read_row(row)), self.teller(row))
        return row

    # -- what has changed -----------------------------------------------------------------------

    def record_of(self, row: Any) -> Record:
        """What a change of the payload may come from."""
        return Record(named(row._meta.db_table, row.pk))

    def _may_change(self) -> bool:
        needed = self.permission_for("partial_update")
        return needed is None or self.request.user.has_perm(needed)

    def mark_of(self, row: Any) -> int | None:
        if not self._may_change():
            return None
        return newest_mark(self.record_of(row))

    def mark(self) -> int | None:
        if not self._may_change():
            return None
        name = "public_id" if self.lookup_field == "id" else self.lookup_field
        row = self.model._default_manager.filter(**{name: self.key}).only(*self.told_by).first()
        return None if row is None else newest_mark(self.record_of(row))

    def teller(self, row: Any) -> Teller:
        """Gives what has become of `row` since a mark."""
        return lambda mark: changes_since(mark, self.record_of(row), row, _told_by_table())

    def key_of(self, row: Any) -> str:
        """The row's public name in addresses."""
        return str(row.public_id)


@cache
def _told_by_table() -> dict[str, Told]:
    """How the rows of each table are called, and which of their fields may be told."""
    return {
        kind.model._meta.db_table: Told(
            kind.model,
            kind.plural.replace(" ", "_"),
            frozenset({*kind.write_serializer().get_fields(), *kind.also_told}),
        )
        for kind in RecordViewSet.all_kinds
    }


def refuse_body(request: Request) -> None:
    """For requests that say all by their address."""
    if request.data:
        raise ValidationError({name: ["There is nothing to send here."] for name in request.data})


def found_or_404(payload: Any) -> Any:
    if payload is None:
        raise NotFound(NOT_HERE)
    return payload
