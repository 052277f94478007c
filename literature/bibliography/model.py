"""What a formatted bibliography is made of, and why one is refused."""

from __future__ import annotations

from dataclasses import dataclass

MAX_RECORDS = 2_000
"""Of one bibliography, and of one export in a format."""
MAX_TOLD_APART = 500
"""Of one bibliography in a style that writes `2016a`: pandoc compares each work with each other one
there (500 take 3 s, 2,000 take minutes)."""


class BibliographyError(Exception):
    """A bibliography that cannot be made; the message is a sentence for who asked."""


class UnknownStyleError(BibliographyError):
    """There is no style of this name."""


class BusyError(BibliographyError):
    """It took too long, or too many others are being made. Trying again may help."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One reference as the style prints it.

    `place` is its place among the records given, from 0. `label` is what stands before it, such
    as `1.` or `[1]`; empty where the style has none, or keeps it within the text. `html` holds
    text and a few harmless tags.
    """

    place: int
    label: str
    html: str


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The entries in the order of the style."""

    style: str
    title: str
    entries: tuple[Entry, ...]
