"""CSL-JSON 1.0.2, the canonical form of a bibliographic record: checked, normalised, worded.

Source: the schema `csl-data.json` of citation-style-language/schema, version 1.0.2. We take a
subset: what a work of medicine needs. An unknown field is refused by name, never dropped.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from literature import identifiers

TYPES = {
    "article": "Article",
    "article-journal": "Journal article",
    "article-magazine": "Magazine article",
    "article-newspaper": "Newspaper article",
    "book": "Book",
    "chapter": "Book chapter",
    "dataset": "Data set",
    "document": "Document",
    "entry-encyclopedia": "Encyclopedia entry",
    "paper-conference": "Conference paper",
    "post": "Post",
    "report": "Report",
    "review": "Review",
    "software": "Software",
    "standard": "Standard",
    "thesis": "Thesis",
    "webpage": "Web page",
}
TEXT_FIELDS = {
    "id", "title", "container-title", "container-title-short", "volume", "issue", "page",
    "number", "edition", "publisher", "publisher-place", "language", "ISBN", "ISSN", "note",
    "event-title", "genre", "version", "source",
}  # fmt: skip
NAME_FIELDS = {"author", "editor", "translator", "container-author", "collection-editor"}
DATE_FIELDS = {"issued", "accessed"}
NAME_PARTS = {
    "family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle",
}  # fmt: skip
MAX_TEXT = 5_000
MAX_NAMES = 5_000
MAX_RECORD = 200_000
"""Characters of the whole record: more would not fit a search vector (1 MB)."""
YEARS = range(1000, 2101)


def normalise_csl(record: Any) -> dict[str, Any]:
    """`record` with identifiers in their normal form and empty fields left out.

    Raises ValidationError with a message for each field that is wrong.
    """
    if not isinstance(record, dict):
        raise ValidationError("A CSL record is an object with fields such as type and title.")
    errors: dict[str, str] = {}
    clean: dict[str, Any] = {}
    for field, value in record.items():
        if value in ("", [], {}, None):
            continue
        check = _checker(field)
        if check is None:
            errors[_shown(field)] = "is not a field of a reference here"
            continue
        try:
            clean[field] = check(value)
        except ValueError as error:
            errors[field] = str(error)
    for required in ("type", "title"):
        if required not in clean and required not in errors:
            errors[required] = "is required"
    if not errors and len(json.dumps(clean, ensure_ascii=False)) > MAX_RECORD:
        raise ValidationError(f"The record is too long: it has more than {MAX_RECORD} characters.")
    if errors:
        raise ValidationError([f"{field}: {reason}" for field, reason in errors.items()])
    return clean


def validate_csl(record: Any) -> None:
    """For model fields: raises ValidationError for a record that is not normal."""
    if normalise_csl(record) != record:
        raise ValidationError("The record is not in its normal form (identifiers, empty fields).")


def _shown(name: Any) -> str:
    """A field's name as it may be sent back: short, and nothing that is no text."""
    text = str(name)[:40].replace("\x00", "?")
    return text.encode("utf-8", "replace").decode("utf-8")


def _checker(field: str) -> Callable[[Any], Any] | None:
    if field in TEXT_FIELDS:
        return _text
    if field in NAME_FIELDS:
        return _names
    if field in DATE_FIELDS:
        return _date
    return _OTHER_CHECKS.get(field)


def _text(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise ValueError("must be text")
    text = " ".join(value.split())
    if len(text) > MAX_TEXT:
        raise ValueError(f"is longer than {MAX_TEXT} characters")
    if not text:
        raise ValueError("is empty")
    if "\x00" in text or not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text):
        raise ValueError("holds a character that is no text (NUL or half a surrogate pair)")
    return text


def _type(value: Any) -> str:
    if not isinstance(value, str) or value not in TYPES:
        raise ValueError(f"must be one of {', '.join(TYPES)}")
    return value


def _names(value: Any) -> list[dict[str, str]]:
    if not isinstance(value, list):
        raise ValueError("must be a list of names")
    if len(value) > MAX_NAMES:
        raise ValueError(f"has more than {MAX_NAMES} names")
    return [_name(name, number) for number, name in enumerate(value, 1)]


def _name(name: Any, number: int) -> dict[str, str]:
    if not isinstance(name, dict) or not ("family" in name or "literal" in name):
        raise ValueError(f"name {number} needs a family name or a literal name")
    unknown = set(name) - NAME_PARTS
    if unknown:
        raise ValueError(
            f"name {number} has an unknown part: {_shown(sorted(map(str, unknown))[0])}"
        )
    try:
        return {part: _text(text) for part, text in name.items()}
    except ValueError as error:
        raise ValueError(f"name {number} {error}") from None


def _date(value: Any) -> dict[str, Any]:
    parts = value.get("date-parts") if isinstance(value, dict) else None
    if not isinstance(parts, list) or len(value) != 1 or len(parts) not in (1, 2):
        raise ValueError('must look like {"date-parts": [[2020, 5, 1]]}')
    return {"date-parts": [_date_parts(part) for part in parts]}


def _date_parts(part: Any) -> list[int]:
    allowed = (YEARS, range(1, 13), range(1, 32))
    if not isinstance(part, list) or not 1 <= len(part) <= 3:
        raise ValueError("must be [year], [year, month] or [year, month, day]")
    for number, bounds in zip(part, allowed, strict=False):
        if isinstance(number, bool) or not isinstance(number, int) or number not in bounds:
            raise ValueError("must hold whole numbers: a year from 1000 to 2100, a month, a day")
    return part


def _url(value: Any) -> str:
    text = _text(value)
    if not re.match(r"^https?://[^\s/]+", text):
        raise ValueError("must be an http or https address")
    return text


def _custom(value: Any) -> dict[str, bool]:
    if value not in ({"authors_truncated": True}, {"authors_truncated": False}):
        raise ValueError("may hold only authors_truncated, true or false")
    return dict(value)


_OTHER_CHECKS: dict[str, Callable[[Any], Any]] = {
    "type": _type,
    "DOI": lambda value: identifiers.normalise_doi(_text(value)),
    "PMID": lambda value: identifiers.normalise_pmid(_text(value)),
    "PMCID": lambda value: identifiers.normalise_pmcid(_text(value)),
    "URL": _url,
    "custom": _custom,
}
