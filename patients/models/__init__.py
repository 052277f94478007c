from patients.models.case import Case, new_accession
from patients.models.citation import Citation
from patients.models.clearing import Clearing
from patients.models.comparison import SavedComparison
from patients.models.demo_record import DemoRecord
from patients.models.derived import DerivedSetAside
from patients.models.edit import CaseEdit
from patients.models.event import Event
from patients.models.finding import ImagingFinding
from patients.models.image import FindingImage, ImageFile
from patients.models.lesion import Lesion, Measurement
from patients.models.likeness import CaseFeatures, NearestCases, PatientTrace, SamePatientPair
from patients.models.listing import ListedItem, Listing
from patients.models.load import Load, LoadBatch
from patients.models.patient import Patient
from patients.models.prepared_answer import PreparedAnswer
from patients.models.publishing import CaseReview, CaseWriter, StatusChange
from patients.models.result import LaboratoryResult
from patients.models.revision import Notification, PublishedRows, Revision, RevisionComment
from patients.models.search import KnownWord, SavedSearch, SearchEntry, SearchStep
from patients.models.term import Term
from patients.models.version import CaseVersion

__all__ = [
    "Case",
    "CaseEdit",
    "CaseFeatures",
    "CaseReview",
    "CaseVersion",
    "CaseWriter",
    "Citation",
    "Clearing",
    "DemoRecord",
    "DerivedSetAside",
    "Event",
    "FindingImage",
    "ImageFile",
    "ImagingFinding",
    "PreparedAnswer",
    "KnownWord",
    "LaboratoryResult",
    "Lesion",
    "ListedItem",
    "Listing",
    "Load",
    "LoadBatch",
    "Measurement",
    "NearestCases",
    "Notification",
    "Patient",
    "PatientTrace",
    "PublishedRows",
    "Revision",
    "RevisionComment",
    "SamePatientPair",
    "SavedComparison",
    "SavedSearch",
    "SearchEntry",
    "SearchStep",
    "StatusChange",
    "Term",
    "new_accession",
]
