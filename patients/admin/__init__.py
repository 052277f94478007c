"""Curating cases with Django's admin. Every write to a case's rows ends in an action."""

from patients.admin.cases import CaseAdmin
from patients.admin.parts import (
    CitationAdmin,
    EventAdmin,
    ImagingFindingAdmin,
    LaboratoryResultAdmin,
    LesionAdmin,
    MeasurementAdmin,
)
from patients.admin.shared import CaseVersionAdmin, PatientAdmin, TermAdmin

__all__ = [
    "CaseAdmin",
    "CaseVersionAdmin",
    "CitationAdmin",
    "EventAdmin",
    "ImagingFindingAdmin",
    "LaboratoryResultAdmin",
    "LesionAdmin",
    "MeasurementAdmin",
    "PatientAdmin",
    "TermAdmin",
]
