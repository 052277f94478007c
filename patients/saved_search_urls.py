"""Addresses of the searches that somebody keeps."""

from django.urls import path

from patients import saved_search_views as views

urlpatterns = [
    path("", views.saved_searches, name="saved-searches"),
    path("save/", views.save, name="saved-search-save"),
    path("<part_id:public_id>/rename/", views.rename, name="saved-search-rename"),
    path("<part_id:public_id>/delete/", views.delete, name="saved-search-delete"),
]
