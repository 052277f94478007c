"""The case document: all that a reader sees of one case, and the only source of every surface."""

from patients.document.build import build_document
from patients.document.canonical import canonical_json, checksum, from_builtins, to_builtins
from patients.document.model import CaseDocument

__all__ = [
    "CaseDocument",
    "build_document",
    "canonical_json",
    "checksum",
    "from_builtins",
    "to_builtins",
]
