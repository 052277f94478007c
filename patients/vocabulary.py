"""The closed lists of words that records, forms and documents share."""

from django.db.models import TextChoices


class Sex(TextChoices):
    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Other"


class Status(TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class StatusAct(TextChoices):
    """What moves a case between draft, review, readers and withdrawal."""

    SUBMITTED = "submitted", "Handed in for review"
    SENT_BACK = "sent_back", "Sent back"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class RevisionKind(TextChoices):
    """What a proposal is about, on the whole."""

    CORRECTION = "correction", "Correction"
    ADDITION = "addition", "Addition"
    CITATION = "citation", "Citation"
    CASE = "case", "New case"


class RevisionState(TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    ASKED_BACK = "asked_back", "Asked back"
    ACCEPTED = "accepted", "Accepted"
    PARTLY_ACCEPTED = "partly_accepted", "Partly accepted"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"


class CareState(TextChoices):
    """Whether a report has what an item of the CARE checklist asks for."""

    PRESENT = "present", "Present"
    ABSENT = "absent", "Absent"
    NOT_APPLICABLE = "not_applicable", "Does not apply"


class Consent(TextChoices):
    """What is known of the patient's consent to be told of."""

    HELD = "held", "The patient’s consent is held, where the note says"
    AS_REPORTED = "as_reported", "A published report: consent as reported there"
    NOT_REPORTED = "not_reported", "A published report that says nothing of consent"
    TAKEN_BACK = "taken_back", "The patient has taken the consent back"


class Audience(TextChoices):
    """Who reads a listing: everybody the last published version, curators the working one."""

    PUBLIC = "public", "Public"
    WORKING = "working", "Working"


class ItemKind(TextChoices):
    """The parts of a case document that have lists of their own."""

    PATIENT = "patient", "Patient"
    EVENT = "event", "Event"
    IMAGING_FINDING = "imaging_finding", "Imaging finding"
    MEASUREMENT = "measurement", "Measurement"
    RESULT = "result", "Laboratory result"
    CITATION = "citation", "Citation"
    IMAGE = "image", "Image"


class TermKind(TextChoices):
    DIAGNOSIS = "diagnosis", "Diagnosis"
    PROCEDURE = "procedure", "Procedure"
    DRUG = "drug", "Drug"
    BODY_SITE = "body_site", "Body site"
    FINDING = "finding", "Finding"


class Category(TextChoices):
    HISTORY = "history", "History"
    PRESENTATION = "presentation", "Presentation"
    DIAGNOSIS = "diagnosis", "Diagnosis"
    IMAGING = "imaging", "Imaging"
    PATHOLOGY = "pathology", "Pathology"
    LABORATORY = "laboratory", "Laboratory"
    SURGERY = "surgery", "Surgery"
    INTERVENTION = "intervention", "Intervention"
    DRUG = "drug", "Drug therapy"
    FOLLOW_UP = "follow_up", "Follow-up"
    OUTCOME = "outcome", "Outcome"


TREATMENTS = (Category.SURGERY, Category.INTERVENTION, Category.DRUG)


class Alignment(TextChoices):
    """What the courses of a comparison are laid upon."""

    TREATMENT = "treatment", "First treatment"
    OPERATION = "operation", "First operation"
    EMBOLISATION = "embolisation", "First embolisation"
    DIAGNOSIS = "diagnosis", "Diagnosis"
    DAY_ZERO = "day-0", "Day 0 of each report"


FEWEST_COMPARED, MOST_COMPARED = 2, 6
"""Cases in one comparison."""

RESULT_CATEGORIES = (
    Category.HISTORY, Category.PRESENTATION, Category.DIAGNOSIS, Category.PATHOLOGY,
    Category.LABORATORY, Category.FOLLOW_UP, Category.OUTCOME,
)  # fmt: skip
"""What may have laboratory results: observations. Treatments last, so that a value on one would
have no time of its own; imaging has findings."""


class Outcome(TextChoices):
    COMPLETE_REMISSION = "complete_remission", "Complete remission"
    NO_EVIDENCE_OF_DISEASE = "no_evidence_of_disease", "No evidence of disease"
    PARTIAL_RESPONSE = "partial_response", "Partial response"
    STABLE_DISEASE = "stable_disease", "Stable disease"
    PROGRESSION = "progression", "Progression"
    COMPLICATION = "complication", "Complication of treatment"
    IMPROVED = "improved", "Improved"
    DIED = "died", "Died"


class Grade(TextChoices):
    """WHO 2019 classification of digestive neuroendocrine neoplasms, as the report gives it."""

    G1 = "G1", "NET G1"
    G2 = "G2", "NET G2"
    G3 = "G3", "NET G3"
    NEC = "NEC", "NEC"


class MarkerResult(TextChoices):
    POSITIVE = "positive", "positive"
    NEGATIVE = "negative", "negative"
    HIGH = "high", "high"


class Modality(TextChoices):
    CT = "ct", "CT"
    MRI = "mri", "MRI"
    ULTRASOUND = "ultrasound", "Ultrasound"
    DOPPLER = "doppler", "Doppler ultrasound"
    ENDOSCOPIC_ULTRASOUND = "endoscopic_ultrasound", "Endoscopic ultrasound"
    FDG_PET_CT = "fdg_pet_ct", "18F-FDG PET/CT"
    SSTR_PET_CT = "sstr_pet_ct", "Somatostatin receptor PET/CT"
    ANGIOGRAPHY = "angiography", "Angiography"
    ENDOSCOPY = "endoscopy", "Endoscopy"
    RADIOGRAPHY = "radiography", "Radiography"


class Change(TextChoices):
    """Against the study before."""

    NEW = "new", "New"
    INCREASED = "increased", "Increased"
    UNCHANGED = "unchanged", "Unchanged"
    DECREASED = "decreased", "Decreased"
    RESOLVED = "resolved", "Resolved"


class Patency(TextChoices):
    PATENT = "patent", "Patent"
    OBSTRUCTED = "obstructed", "Obstructed"
    THROMBOSED = "thrombosed", "Thrombosed"
    TUMOUR_THROMBUS = "tumour_thrombus", "Tumour thrombus"
    PARTLY_RECANALISED = "partly_recanalised", "Partly recanalised"
    RECANALISED = "recanalised", "Recanalised"


class LesionKind(TextChoices):
    PRIMARY = "primary", "Primary tumour"
    METASTASIS = "metastasis", "Metastasis"
    TUMOUR = "tumour", "Tumour of unstated origin"
    THROMBUS = "thrombus", "Thrombus"
    TUMOUR_THROMBUS = "tumour_thrombus", "Tumour thrombus"
    OTHER = "other", "Other lesion"


class Multiplicity(TextChoices):
    SINGLE = "single", "Single"
    MULTIPLE = "multiple", "Multiple"


class Dimension(TextChoices):
    LONGEST = "longest", "Longest diameter"
    PERPENDICULAR = "perpendicular", "Perpendicular diameter"
    THIRD = "third", "Third diameter"
    SHORT_AXIS = "short_axis", "Short axis"


class Comparator(TextChoices):
    """Before a value that the report gives as a limit."""

    LESS = "<", "<"
    GREATER = ">", ">"
    AT_MOST = "≤", "≤"
    AT_LEAST = "≥", "≥"


class Role(TextChoices):
    """What a citation does for the statement it stands on."""

    SOURCE = "source", "Source"
    SUPPORTS = "supports", "Supports"
    CONTRADICTS = "contradicts", "Contradicts"
    BACKGROUND = "background", "Background"
    METHOD = "method", "Method"
    COMPARED_CASE = "compared_case", "Compared case"


class QuoteDepth(TextChoices):
    ABSTRACT = "abstract", "Abstract"
    FULL_TEXT = "full_text", "Full text"


class HitKind(TextChoices):
    """What a piece of text looks like. The first eight have a form that a rule can know; names,
    hospitals and places are found by titles, by the words around them and from lists."""

    DATE = "date", "Date finer than a year"
    AGE = "age", "Age over 89"
    RECORD_NUMBER = "record_number", "Record number"
    NATIONAL_ID = "national_id", "National or insurance number"
    PHONE = "phone", "Phone number"
    EMAIL = "email", "E-mail address"
    WEB = "web", "Personal page or account"
    ADDRESS = "address", "Postal address"
    NAME = "name", "Name of a person"
    HOSPITAL = "hospital", "Name of a hospital"
    PLACE = "place", "Place below a country"


class ScreenedRow(TextChoices):
    """The rows of a case that hold free text, as the editor calls them."""

    CASE = "case", "Case"
    EVENT = "event", "Event"
    FINDING = "finding", "Finding"
    LESION = "lesion", "Lesion"
    RESULT = "result", "Laboratory result"
    CITATION = "citation", "Citation"
    IMAGE = "image", "Image"
    DERIVED = "derived", "Derived result set aside"


class ImageFormat(TextChoices):
    """What an image came as; its bytes say so, never its name."""

    PNG = "PNG", "PNG"
    JPEG = "JPEG", "JPEG"
    TIFF = "TIFF", "TIFF"
    DICOM = "DICOM", "DICOM"


class ImageEnding(TextChoices):
    """How an image is kept and served: greyscale without loss, colour as JPEG."""

    PNG = "png", "PNG"
    JPEG = "jpg", "JPEG"


class SamePatientState(TextChoices):
    """What a person said to two cases that may be of one patient."""

    OPEN = "open", "To be decided"
    LATER = "later", "Put off"
    SAME = "same", "The same patient"
    DISTINCT = "distinct", "Not the same patient"


class PreparedKind(TextChoices):
    """Answers that are kept as they were sent."""

    JSON = "json", "Case as JSON"
    PAGE = "page", "Case page"
