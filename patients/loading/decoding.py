"""A line → the case document and what comes with it; nothing is dropped unseen."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from patients.document import CaseDocument, canonical_json, checksum, to_builtins
from patients.document.model import SCHEMA_VERSION
from patients.loading.problems import BadLineError, bad, shown
from patients.loading.reading import MAX_LINE, Line
from patients.vocabulary import Status

BESIDE: Final = frozenset({"status", "version", "checksum", "published_at"})
"""What the API tells beside the document of a case; it is not part of it."""


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line that says more than the document."""

    document: msgspec.Raw
    references: dict[str, dict[str, Any]] = {}
    """CSL-JSON by the ids that the document's reference list has."""
    synthetic: bool = False


class Look(msgspec.Struct, frozen=True):
    """Whether a line says more than the document."""

    document: msgspec.Raw = msgspec.Raw()


class Read(msgspec.Struct, frozen=True):
    """A line that is a case document by its shape."""

    number: int
    document: CaseDocument
    references: dict[str, dict[str, Any]]
    synthetic: bool
    is_inside: bool
    """Whether the document is the line's `document`, or the line itself."""
    canonical: bytes
    """The document as canonical JSON."""


def where_of(line: Read) -> str:
    """How paths of the document begin in the line."""
    return "document." if line.is_inside else ""


_INSIDE: Final = b'{"document":'
_looks = msgspec.json.Decoder(Look)
_entries = msgspec.json.Decoder(Entry)
_documents = msgspec.json.Decoder(CaseDocument)


def read(line: Line) -> Read:
    """Raises BadLineError. A line is a case document, or an object with it as `document`."""
    if line.length > MAX_LINE + 2:
        raise bad("", f"is longer than {MAX_LINE} bytes")
    if b"\x00" in line.data:
        raise bad("", "holds a NUL character")
    try:
        return _read(line)
    except msgspec.ValidationError as error:
        raise _of_shape(error) from None
    except msgspec.DecodeError as error:
        raise bad("", f"is not JSON: {_first_letter_small(str(error))}") from None
    except (RecursionError, UnicodeDecodeError, ValueError) as error:
        reason = (
            "is nested too deeply" if isinstance(error, RecursionError) else "is not UTF-8 JSON"
        )
        raise bad("", reason) from None


def _read(line: Line) -> Read:
    data, entry = line.data, None
    if data.startswith(_INSIDE) or bytes(_looks.decode(data).document):
        entry = _entries.decode(data)
        data = bytes(entry.document)
    try:
        document = _documents.decode(data)
    except msgspec.ValidationError as error:
        raise _of_shape(error, "document" if entry else "") from None
    where = "document" if entry else ""
    canonical = canonical_json(document)
    if canonical != data:
        given = msgspec.json.decode(data)
        _refuse_disagreeing(document, {} if entry else given)
        _refuse_unknown(given, document, where, frozenset() if entry else BESIDE)
    if not 1 <= document.schema_version <= SCHEMA_VERSION:
        raise bad(_under(where, "schema_version"), f"{document.schema_version} is not known here: "
                  f"1 to {SCHEMA_VERSION} are")  # fmt: skip
    if b"\\u0000" in data:
        _refuse_nul(to_builtins(document), where)
    if entry is None:
        return Read(line.number, document, {}, False, is_inside=False, canonical=canonical)
    if b"\\u0000" in line.data:
        _refuse_nul(entry.references, "references")
    return Read(line.number, document, entry.references, entry.synthetic, is_inside=True,
                canonical=canonical)  # fmt: skip


def _refuse_disagreeing(document: CaseDocument, given: dict[str, Any]) -> None:
    """Where the API's answer says so itself, it must be the published one, and as it was given."""
    if given.get("status", Status.PUBLISHED) != Status.PUBLISHED:
        raise bad("status", f"is {shown(given['status'])}: only a published case is loaded")
    is_ours = document.schema_version == SCHEMA_VERSION
    if is_ours and given.get("checksum") not in (None, checksum(document)):
        raise bad("checksum", "is that of another document: the line was changed")


def _refuse_unknown(
    given: dict[str, Any], document: CaseDocument, where: str, beside: frozenset[str]
) -> None:
    """A field that the document does not have would be lost: it is refused by name."""
    told = {name: value for name, value in given.items() if name not in beside}
    if found := _unknown(told, to_builtins(document), where):
        raise bad(found, "is not a field of a case document")


def _unknown(given: Any, kept: Any, path: str) -> str:
    if isinstance(given, dict) and isinstance(kept, dict):
        for name, value in given.items():
            if name not in kept:
                return _under(path, shown(name))
            if found := _unknown(value, kept[name], _under(path, name)):
                return found
    if isinstance(given, list) and isinstance(kept, list):
        for index, (value, other) in enumerate(zip(given, kept, strict=True)):
            if found := _unknown(value, other, f"{path}[{index}]"):
                return found
    return ""


def _refuse_nul(value: Any, path: str) -> None:
    if isinstance(value, str) and "\x00" in value:
        raise bad(path, "holds a NUL character")
    if isinstance(value, dict):
        for name, each in value.items():
            _refuse_nul(name, path)
            _refuse_nul(each, _under(path, name))
    if isinstance(value, list):
        for index, each in enumerate(value):
            _refuse_nul(each, f"{path}[{index}]")


def _of_shape(error: msgspec.ValidationError, where: str = "") -> BadLineError:
    """msgspec says what it expected, then ` - at ` and the path from `$`."""
    reason, _, place = str(error).partition(" - at ")
    path = place.strip("`").removeprefix("$").lstrip(".")
    return bad(_under(where, path) if path else where, _first_letter_small(reason))


def _under(path: str, name: str) -> str:
    return f"{path}.{name}" if path and name else path or name


def _first_letter_small(text: str) -> str:
    return text[:1].lower() + text[1:]
