"""Text that may identify a patient: found by rules, cleared by people.

It supports whoever publishes a case and promises nothing: see docs/adr/0023-identifying-text.md for
what no rule here can see.
"""

from patients.screening.case import of_document, uncleared
from patients.screening.find import find
from patients.screening.model import Finding, Hit, Place

__all__ = ["Finding", "Hit", "Place", "find", "of_document", "uncleared"]
