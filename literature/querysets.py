"""The query vocabulary of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Q

if TYPE_CHECKING:
    from literature.models import Reference  # noqa: F401 (named in the base below)


class ReferenceQuerySet(models.QuerySet["Reference"]):
    def with_identifier(self, csl: dict[str, Any]) -> Self:
        """References that carry one of the identifiers of `csl`; none if it has none."""
        matches = Q(pk__in=[])
        if csl.get("DOI"):
            matches |= Q(doi=str(csl["DOI"]).lower())
        if csl.get("PMID"):
            matches |= Q(pmid=csl["PMID"])
        if csl.get("PMCID"):
            matches |= Q(pmcid=csl["PMCID"])
        return self.filter(matches)

    def with_page(self) -> Self:
        """All that the reference page shows, in a constant number of queries."""
        return self.prefetch_related("texts", "facts", "list_items__reference", "listed_in__work")

    def with_list_size(self) -> Self:
        return self.annotate(list_size=Count("list_items"))
