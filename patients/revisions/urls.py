"""The addresses below `/curation/`."""

from django.urls import path, register_converter

from literature.converters import PublicIdConverter
from patients import same_patient_views
from patients.revisions import revision_views, views

register_converter(PublicIdConverter, "revision_id")
app_name = "curation"
urlpatterns = [
    path("", views.queue_page, name="queue"),
    path("accept/", views.accept_many, name="accept-many"),
    path("mine/", views.mine, name="mine"),
    path("notifications/", views.notifications, name="notifications"),
    path("notifications/read/", views.read_all, name="notifications-read"),
    path(
        "notifications/<revision_id:public_id>/open/",
        views.open_notification,
        name="notification-open",
    ),
    path("same-patient/", same_patient_views.pair_list, name="same-patient-list"),
    path(
        "same-patient/<revision_id:public_id>/", same_patient_views.pair_page, name="same-patient"
    ),
    path(
        "same-patient/<revision_id:public_id>/decide/",
        same_patient_views.decide,
        name="same-patient-decide",
    ),
    path(
        "same-patient/<revision_id:public_id>/take-back/",
        same_patient_views.take_back,
        name="same-patient-take-back",
    ),
    path("<revision_id:public_id>/", revision_views.revision_page, name="revision"),
    path("<revision_id:public_id>/submit/", revision_views.submit, name="submit"),
    path("<revision_id:public_id>/decide/", revision_views.decide, name="decide"),
    path("<revision_id:public_id>/comment/", revision_views.add_comment, name="comment"),
    path("<revision_id:public_id>/assign/", revision_views.assign, name="assign"),
    path("<revision_id:public_id>/withdraw/", revision_views.withdraw, name="withdraw"),
    path("<revision_id:public_id>/renew/", revision_views.renew, name="renew"),
    path("<revision_id:public_id>/undo/", revision_views.undo, name="undo"),
]
