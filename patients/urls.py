from django.urls import path, register_converter

from patients import views
from patients.converters import AccessionConverter

register_converter(AccessionConverter, "accession")
app_name = "patients"
urlpatterns = [
    path("", views.case_list, name="case-list"),
    path("<accession:accession>/", views.case_detail, name="case-detail"),
]
