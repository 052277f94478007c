from django.urls import include, path, register_converter

from patients import figure_views, views
from patients.converters import AccessionConverter
from patients.editor import views as editor_views

register_converter(AccessionConverter, "accession")
app_name = "patients"
urlpatterns = [
    path("", views.case_list, name="case-list"),
    path("new/", editor_views.new_case, name="case-new"),
    path("<accession:accession>/", views.case_detail, name="case-detail"),
    path("<accession:accession>/edit/", include("patients.editor.urls")),
    path("<accession:accession>/timeline.svg", figure_views.figure_svg, name="figure-svg"),
    path("<accession:accession>/timeline.pdf", figure_views.figure_pdf, name="figure-pdf"),
    path("<accession:accession>/timeline.png", figure_views.figure_png, name="figure-png"),
]
