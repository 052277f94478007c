"""The addresses below `/cases/<accession>/edit/`."""

from django.urls import path, register_converter

from literature.converters import PublicIdConverter
from patients.editor import row_views, views
from patients.editor.converters import KindConverter

register_converter(KindConverter, "kind")
register_converter(PublicIdConverter, "row_id")
urlpatterns = [
    path("", views.edit, name="case-edit"),
    path("undo/", views.undo, name="edit-undo"),
    path("redo/", views.redo, name="edit-redo"),
    path("terms/", row_views.terms, name="edit-terms"),
    path("references/", row_views.references, name="edit-references"),
    path("new/", row_views.new, name="edit-new"),
    path("summary/", row_views.summary, name="edit-summary"),
    path("<kind:kind>/<row_id:public_id>/", row_views.row, name="edit-row"),
    path("<kind:kind>/<row_id:public_id>/preview/", row_views.preview, name="edit-preview"),
    path("<kind:kind>/<row_id:public_id>/move/", row_views.move, name="edit-move"),
    path("<kind:kind>/<row_id:public_id>/remove/", row_views.remove, name="edit-remove"),
]
