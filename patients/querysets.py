"""The query vocabulary of cases. `visible_to(user)` is the only way to a list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Prefetch, Q
from django.db.models.functions import JSONArray, JSONObject

from patients.vocabulary import Audience, ItemKind, Status

if TYPE_CHECKING:
    from literature.models import Reference

    # noqa: F401 below, because ruff does not read the quoted names in the bases.
    from patients.models import (  # noqa: F401
        Case,
        CaseVersion,
        ImageFile,
        ListedItem,
        Listing,
        Patient,
        Revision,
        SavedComparison,
    )


def sees_unpublished(user: Any) -> bool:
    """Whether `user` works on records, and so sees the working ones instead of the published."""
    return bool(user.is_active and user.has_perm("patients.view_unpublished"))


def audience_of(user: Any) -> Audience:
    return Audience.WORKING if sees_unpublished(user) else Audience.PUBLIC


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: Any) -> Self:
        return self if sees_unpublished(user) else self.filter(status=Status.PUBLISHED)

    def with_timeline(self) -> Self:
        """All that the case document is built from: ten queries, however many rows there are."""
        from patients import models as rows

        return self.select_related("patient", "diagnosis", "primary_site").prefetch_related(
            Prefetch("events", rows.Event.objects.select_related("term", "site")),
            Prefetch("imagingfindings", rows.ImagingFinding.objects.select_related("site")),
            Prefetch("lesions", rows.Lesion.objects.select_related("site")),
            "measurements",
            Prefetch("findingimages", rows.FindingImage.objects.select_related("file")),
            Prefetch("laboratoryresults", rows.LaboratoryResult.objects.select_related("term")),
            Prefetch("citations", rows.Citation.objects.with_works()),
            "citations__reference__notices",
            "derived_set_asides",
        )


class CasePartQuerySet(models.QuerySet[Any]):
    """The rows of a case: seen where their case is."""

    def visible_to(self, user: Any) -> Self:
        return self if sees_unpublished(user) else self.filter(case__status=Status.PUBLISHED)


class CitationQuerySet(CasePartQuerySet):
    def with_works(self) -> Self:
        """With what is cited and what holds the quote, but not the words of texts."""
        found = self.select_related("reference", "found_reference", "quote_text")
        return found.defer("quote_text__text", "quote_text__sought", "found_reference__search")


class ImageFileQuerySet(models.QuerySet["ImageFile"]):
    def visible_to(self, user: Any) -> Self:
        """Those that the working record or a version holds, for who works on records; for readers
        those that a version of a published case holds, while they are confirmed. What was
        destroyed for somebody's privacy stays visible as that."""
        from patients.models import FindingImage

        in_a_version = Exists(versions_with_image())
        if sees_unpublished(user):
            return self.filter(
                Exists(FindingImage.objects.filter(file=OuterRef("pk"))) | in_a_version
            )
        may_be_seen = Q(confirmed_at__isnull=False) | Q(purged_at__isnull=False)
        return self.filter(may_be_seen, in_a_version, case__status=Status.PUBLISHED)


def versions_with_image() -> models.QuerySet[CaseVersion]:
    """The versions of the case of an outer row that hold the image with its public id."""
    from patients.models import CaseVersion

    image = JSONObject(id=OuterRef("public_id"))
    finding = JSONObject(images=JSONArray(image))
    holds = JSONObject(imaging_findings=JSONArray(finding))
    return CaseVersion.objects.filter(case=OuterRef("case"), document__contains=holds)


class PatientQuerySet(models.QuerySet["Patient"]):
    def visible_to(self, user: Any) -> Self:
        if sees_unpublished(user):
            return self
        from patients.models import Case

        published = Case.objects.filter(patient=OuterRef("pk"), status=Status.PUBLISHED)
        return self.filter(Exists(published))


class LesionIds(Func):
    """The ids of the lesions in a case document, as a JSON array."""

    template = "jsonb_path_query_array(%(expressions)s, '$.lesions[*].id')"
    output_field = models.JSONField()


def _working(case: str = "case") -> list[str]:
    """The columns of a joined case that say what curators are working on, to be left alone where
    readers are served."""
    columns = (
        "patient", "title", "summary", "diagnosis", "primary_site", "day_zero_year", "age_low",
        "age_high", "created_at", "updated_at",
    )  # fmt: skip
    return [f"{case}__{column}" for column in columns]


class CaseVersionQuerySet(models.QuerySet["CaseVersion"]):
    def visible_to(self, user: Any) -> Self:
        """All versions of published cases, for everybody; for curators those of withdrawn ones
        too."""
        return self if sees_unpublished(user) else self.filter(case__status=Status.PUBLISHED)

    def current(self) -> Self:
        return self.filter(is_current=True)

    def with_case(self) -> Self:
        """With the name and status of the case, and no word of its working record."""
        return self.select_related("case").defer(*_working())

    def with_lesion(self, public_id: str) -> Self:
        """Those that tell of a lesion, whatever has become of its row since; of the current ones,
        by an index."""
        found: Self = self.alias(lesions=LesionIds(F("document")))
        return found.filter(lesions__contains=[public_id])


class ListingQuerySet(models.QuerySet["Listing"]):
    def visible_to(self, user: Any) -> Self:
        return self.of_audience(audience_of(user))

    def of_audience(self, audience: Audience) -> Self:
        """What those see who are served so: see `audience_of`."""
        if audience == Audience.WORKING:
            return self.filter(audience=audience)
        return self.filter(audience=audience, case__status=Status.PUBLISHED)

    def with_case(self) -> Self:
        """With the name and status of the case, and no word of its working record."""
        return self.select_related("case").defer(*_working())


class ListedItemQuerySet(models.QuerySet["ListedItem"]):
    def visible_to(self, user: Any) -> Self:
        audience = audience_of(user)
        if audience == Audience.WORKING:
            return self.filter(listing__audience=audience)
        return self.filter(listing__audience=audience, listing__case__status=Status.PUBLISHED)

    def of_kind(self, kind: ItemKind) -> Self:
        return self.filter(kind=kind)

    def citing(self, reference: Reference) -> Self:
        """Citations of `reference`, with the case they stand in."""
        found = self.filter(kind=ItemKind.CITATION, reference=reference)
        return found.select_related("listing__case").defer(*_working("listing__case"))


def decides_revisions(user: Any) -> bool:
    """Whether `user` accepts and rejects what others propose."""
    return bool(user.is_active and user.has_perm("patients.decide_revision"))


class RevisionQuerySet(models.QuerySet["Revision"]):
    def visible_to(self, user: Any) -> Self:
        """One's own; those who decide see what was ever handed in."""
        if not user.is_authenticated:
            return self.none()
        if decides_revisions(user):
            return self.filter(models.Q(author=user) | models.Q(submitted_at__isnull=False))
        return self.filter(author=user)


class SavedComparisonQuerySet(models.QuerySet["SavedComparison"]):
    def visible_to(self, user: Any) -> Self:
        """One's own, whatever else one may do."""
        return self.filter(owner=user) if user.is_authenticated else self.none()
