from literature.models.reference import Reference
from literature.models.reference_list_item import ReferenceListItem
from literature.models.source_text import SourceText
from literature.models.study_fact import StudyFact

__all__ = ["Reference", "ReferenceListItem", "SourceText", "StudyFact"]
