from django.urls import path, register_converter

from literature import views
from literature.converters import PublicIdConverter

register_converter(PublicIdConverter, "public_id")
app_name = "literature"
urlpatterns = [
    path("", views.reference_list, name="reference-list"),
    path("<public_id:public_id>/", views.reference_detail, name="reference-detail"),
]
