from django.urls import include, path, register_converter

from literature.converters import PublicIdConverter
from patients import (
    citing_views,
    comparing_views,
    derived_views,
    figure_views,
    identifying_views,
    image_views,
    like_views,
    pack_views,
    picture_edit_views,
    picture_views,
    publishing_views,
    reference_export_views,
    search_views,
    versions_views,
    views,
)
from patients.converters import (
    AccessionConverter,
    ComparisonEndingConverter,
    FileEndingConverter,
    ImageEndingConverter,
    ResultConverter,
    ResultEndingConverter,
    VersionConverter,
)
from patients.editor import views as editor_views
from patients.history import views as history_views
from patients.revisions import revision_views

register_converter(AccessionConverter, "accession")
register_converter(PublicIdConverter, "part_id")
register_converter(VersionConverter, "version")
register_converter(ResultConverter, "result")
register_converter(FileEndingConverter, "ending")
register_converter(ComparisonEndingConverter, "export")
register_converter(ImageEndingConverter, "picture")
register_converter(ResultEndingConverter, "found")
app_name = "patients"
urlpatterns = [
    path("", search_views.case_list, name="case-list"),
    path("facets/", search_views.case_facets, name="case-facets"),
    path("feed/", search_views.case_feed, name="case-feed"),
    path("results.<found:ending>", search_views.case_results, name="case-results"),
    path("searches/", include("patients.saved_search_urls")),
    path("compare/", comparing_views.compare, name="compare"),
    path("compare.<export:ending>", comparing_views.compare_file, name="compare-file"),
    path("compare.<ending:ending>", comparing_views.compare_figure, name="compare-figure"),
    path("new/", editor_views.new_case, name="case-new"),
    path("in-review/", publishing_views.in_review, name="cases-in-review"),
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
    path("<accession:accession>/identifying/", identifying_views.identifying, name="identifying"),
    path(
        "<accession:accession>/identifying/clear/",
        identifying_views.clear,
        name="identifying-clear",
    ),
    path(
        "<accession:accession>/identifying/<part_id:public_id>/take-back/",
        identifying_views.take_back,
        name="identifying-take-back",
    ),
    path("<accession:accession>/like/", like_views.like_cases, name="case-like"),
    path("<accession:accession>/derived/", derived_views.derived_list, name="derived-list"),
    path(
        "<accession:accession>/derived/<result:result>/",
        derived_views.derived_result,
        name="derived-result",
    ),
    path(
        "<accession:accession>/derived/<result:result>/set-aside/",
        derived_views.set_aside,
        name="derived-set-aside",
    ),
    path(
        "<accession:accession>/derived/<result:result>/take-back/",
        derived_views.take_back,
        name="derived-take-back",
    ),
    path("<accession:accession>/history/", history_views.case_history, name="case-history"),
    path(
        "<accession:accession>/history/<int:number>/take-back/",
        history_views.case_take_back,
        name="case-take-back",
    ),
    path(
        "<accession:accession>/references/",
        reference_export_views.case_references,
        name="case-references",
    ),
    path(
        "<accession:accession>/images/<part_id:image_id>.<picture:ending>",
        image_views.image,
        name="case-image",
    ),
    path(
        "<accession:accession>/images/<part_id:image_id>-small.<picture:ending>",
        image_views.small_image,
        name="case-image-small",
    ),
    path("<accession:accession>/images/", picture_views.gallery, name="case-images"),
    path("<accession:accession>/images/compare/", picture_views.pair, name="image-pair"),
    path(
        "<accession:accession>/v/<version:number>/images/",
        picture_views.version_gallery,
        name="version-images",
    ),
    path(
        "<accession:accession>/v/<version:number>/images/compare/",
        picture_views.version_pair,
        name="version-image-pair",
    ),
    path(
        "<accession:accession>/edit/images/for/<part_id:finding_id>/",
        picture_edit_views.attach,
        name="image-attach",
    ),
    path(
        "<accession:accession>/edit/images/<part_id:image_id>/",
        picture_edit_views.edit,
        name="image-edit",
    ),
    path(
        "<accession:accession>/edit/images/<part_id:image_id>/confirm/",
        picture_edit_views.confirm,
        name="image-confirm",
    ),
    path(
        "<accession:accession>/edit/images/<part_id:image_id>/take-back/",
        picture_edit_views.take_back,
        name="image-take-back",
    ),
    path(
        "<accession:accession>/edit/images/<part_id:image_id>/move/",
        picture_edit_views.move,
        name="image-move",
    ),
    path(
        "<accession:accession>/edit/images/<part_id:image_id>/remove/",
        picture_edit_views.remove,
        name="image-remove",
    ),
    path("<accession:accession>/edit/", include("patients.editor.urls")),
    path("<accession:accession>/propose/", revision_views.begin, name="revision-begin"),
    path(
        "<accession:accession>/propose/<part_id:revision_id>/",
        include("patients.revisions.editor_urls"),
    ),
    path("<accession:accession>/versions/", versions_views.version_list, name="version-list"),
    path(
        "<accession:accession>/v/<version:number>/",
        versions_views.version_detail,
        name="version-detail",
    ),
    path(
        "<accession:accession>/v/<version:number>/changes/",
        versions_views.version_changes,
        name="version-changes",
    ),
    path(
        "<accession:accession>/v/<version:number>/timeline.<ending:ending>",
        figure_views.version_figure,
        name="version-figure",
    ),
    path("<accession:accession>/pack/", pack_views.pack_page, name="case-pack"),
    path("<accession:accession>/pack.zip", pack_views.pack_zip, name="case-pack-zip"),
    path(
        "<accession:accession>/v/<version:number>/pack/",
        pack_views.pack_page,
        name="version-pack",
    ),
    path(
        "<accession:accession>/v/<version:number>/pack.zip",
        pack_views.pack_zip,
        name="version-pack-zip",
    ),
    path("<accession:accession>/publish/", publishing_views.review, name="case-publish"),
    path(
        "<accession:accession>/publish/checks/",
        publishing_views.record_checks,
        name="publish-checks",
    ),
    path("<accession:accession>/publish/hand-in/", publishing_views.submit, name="publish-submit"),
    path(
        "<accession:accession>/publish/send-back/",
        publishing_views.send_back,
        name="publish-send-back",
    ),
    path(
        "<accession:accession>/publish/publish/", publishing_views.publish, name="publish-publish"
    ),
    path(
        "<accession:accession>/publish/withdraw/",
        publishing_views.withdraw,
        name="publish-withdraw",
    ),
    path("<accession:accession>/timeline.svg", figure_views.figure_svg, name="figure-svg"),
    path("<accession:accession>/timeline.pdf", figure_views.figure_pdf, name="figure-pdf"),
    path("<accession:accession>/timeline.png", figure_views.figure_png, name="figure-png"),
]
