from django.urls import path

from literature.views.imports import adding, deciding, files, pages

ONE = "imports/<public_id:public_id>/"
urlpatterns = [
    path("add/", adding.add, name="reference-add"),
    path("add/by-hand/", adding.add_by_hand, name="reference-by-hand"),
    path("imports/", pages.import_list, name="import-list"),
    path(ONE, pages.import_detail, name="import-detail"),
    path(f"{ONE}original/", files.original, name="import-original"),
    path(f"{ONE}report.csv", files.report, {"kind": "csv"}, name="import-report-csv"),
    path(f"{ONE}report.json", files.report, {"kind": "json"}, name="import-report-json"),
    path(f"{ONE}decide/", deciding.decide, name="import-decide"),
    path(f"{ONE}decide-all/", deciding.decide_all, name="import-decide-all"),
    path(f"{ONE}rows/<int:position>/", deciding.mend, name="import-mend"),
    path(f"{ONE}cancel/", deciding.cancel, name="import-cancel"),
    path(f"{ONE}undo/", deciding.undo, name="import-undo"),
]
