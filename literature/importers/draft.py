"""One record while it is read: fields are put in as they are found, and checked at the end."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from literature import identifiers
from literature.csl import normalise_csl
from literature.importers.dates import parse_date
from literature.importers.decoding import SHOWN, storable
from literature.importers.limits import (
    MAX_ABSTRACT,
    MAX_NAMES,
    MAX_ORIGINAL_SHOWN,
    MAX_TEXT,
    MAX_WARNINGS,
)
from literature.importers.model import Entry, Problem, Severity
from literature.importers.page_range import full_pages

_CHECKS = {
    "DOI": identifiers.normalise_doi,
    "PMID": identifiers.normalise_pmid,
    "PMCID": identifiers.normalise_pmcid,
}
_STAND_IN = {"type": "document", "title": "-"}
_NO_TEXT = "holds a character that is no text (NUL or half a surrogate pair)"
UNREAD_CHARACTERS = "some characters could not be read: they stand as \ufffd"


class Draft:
    """What of a record was read so far. Nothing put in raises: what is wrong becomes a problem."""

    def __init__(self) -> None:
        self.csl: dict[str, Any] = {}
        self.texts: dict[str, str] = {}
        self.problems: list[Problem] = []
        self._too_long: set[str] = set()

    def warn(self, field: str, reason: str) -> None:
        """Beyond `MAX_WARNINGS` a record that is broken everywhere says no more."""
        if len(self.problems) < MAX_WARNINGS:
            self.problems.append(Problem(field, reason, Severity.WARNING))

    def fail(self, field: str, reason: str) -> None:
        self.problems.append(Problem(field, reason))

    def put(self, field: str, value: str) -> None:
        """Sets a text field where it is still empty and `value` is not."""
        if field not in self.csl and (value := " ".join(value.split())):
            self.csl[field] = value

    def put_type(self, type_: str | None, named: str, tag: str) -> None:
        """Sets the type; None where the format's own name for it, `named`, has no counterpart."""
        if type_ is None:
            self.warn(tag, f"“{shortened(named)}” has no counterpart here: read as a document")
        self.csl["type"] = type_ or "document"

    def put_names(self, field: str, names: list[dict[str, str]]) -> None:
        """Adds names in their order; with more than the limit the field is left out."""
        if names:
            self.csl.setdefault(field, []).extend(names)

    def truncate_authors(self) -> None:
        """Says that the record itself ends its authors with "et al."."""
        self.csl["custom"] = {"authors_truncated": True}

    def put_date(self, field: str, printed: str) -> None:
        """Sets a date where the field is still empty; what is no date is left out and said."""
        if field in self.csl or not printed.strip():
            return
        if parts := parse_date(printed):
            self.csl[field] = {"date-parts": parts}
        else:
            self.warn(field, f"“{shortened(printed)}” is not a date and was left out")

    def put_pages(self, printed: str) -> None:
        """Sets the pages in full, and keeps what follows them ("discussion 186–7") in the note."""
        pages, extra = full_pages(printed)
        self.put("page", pages)
        self.add_note(extra)

    def add_note(self, text: str) -> None:
        text = " ".join(text.split())
        if text and len(self.csl.get("note", "")) <= MAX_TEXT:
            self.csl["note"] = f"{self.csl['note']}; {text}" if "note" in self.csl else text

    def add_to(self, field: str, value: str) -> None:
        """Adds one of several values, such as a second ISBN, once."""
        held = self.csl.get(field, "").split()
        if len(held) > MAX_TEXT // 8:  # too long already, which the checks will name
            return
        self.csl[field] = " ".join([*held, *(part for part in value.split() if part not in held)])

    def put_identifier(self, field: str, value: str) -> None:
        """Sets a DOI, PMID or PMCID; what is none is left out, and said. A full stop or comma at
        the end of a DOI is the sentence's."""
        value = value.strip().rstrip(".,;") if field == "DOI" else value.strip()
        if not value:
            return
        try:
            normal = _CHECKS[field](value)
        except ValueError as error:
            self.warn(field, f"“{shortened(value)}” {error}; it was left out")
            return
        if self.csl.setdefault(field, normal) != normal:
            self.warn(field, f"the record has a second one, {normal}, which was left out")

    def put_url(self, value: str) -> None:
        """Sets the address, or the DOI where it is a link to one and the record has none yet."""
        value = value.strip()
        if doi := doi_of_link(value):
            if "DOI" not in self.csl:
                self.put_identifier("DOI", doi)
        elif value.lower().startswith(("http://", "https://")) and len(value) > len("https://"):
            self.put("URL", value[:4].lower() + value[4:])
        elif value:
            self.warn("URL", f"“{shortened(value)}” is not an address and was left out")

    def put_text(self, language: str, text: str) -> None:
        """Sets the abstract in a language; a second one in the same language is added to it."""
        text = text.strip()
        if not text or language in self._too_long:
            return
        whole = f"{self.texts[language]}\n{text}" if language in self.texts else text
        if len(whole) > MAX_ABSTRACT:
            self._too_long.add(language)
            self.texts.pop(language, None)
            self.warn("abstract", f"is longer than {MAX_ABSTRACT:,} characters and was left out")
        elif storable(whole) != whole:
            self.fail("abstract", _NO_TEXT)
        else:
            self.texts[language] = whole

    def entry(self, position: int, line: int, original: str, encoding: str = "") -> Entry:
        """The finished entry: what the checks of CSL refuse is taken out and named.

        `encoding` is given where the record is in another one than the rest of its file.
        """
        for field in ("author", "editor", "translator", "container-author", "collection-editor"):
            names = self.csl.get(field)
            if isinstance(names, list) and len(names) > MAX_NAMES:
                del self.csl[field]
                self.fail(field, f"has more than {MAX_NAMES:,} names")
        if encoding:
            self.warn("", f"is in another encoding than the rest: read as {SHOWN[encoding]}")
        if "\ufffd" in original:
            self.warn("", UNREAD_CHARACTERS)
        return Entry(
            position=position,
            line=line,
            csl=self._checked(),
            original=storable(original),
            problems=tuple(self.problems),
            texts=self.texts,
        )

    def _checked(self) -> dict[str, Any]:
        try:
            return normalise_csl(self.csl)
        except ValidationError as error:
            messages = error.messages
        failed = {problem.field for problem in self.problems}
        for message in messages:
            field, colon, reason = message.partition(": ")
            if field in failed and field not in self.csl:
                continue  # said already, and more precisely
            self.fail(field if colon else "", reason if colon else message)
            self.csl.pop(field, None)
        return self._rest(len(messages))

    def _rest(self, refused: int) -> dict[str, Any]:
        try:
            clean = normalise_csl(_STAND_IN | self.csl)
        except ValidationError:  # the whole record is too long: nothing of it can be kept
            return {}
        return {field: value for field, value in clean.items() if field in self.csl}


def shortened(text: str) -> str:
    """`text` as a message may quote it."""
    text = " ".join(storable(text[:200]).split())
    return text if len(text) <= 60 else text[:59] + "…"


def doi_of_link(text: str) -> str:
    """The DOI that a link or a `doi:` leads to, or that `text` is; empty for anything else."""
    try:
        return identifiers.normalise_doi(text)
    except ValueError:
        return ""


def broken_entry(position: int, line: int, original: str, reason: str, field: str = "") -> Entry:
    """An entry of which nothing could be read."""
    return Entry(
        position=position,
        line=line,
        csl={},
        original=storable(original[:MAX_ORIGINAL_SHOWN]),
        problems=(Problem(field, reason),),
    )
