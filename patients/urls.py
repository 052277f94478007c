from django.urls import include, path, register_converter

from literature.converters import PublicIdConverter
from patients import citing_views, figure_views, reference_export_views, views
from patients.converters import AccessionConverter
from patients.editor import views as editor_views

register_converter(AccessionConverter, "accession")
register_converter(PublicIdConverter, "part_id")
app_name = "patients"
urlpatterns = [
    path("", views.case_list, name="case-list"),
    path("new/", editor_views.new_case, name="case-new"),
    path("cite/", citing_views.cite_reference, name="cite-reference"),
    path("<accession:accession>/cite/", citing_views.cite_case, name="cite-case"),
    path(
        "<accession:accession>/events/<part_id:public_id>/cite/",
        citing_views.cite_event,
        name="cite-event",
    ),
    path(
        "<accession:accession>/findings/<part_id:public_id>/cite/",
        citing_views.cite_finding,
        name="cite-finding",
    ),
    path(
        "<accession:accession>/citations/<part_id:public_id>/take-back/",
        citing_views.take_back,
        name="citation-take-back",
    ),
    path("<accession:accession>/", views.case_detail, name="case-detail"),
    path(
        "<accession:accession>/references/",
        reference_export_views.case_references,
        name="case-references",
    ),
    path("<accession:accession>/edit/", include("patients.editor.urls")),
    path("<accession:accession>/timeline.svg", figure_views.figure_svg, name="figure-svg"),
    path("<accession:accession>/timeline.pdf", figure_views.figure_pdf, name="figure-pdf"),
    path("<accession:accession>/timeline.png", figure_views.figure_png, name="figure-png"),
]
