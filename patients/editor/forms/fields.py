"""Fields that are typed instead of chosen from long lists: terms, references, sizes, markers."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from literature.models import Reference
from literature.public_ids import CROCKFORD, PUBLIC_ID_LENGTH
from patients.document.details import decimal_text
from patients.editor import lookups
from patients.models import Term
from patients.models.event import validate_markers
from patients.vocabulary import MarkerResult, TermKind

MAX_TYPED = 300
"""Characters of a name that is looked up."""
_KEY_RE = re.compile(rf"\[([{CROCKFORD}]{{{PUBLIC_ID_LENGTH}}})\]\s*$")
_SIZE_RE = re.compile(
    r"^(\d{1,4}(?:[.,]\d)?)\s*(?:(?:-|–|—|to)\s*(\d{1,4}(?:[.,]\d)?))?\s*(?:mm)?$"
)


class WhichOneError(ValidationError):
    """Text that names no record, or several; `choices` are what may have been meant."""

    def __init__(self, message: str, choices: list[str]) -> None:
        super().__init__(message, code="which_one")
        self.choices = choices


class WordedField(forms.CharField):
    """A value of another kind, typed in words: changed where its words are."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        shown = self.prepare_value(initial)
        return str("" if shown is None else shown) != str(data or "").replace("\r\n", "\n").strip()


class TermField(WordedField):
    """A term by its name, in English or Chinese, or by a synonym; case does not matter."""

    def __init__(self, kinds: tuple[TermKind, ...], **kwargs: Any) -> None:
        self.kinds = kinds
        self.current: Term | None = None
        """What the row names now: kept whatever its kind."""
        super().__init__(required=False, max_length=MAX_TYPED, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "data-lookup": "terms"}

    def prepare_value(self, value: Any) -> Any:
        return value.display if isinstance(value, Term) else value

    def clean(self, value: Any) -> Any:
        """The Term, or None. Raises WhichOneError."""
        words = super().clean(value)
        if not words:
            return None
        if self.current is not None and words == self.current.display:
            return self.current
        found = lookups.terms_named(words, self.kinds)
        if len(found) == 1:
            return found[0]
        choices = [term.display for term in found or lookups.terms_like(words, self.kinds)]
        if found:
            raise WhichOneError(f"Several terms are called “{words}”. Choose one.", choices)
        hint = "Choose one of these, or leave it empty." if choices else "Leave it empty."
        raise WhichOneError(f"No term is called “{words}”. {hint}", choices)


class ReferenceField(WordedField):
    """A reference: found by words, DOI, PMID or PMCID, then named with its id in brackets."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=2 * MAX_TYPED, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "data-lookup": "references"}

    def prepare_value(self, value: Any) -> Any:
        return lookups.reference_words(value) if isinstance(value, Reference) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        key = _KEY_RE.search(str(data or ""))
        if key and isinstance(initial, Reference):
            return key[1] != initial.public_id
        return super().has_changed(initial, data)

    def clean(self, value: Any) -> Any:
        """The Reference. Raises WhichOneError where the words leave it open."""
        words = super().clean(value)
        if not words:
            return None
        key = _KEY_RE.search(words)
        if key:
            chosen = Reference.objects.filter(public_id=key[1]).first()
            if chosen is None:
                raise ValidationError("This reference is no longer in the library.")
            return chosen
        found = lookups.references_like(words[:MAX_TYPED])
        if len(found) == 1 and lookups.is_identifier(words):
            return found[0]
        choices = [lookups.reference_words(row) for row in found]
        if not found:
            raise WhichOneError(
                f"The library holds nothing for “{words}”. Add the reference to the library "
                "first, or search with other words.",
                [],
            )
        raise WhichOneError("Which of these is meant?", choices)


class SizeField(WordedField):
    """Millimetres as a pair of decimals: `21`, or `17 to 17.5` where the report gives a range."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=40, **kwargs)
        self.widget.attrs |= {"inputmode": "text", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, tuple):
            return value
        low, high = (decimal_text(part) for part in value)
        return low if low == high else f"{low} to {high}"

    def clean(self, value: Any) -> Any:
        """(low, high) in millimetres, or None."""
        words = super().clean(value)
        if not words:
            return None
        match = _SIZE_RE.match(words.strip())
        if match is None:
            raise ValidationError(
                f"“{words}” is not a size in millimetres. Write such as 21, or 17 to 20."
            )
        try:
            low = Decimal(match[1].replace(",", "."))
            high = Decimal((match[2] or match[1]).replace(",", "."))
        except InvalidOperation:  # pragma: no cover - the pattern lets only decimals through
            raise ValidationError("Write a number.") from None
        if low > high:
            raise ValidationError("The small end comes first.")
        if high > 2000:
            raise ValidationError("A size lies between 0 and 2000 mm.")
        return low, high


class MarkersField(WordedField):
    """Markers one a line, the result last: `Synaptophysin positive`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs
        )

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{row['marker']} {row['result']}" for row in value)

    def clean(self, value: Any) -> Any:
        """A list of {"marker", "result"} as the model keeps it."""
        markers = []
        for line in super().clean(value).splitlines():
            if not line.strip():
                continue
            name, _, result = line.strip().rpartition(" ")
            if not name or result.lower() not in MarkerResult.values:
                raise ValidationError(
                    f"“{line.strip()[:100]}”: write the marker and then its result, one of "
                    f"{', '.join(MarkerResult.values)}."
                )
            markers.append({"marker": name.strip().rstrip(":"), "result": result.lower()})
        validate_markers(markers)
        return markers
