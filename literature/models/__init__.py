from literature.models.answered_request import AnsweredRequest
from literature.models.change import Change, ChangeKind, Purge
from literature.models.duplicate_pair import DuplicatePair, PairLikeness, PairState
from literature.models.import_row import USUAL_DECISION, Decision, ImportRow, Outcome, Verdict
from literature.models.imported import (
    WORKING,
    Import,
    ImportChunk,
    ImportState,
    ImportWorker,
)
from literature.models.looked_up import KeptAnswer, NoticeCheck, ServiceTurn, TakenOver
from literature.models.merge import Merge
from literature.models.notice import Notice, NoticeKind, NoticeSource
from literature.models.origin import Origin
from literature.models.other_identifier import IdentifierKind, OtherIdentifier
from literature.models.reference import Reference
from literature.models.reference_list_item import ReferenceListItem
from literature.models.relation import Relation, RelationKind
from literature.models.source_text import SourceText
from literature.models.study_fact import StudyFact

__all__ = [
    "USUAL_DECISION",
    "WORKING",
    "AnsweredRequest",
    "Change",
    "ChangeKind",
    "Decision",
    "DuplicatePair",
    "IdentifierKind",
    "Import",
    "ImportChunk",
    "ImportRow",
    "ImportState",
    "ImportWorker",
    "KeptAnswer",
    "Merge",
    "Notice",
    "NoticeCheck",
    "NoticeKind",
    "NoticeSource",
    "Origin",
    "OtherIdentifier",
    "Outcome",
    "PairLikeness",
    "PairState",
    "Purge",
    "Reference",
    "ReferenceListItem",
    "Relation",
    "RelationKind",
    "ServiceTurn",
    "SourceText",
    "StudyFact",
    "TakenOver",
    "Verdict",
]
