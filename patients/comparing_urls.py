"""The addresses below `/comparisons/`: what a user has saved."""

from django.urls import path, register_converter

from literature.converters import PublicIdConverter
from patients import comparing_saved_views as views

register_converter(PublicIdConverter, "comparison_id")
app_name = "comparisons"
urlpatterns = [
    path("", views.saved, name="list"),
    path("<comparison_id:public_id>/", views.open_saved, name="open"),
    path("<comparison_id:public_id>/rename/", views.rename, name="rename"),
    path("<comparison_id:public_id>/delete/", views.delete, name="delete"),
]
