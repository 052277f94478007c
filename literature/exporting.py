"""References on their way out: chosen, named, and written as a file or formatted in a style."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from literature.bibliography.files import FILES
from literature.bibliography.formatting import bibliography
from literature.bibliography.model import Bibliography
from literature.exporters.carried import without_personal
from literature.exporters.keys import own_key, ranked, unique, usual_key
from literature.exporters.model import Record
from literature.exporters.registry import EXPORTERS
from literature.models import Origin, Reference
from literature.models.imported import SEE_ALL
from literature.wording import year_of

ENCODED = "; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Chosen:
    """References in the order in which they are to be numbered; `name` is that of the file.

    `numbers` rise and are given where they are not to be 1, 2, 3. `remarks` are sentences on what
    the reader should know of the order.
    """

    references: Sequence[Reference]
    title: str
    name: str
    numbers: Sequence[int] | None = None
    remarks: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Written:
    """A file: its pieces in order."""

    name: str
    content_type: str
    pieces: Iterator[bytes]


def written(chosen: Chosen, format: str, style: str, user: Any = None) -> Written:
    """The file in one of the formats for `user`; the style counts where it is a formatted one.

    Raises BibliographyError.
    """
    if exporter := EXPORTERS.get(format):
        records = list(records_of(chosen.references, format, user))
        return Written(
            f"{chosen.name}.{exporter.extension}",
            exporter.content_type + ENCODED,
            (piece.encode("utf-8", "replace") for piece in exporter.write(records)),
        )
    file = FILES[format]
    made = formatted(chosen, style)
    return Written(
        f"{chosen.name}-{made.style}.{file.extension}", file.content_type, iter([file.write(made)])
    )


def formatted(chosen: Chosen, style: str) -> Bibliography:
    """Raises BibliographyError."""
    return bibliography([row.csl for row in chosen.references], style, chosen.numbers)


def records_of(references: Sequence[Reference], format: str, user: Any = None) -> Iterator[Record]:
    """With the originals of this format, for what we do not map. Two queries.

    Abstracts are not among them: their licences allow us to hold them, not readers to have them.
    """
    held = _originals(references, format, user)
    for key, row in zip(_keys(references, format, held), references, strict=True):
        original = held.get(row.pk, "")
        yield Record(key, row.csl, original, format if original else "")


def _originals(references: Sequence[Reference], format: str, user: Any) -> dict[int, str]:
    """By primary key the first original of each. Notes and marks that somebody made for themselves
    are given to them alone, and to those who may see the imports of others."""
    sees_all = user is not None and user.has_perm(SEE_ALL)
    own = user.pk if user is not None else None
    held: dict[int, str] = {}
    origins = Origin.objects.filter(reference__in=[row.pk for row in references], format=format)
    rows = origins.order_by("pk").values_list("reference_id", "original", "imported__by")
    for pk, original, by in rows:
        is_own = sees_all or (own is not None and by == own)
        if pk not in held:
            held[pk] = original if is_own else without_personal(original, format)
    return held


def _keys(references: Sequence[Reference], format: str, held: dict[int, str]) -> Iterator[str]:
    """The key that a record came in with, so that who cites it by that finds it; else one that
    stays the same from file to file."""
    usual = _stable(references)
    wanted = []
    for row in references:
        own = ""
        if format == "bibtex":
            own = own_key(held.get(row.pk, ""))
        elif format == "csl-json":
            own = str(row.csl.get("id", ""))
        wanted.append(own or usual[row.pk])
    return unique(wanted)


def _stable(references: Sequence[Reference]) -> dict[int, str]:
    """The usual key of each, with a letter where the library has older works of the same first
    author and year: what comes later leaves the keys of what is here alone."""
    same: dict[tuple[str | None, int | None], list[int]] = defaultdict(list)
    authors = {row.first_author for row in references if row.first_author}
    years = {year_of(row.csl) for row in references}
    alike = Reference.objects.filter(first_author__in=authors, year__in=years - {None})
    for pk, author, year in alike.order_by("pk").values_list("pk", "first_author", "year"):
        same[author, year].append(pk)
    keys = {}
    for row in references:
        group = same.get((row.first_author, year_of(row.csl)), [])
        rank = group.index(row.pk) if row.pk in group else 0
        keys[row.pk] = ranked(usual_key(row.csl), rank)
    return keys
