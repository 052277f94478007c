"""The query vocabulary of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Prefetch, Q

if TYPE_CHECKING:
    from literature.models import Reference  # noqa: F401 (named in the base below)


def holders_of(csl: dict[str, Any]) -> list[int]:
    """Primary keys of references that have an identifier of `csl` beside their own record.

    Keys, and no subquery: beside an `OR` that would make the database read every reference.
    """
    from literature.models import OtherIdentifier

    named = Q(pk__in=[])
    for kind in ("DOI", "PMID", "PMCID"):
        if csl.get(kind):
            value = str(csl[kind]).lower() if kind == "DOI" else str(csl[kind])
            named |= Q(kind=kind, value=value)
    return list(OtherIdentifier.objects.filter(named).values_list("reference_id", flat=True))


class ReferenceQuerySet(models.QuerySet["Reference"]):
    def with_identifier(self, csl: dict[str, Any]) -> Self:
        """References that carry one of the identifiers of `csl`, also one that they took over from
        a record merged into them (for which this asks when it is called); none if it has none."""
        matches = Q(pk__in=holders_of(csl))
        if csl.get("DOI"):
            matches |= Q(doi=str(csl["DOI"]).lower())
        if csl.get("PMID"):
            matches |= Q(pmid=csl["PMID"])
        if csl.get("PMCID"):
            matches |= Q(pmcid=csl["PMCID"])
        return self.filter(matches)

    def with_page(self) -> Self:
        """All that the reference page shows, in a constant number of queries."""
        from literature.models import SourceText

        return self.prefetch_related(
            Prefetch("texts", SourceText.objects.as_shown()),
            "facts",
            "notices",
            "list_items__reference__notices",
            "listed_in__work__notices",
            "relations__to",
            "related_by__reference",
            "other_identifiers",
        )

    def with_list_size(self) -> Self:
        return self.annotate(list_size=Count("list_items"))
