"""Which tables are records, so that every change of theirs is kept, and which are not.

A new model stands in one of the two, or a test fails; a record gets a `Watch` in its migration.
"""

from __future__ import annotations

from literature.history.operations import Watch

OF_A_REFERENCE = {"literature_reference": ["reference_id"]}
WATCHED = [
    Watch("literature_reference", leave_out=["updated_at"]),
    Watch("literature_sourcetext", part_of=OF_A_REFERENCE),
    Watch("literature_studyfact", part_of=OF_A_REFERENCE),
    Watch("literature_referencelistitem", part_of={"literature_reference": ["work_id"]}),
    Watch("literature_otheridentifier", part_of=OF_A_REFERENCE),
    Watch("literature_notice", part_of=OF_A_REFERENCE),
    Watch("literature_origin", part_of=OF_A_REFERENCE),
    Watch("literature_relation", part_of={"literature_reference": ["reference_id", "to_id"]}),
    Watch("literature_takenover", part_of=OF_A_REFERENCE),
    Watch("literature_duplicatepair", part_of={"literature_reference": ["first_id", "second_id"]}),
    Watch("literature_merge", part_of={"literature_reference": ["kept_id"]}),
    Watch(
        "literature_import",
        leave_out=["done", "total", "attempts", "lease_by", "lease_until"],
    ),
    Watch("auth_user", leave_out=["password", "last_login"]),
    Watch("auth_user_groups", part_of={"auth_user": ["user_id"], "auth_group": ["group_id"]}),
    Watch("auth_user_user_permissions", part_of={"auth_user": ["user_id"]}),
    Watch("auth_group"),
    Watch("auth_group_permissions", part_of={"auth_group": ["group_id"]}),
]
NOT_RECORDS = {
    "literature_answeredrequest": "what a program was answered; kept for a day",
    "literature_change": "it is the history",
    "literature_purge": "it is the log of what was taken out of the history",
    "literature_importchunk": "the bytes of an import, which never change",
    "literature_importrow": "staged; what became of it is in the references",
    "literature_importworker": "which processes are there",
    "literature_keptanswer": "may be thrown away at any time",
    "literature_noticecheck": "when a machine looked",
    "literature_serviceturn": "when a machine may ask again",
    "auth_permission": "follows from the code",
}
