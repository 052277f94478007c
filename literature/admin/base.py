"""What every admin here has in common: lists with counts, records well named, no refusal a 500."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import (
    Count,
    Field,
    ForeignKey,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
)
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from literature.admin.choices import ChoicesView, RecordField, RecordSelect
from literature.admin.errors import from_database
from literature.admin.forms import CuratedForm, CuratedRowForm

if TYPE_CHECKING:
    BaseAdmin = admin.ModelAdmin[Any]
    BaseInline = admin.options.InlineModelAdmin[Any, Any]
    BaseMixin = admin.options.BaseModelAdmin[Any]
else:
    BaseAdmin, BaseInline, BaseMixin = admin.ModelAdmin, admin.options.InlineModelAdmin, object


def count_of(model: type[Model], field: str) -> Coalesce:
    """How many rows of `model` name a row in `field`: counted for the rows of a page alone."""
    rows = model._default_manager.filter(**{field: OuterRef("pk")}).order_by().values(field)
    return Coalesce(Subquery(rows.annotate(rows=Count("pk")).values("rows")), 0)


class CuratedFields(BaseMixin):
    """Foreign keys in `autocomplete_fields` are chosen by RecordSelect."""

    wide_fields: tuple[str, ...] = ()
    """Lines of text that a usual box would cut."""

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in self.wide_fields and field is not None:
            field.widget.attrs["class"] = "vLargeTextField"
        if isinstance(field, RecordField) and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # What many records share is not deleted from the page of one.
            field.widget.can_delete_related = False
        return field

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        target = db_field.remote_field.model
        if db_field.name in self.get_autocomplete_fields(request):
            target_admin = self.admin_site.get_model_admin(target)
            kwargs |= {
                "widget": RecordSelect(db_field, self.admin_site),
                "form_class": RecordField,
                "label_of": target_admin.choice_label,  # type: ignore[attr-defined]
            }
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class CuratedInline(CuratedFields, BaseInline):
    form = CuratedRowForm
    extra = 0
    classes = ("collapse",)
    formfield_overrides: ClassVar = {TextField: {"widget": AdminTextareaWidget({"rows": 3})}}


class CuratedAdmin(CuratedFields, BaseAdmin):
    form = CuratedForm
    show_facets = admin.ShowFacets.ALWAYS
    list_per_page = 50
    history_page: tuple[str, ...] = ()
    """The URL name of the record's history, and the field by which it is addressed."""

    def choice_label(self, row: Any) -> str:
        """How a record is named where it can be chosen."""
        return str(row)

    def choices(self, queryset: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
        """What can be chosen, out of all rows that fit the words typed."""
        return queryset

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(ChoicesView.as_view(admin_site=self.admin_site))
        name = f"{self.opts.app_label}_{self.opts.model_name}_choices"
        return [path("choices/", view, name=name), *super().get_urls()]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        # PostgreSQL has no text that holds NUL.
        return super().get_search_results(request, queryset, search_term.replace("\x00", ""))

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.refused = getattr(request, "_refused", None)  # type: ignore[attr-defined]
        return form

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Forms check what they can. What actions or the database refuse beyond that is undone,
        and the form comes back as it was filled in, with the reason."""
        try:
            with transaction.atomic():
                return super().changeform_view(request, *args, **kwargs)
        except ValidationError as error:
            refused = error
        except (IntegrityError, DataError) as error:
            refused = from_database(error)
        request._refused = refused  # type: ignore[attr-defined]
        return super().changeform_view(request, *args, **kwargs)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        return self._or_message(request, super().delete_view, object_id, extra_context)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        return self._or_message(request, super().changelist_view, extra_context)

    def _or_message(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *args: Any
    ) -> HttpResponse:
        """What is refused without a form is undone and told at the head of the list."""
        try:
            with transaction.atomic():
                return view(request, *args)
        except ValidationError as error:
            refused = error
        except (IntegrityError, DataError) as error:
            refused = from_database(error)
        for message in refused.messages:
            self.message_user(request, message, messages.ERROR)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        connection.check_constraints()  # now, while a form can still show it; not on commit

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """The database's own history instead of what the admin noted of itself."""
        row = self.get_object(request, unquote(object_id)) if self.history_page else None
        if row is not None and self.has_view_or_change_permission(request, row):
            address, name = self.history_page
            return redirect(address, getattr(row, name))
        return super().history_view(request, object_id, extra_context)

    def get_view_on_site_url(self, obj: Model | None = None) -> str | None:
        """The address itself, without a detour through the framework of sites."""
        address = getattr(obj, "get_absolute_url", None)
        return address() if obj is not None and obj.pk and address else None
