"""Finding a term or a reference by what somebody types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case as SqlCase
from django.db.models import F, Func, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from literature import identifiers, wording
from literature.models import Reference
from literature.search import search_references
from patients.models import Term
from patients.vocabulary import TermKind

SHOWN = 12
"""Choices offered at once."""
TITLE_SHOWN = 160


def terms_named(words: str, kinds: Iterable[TermKind]) -> list[Term]:
    """Terms of these kinds that are called exactly `words`; a name wins over a synonym."""
    words = words.strip()
    terms = Term.objects.filter(kind__in=list(kinds))
    named = terms.filter(Q(display__iexact=words) | Q(display_zh=words) | Q(slug=words))[:SHOWN]
    return list(named) or list(_told(terms).filter(told__icontains=f"\n{words}\n")[:SHOWN])


def terms_like(words: str, kinds: Iterable[TermKind]) -> list[Term]:
    """Terms that hold `words` in a name or synonym, those that begin with them first."""
    words = words.strip()
    held = Q(display__icontains=words) | Q(display_zh__icontains=words) | Q(told__icontains=words)
    begins = SqlCase(When(display__istartswith=words, then=Value(0)), default=Value(1))
    found = _told(Term.objects.filter(kind__in=list(kinds))).filter(held)
    return list(found.order_by(begins, "display")[:SHOWN])


def _told(terms: QuerySet[Term]) -> Any:
    """With their synonyms as `told`: one text, a line break before and after each."""
    lines = Func(F("synonyms"), Value("\n"), function="array_to_string", output_field=TextField())
    return terms.alias(told=Concat(Value("\n"), lines, Value("\n"), output_field=TextField()))


def references_like(words: str) -> list[Reference]:
    """What the library's own search finds, best first; else titles and authors that begin so."""
    words = words.strip()
    found = list(search_references({"q": words}, AnonymousUser())[:SHOWN])
    if found or not words:
        return found
    begun = Q(title__icontains=words) | Q(first_author__istartswith=words)
    return list(Reference.objects.filter(begun).order_by("title", "pk")[:SHOWN])


def is_identifier(words: str) -> bool:
    """True for a DOI, PMID or PMCID."""
    for normalise in (
        identifiers.normalise_doi,
        identifiers.normalise_pmcid,
        identifiers.normalise_pmid,
    ):
        try:
            normalise(words)
        except ValueError:
            continue
        return True
    return False


def reference_words(reference: Reference) -> str:
    """`Doe 2016: Title [ID]`: what a person reads, and the id by which it is found again."""
    title = str(reference.csl["title"])
    if len(title) > TITLE_SHOWN:
        title = title[: TITLE_SHOWN - 1] + "…"
    return f"{wording.short_citation(reference.csl)}: {title} [{reference.public_id}]"
