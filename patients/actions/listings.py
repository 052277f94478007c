"""Keeping listings true to the documents they are taken from."""

from datetime import datetime

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value
from django.db.models.expressions import CombinedExpression

from literature.models import Reference
from patients.document import CaseDocument
from patients.document.parts import SearchTexts, columns, items, search_texts
from patients.models import Case, ListedItem, Listing
from patients.vocabulary import Audience

MAX_SEARCH_TEXT = 80_000
"""Characters of each weight that can be searched: PostgreSQL refuses a vector above 1 MB."""


@transaction.atomic
def write_listing(
    *, case: Case, audience: Audience, document: CaseDocument, at: datetime
) -> Listing:
    """Replaces the case's listing for `audience` by what `document` says."""
    listing, _ = Listing.objects.update_or_create(
        case=case,
        audience=audience,
        defaults={
            **columns(document).as_dict(),
            "listed_at": at,
            "search": search_vector(search_texts(document)),
        },
    )
    listing.items.all().delete()
    pks = dict(
        Reference.objects.filter(
            public_id__in=[reference.id for reference in document.references]
        ).values_list("public_id", "pk")
    )
    ListedItem.objects.bulk_create(
        ListedItem(
            listing=listing,
            kind=item.kind,
            public_id=item.public_id,
            position=position,
            label=item.label,
            data=item.data,
            reference_id=pks[item.reference] if item.reference else None,
        )
        for position, item in enumerate(items(document))
    )
    return listing


def search_vector(texts: SearchTexts) -> CombinedExpression:
    """English stemming, title and terms first; other languages join when search grows up."""
    a, b, c = (
        SearchVector(Value(text[:MAX_SEARCH_TEXT]), weight=weight, config="english")
        for text, weight in ((texts.a, "A"), (texts.b, "B"), (texts.c, "C"))
    )
    return a + b + c
