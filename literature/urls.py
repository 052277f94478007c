from django.urls import include, path, register_converter

from literature.converters import PublicIdConverter
from literature.views import exports, history, looking_up, notices, references, texts

register_converter(PublicIdConverter, "public_id")
app_name = "literature"
urlpatterns = [
    path("", references.reference_list, name="reference-list"),
    path("suggest/", references.suggest, name="reference-suggest"),
    path("export/", exports.export, name="reference-export"),
    path("", include("literature.views.imports.urls")),
    path("duplicates/", include("literature.views.duplicate_urls")),
    path("<public_id:public_id>/look-up/", looking_up.look_up, name="reference-look-up"),
    path("<public_id:public_id>/look-up/take/", looking_up.take, name="reference-take"),
    path("<public_id:public_id>/notices/add/", notices.add, name="notice-add"),
    path(
        "<public_id:public_id>/notices/<public_id:notice_id>/withdraw/",
        notices.withdraw,
        name="notice-withdraw",
    ),
    path("<public_id:public_id>/texts/add/", texts.add, name="text-add"),
    path(
        "<public_id:public_id>/texts/<str:depth>/<str:language>/", texts.detail, name="text-detail"
    ),
    path(
        "<public_id:public_id>/texts/<str:depth>/<str:language>/remove/",
        texts.remove,
        name="text-remove",
    ),
    path("<public_id:public_id>/history/", history.reference_history, name="reference-history"),
    path(
        "<public_id:public_id>/history/<int:number>/take-back/",
        history.reference_take_back,
        name="reference-take-back",
    ),
    path("<public_id:public_id>/", references.reference_detail, name="reference-detail"),
]
