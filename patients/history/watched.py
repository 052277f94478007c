"""Which tables of cases are records, so that every change of theirs is kept, and which are not.

A new model stands in one of the two, or a test fails; a record gets a `Watch` in its migration.
"""

from __future__ import annotations

from literature.history.operations import Watch

OF_A_CASE = {"patients_case": ["case_id"]}
PARTS = [
    "patients_event",
    "patients_imagingfinding",
    "patients_lesion",
    "patients_measurement",
    "patients_laboratoryresult",
    "patients_citation",
    "patients_caseversion",
    "patients_statuschange",
    "patients_casereview",
    "patients_casewriter",
    "patients_clearing",
    "patients_derivedsetaside",
    "patients_findingimage",
]
WATCHED = [
    Watch("patients_patient"),
    Watch("patients_term"),
    Watch("patients_case", leave_out=["updated_at"], part_of={"patients_patient": ["patient_id"]}),
    *(Watch(table, part_of=OF_A_CASE) for table in PARTS),
    Watch("patients_imagefile", leave_out=["name"], part_of=OF_A_CASE),
    Watch("patients_revision", leave_out=["updated_at", "log"], part_of=OF_A_CASE),
    Watch("patients_revisioncomment", part_of={"patients_revision": ["revision_id"]}),
    Watch("patients_loadbatch"),
    Watch("patients_samepatientpair", part_of={"patients_case": ["first_id", "second_id"]}),
]
NOT_RECORDS = {
    "patients_caseedit": "what undo needs; the rows it is about have their history",
    "patients_demorecord": "what the demo has loaded",
    "patients_preparedanswer": "made from a version",
    "patients_casefeatures": "taken from the case document",
    "patients_nearestcases": "found from case documents",
    "patients_patienttrace": "taken from the case document",
    "patients_listing": "taken from the case document",
    "patients_listeditem": "taken from the case document",
    "patients_searchentry": "taken from the case document",
    "patients_searchstep": "taken from the case document",
    "patients_knownword": "taken from the case document",
    "patients_savedsearch": "somebody's own note, about no record",
    "patients_load": "how far a load has come; its batches are the record",
    "patients_notification": "tells somebody of a revision, which is a record",
    "patients_savedcomparison": "a bookmark of one user; it says nothing of a case",
    "patients_publishedrows": "a copy of the rows that a version was made of",
}
