"""Writes of notices: what a source reports, what a curator adds or withdraws."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from literature.citing import citers
from literature.lookup.found_notices import FoundNotice
from literature.models import Notice, NoticeSource, Reference


@transaction.atomic
def note_found(*, reference: Reference, notices: Iterable[FoundNotice], by: Any) -> list[Notice]:
    """Keeps what a source reports about `reference`, and about other works that it names and we
    hold; gives the notices that are new.

    What is known already stays as it is, and what a curator withdrew stays withdrawn. Published
    cases that cite a work with a new notice say so at once.
    """
    by_work = _by_work(reference, list(notices))
    added: list[Notice] = []
    # Always in one order, so that two look-ups at once cannot wait for each other.
    for work in (
        Reference.objects.select_for_update(no_key=True).filter(pk__in=by_work).order_by("pk")
    ):
        new = _new(work, by_work[work.pk], by)
        Notice.objects.bulk_create(new)
        if new:
            _show(work, new[0].get_kind_display(), by)
        added += new
    return added


@transaction.atomic
def add_notice(*, notice: Notice, by: Any) -> Notice:
    """Saves a notice that a curator has seen. Raises ValidationError under the field's name."""
    notice.source = NoticeSource.PERSON
    notice.added_by = _person(by)
    notice.full_clean(exclude=["reference"])
    try:
        with transaction.atomic():
            notice.save()
    except IntegrityError:
        raise ValidationError({"kind": "The same notice stands here already."}) from None
    _show(notice.reference, notice.get_kind_display(), by)
    return notice


@transaction.atomic
def withdraw_notice(*, notice: Notice, because: str, by: Any) -> Notice:
    """Takes a notice back, with the reason; it is kept, and the source cannot bring it again.

    Raises ValidationError without a reason, or where it was withdrawn before.
    """
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if not notice.stands:
        raise ValidationError("This notice was withdrawn already.")
    notice.withdrawn_at, notice.withdrawn_by = timezone.now(), _person(by)
    notice.withdrawn_because = " ".join(because.split())
    if not notice.withdrawn_because:
        raise ValidationError({"because": "Say why it is withdrawn."})
    notice.full_clean(exclude=["reference"])
    notice.save()
    _show(notice.reference, f"{notice.get_kind_display()}: withdrawn", by)
    return notice


def _person(by: Any) -> Any:
    return by if getattr(by, "pk", None) else None


def _show(reference: Reference, reason: str, by: Any) -> None:
    citers().reference_changed(reference)
    citers().must_show(reference, reason, by)


def _by_work(reference: Reference, notices: list[FoundNotice]) -> dict[int, list[FoundNotice]]:
    """The notices by the primary key of the work that each is about."""
    dois = [one.about_doi for one in notices if one.about_doi]
    pmids = [one.about_pmid for one in notices if one.about_pmid]
    others = Reference.objects.filter(Q(doi__in=dois) | Q(pmid__in=pmids))
    pks = {value: row.pk for row in others for value in (row.doi, row.pmid) if value}
    by_work: dict[int, list[FoundNotice]] = defaultdict(list)
    for one in notices:
        about = one.about_doi or one.about_pmid
        pk = pks.get(about) if about else reference.pk
        if pk is not None:
            by_work[pk].append(one)
    return dict(by_work)


def _new(reference: Reference, notices: list[FoundNotice], by: Any) -> list[Notice]:
    known = set(
        Notice.objects.filter(reference=reference).values_list("kind", "source", "doi", "pmid")
    )
    new = []
    for one in notices:
        key = (str(one.kind), str(one.source), one.doi, one.pmid)
        bare = not one.doi and not one.pmid
        if key in known or (bare and any(key[:2] == other[:2] for other in known)):
            continue
        known.add(key)
        new.append(
            Notice(
                reference=reference,
                kind=one.kind,
                source=one.source,
                doi=one.doi,
                pmid=one.pmid,
                year=one.year,
                note=one.note,
                added_by=_person(by),
            )
        )
    return new
