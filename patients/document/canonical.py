"""The document as canonical JSON: sorted keys, no white space, UTF-8, one byte form a document."""

import hashlib
from typing import Any

import msgspec

from patients.document.model import CaseDocument


def canonical_json(document: CaseDocument) -> bytes:
    """The bytes that the checksum is taken of."""
    return msgspec.json.encode(document, order="sorted")


def checksum(document: CaseDocument) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(document)).hexdigest()


def to_builtins(document: Any) -> Any:
    """The document, or a part of it, as dicts and lists, for a JSON column or a response."""
    return msgspec.to_builtins(document)


def from_builtins(stored: Any) -> CaseDocument:
    """A stored document read back. Raises msgspec.ValidationError if it is not one."""
    return msgspec.convert(stored, CaseDocument)
