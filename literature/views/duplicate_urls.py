"""The addresses of `/references/duplicates/`."""

from django.urls import path

from literature.views import duplicates

PAIR = "<public_id:first>/<public_id:second>/"
urlpatterns = [
    path("", duplicates.duplicate_list, name="duplicate-list"),
    path("compare/", duplicates.compare_by_hand, name="duplicate-compare"),
    path("merged/", duplicates.merge_list, name="merge-list"),
    path("merged/<public_id:gone>/take-back/", duplicates.take_back, name="merge-take-back"),
    path(PAIR, duplicates.duplicate_pair, name="duplicate-pair"),
    path(f"{PAIR}merge/", duplicates.merge_pair, name="duplicate-merge"),
    path(f"{PAIR}apart/", duplicates.keep_apart, name="duplicate-apart"),
    path(f"{PAIR}relate/", duplicates.relate, name="duplicate-relate"),
    path(f"{PAIR}again/", duplicates.ask_again, name="duplicate-again"),
]
