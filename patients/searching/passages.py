"""Why a case was found: the passages that hold the words, marked, and where they stand.

Made for the cases of the page that is shown and for no others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.safestring import SafeString

from literature.searching import marking
from literature.searching.marking import Read, Span
from literature.searching.stems import stems
from patients.clinical_time import Precision
from patients.models import ListedItem, Listing
from patients.searching.names import names
from patients.searching.widening import Part
from patients.vocabulary import ItemKind

MAX_PASSAGES: Final = 3
LONGEST_TIME: Final = 40
"""Characters of a time that is told beside a passage: what names another event is longer."""
TOLD: Final = (ItemKind.EVENT, ItemKind.IMAGING_FINDING, ItemKind.RESULT)


@dataclass(frozen=True, slots=True)
class Passage:
    where: str
    """What it comes from, in words: an event, a finding, the summary. Empty where the passage is
    its name."""
    target: str
    """The anchor on the page of the case; empty for the case as a whole."""
    html: SafeString
    when: str = ""
    """The time of its event, as the report tells it."""


@dataclass(frozen=True, slots=True)
class Shown:
    title: SafeString
    passages: list[Passage]


@dataclass(frozen=True, slots=True)
class _Source:
    where: str
    target: str
    text: Read
    when: str = ""


@dataclass(slots=True)
class _Texts:
    title: Read
    sources: list[_Source] = field(default_factory=list)


def passages(listings: Sequence[Listing], parts: Sequence[Part]) -> dict[int, Shown]:
    """By key of the listing. Three queries, however many there are, and one for new words; two more
    where a word stands in none but the titles of what is cited."""
    if not parts or not listings:
        return {}
    texts = _texts_of(listings)
    stem = _stems(texts, parts)
    wanted = _Wanted(parts, stem)
    shown = {key: _shown(of, wanted, stem) for key, of in texts.items()}
    lacking = [key for key, (_, missing) in shown.items() if missing]
    if lacking:
        cited = _cited_titles(lacking)
        for key, sources in cited.items():
            texts[key].sources += sources
        stem |= stems({run.text for of in cited.values() for each in of
                       for run in each.text.runs if not run.chinese})  # fmt: skip
        shown |= {key: _shown(texts[key], wanted, stem) for key in cited}
    return {key: found for key, (found, _) in shown.items()}


class _Wanted:
    """The parts of the query, ready to be looked for in many texts."""

    def __init__(self, parts: Sequence[Part], stem: Mapping[str, str]) -> None:
        self.whole = [self._of(part, stem, loose=False) for part in parts]
        self.loose = [self._of(part, stem, loose=True) for part in parts]

    def _of(self, part: Part, stem: Mapping[str, str], *, loose: bool) -> list[marking.Sought]:
        return [marking.sought(term, stem, loose=loose) for term in part.shown_by]


def _stems(texts: Mapping[int, _Texts], parts: Sequence[Part]) -> dict[str, str]:
    words = {run.text for part in parts for term in part.shown_by for run in term.runs
             if not run.chinese}  # fmt: skip
    for of in texts.values():
        for text in (of.title, *(each.text for each in of.sources)):
            words |= {run.text for run in text.runs if not run.chinese}
    return stems(words)


def _texts_of(listings: Sequence[Listing]) -> dict[int, _Texts]:
    found = {row.pk: _Texts(marking.read(row.title)) for row in listings}
    items = ListedItem.objects.filter(listing__in=found, kind__in=TOLD)
    rows = items.order_by("listing", "position").values_list(
        "listing_id", "kind", "public_id", "label", "data"
    )
    told = list(rows)
    times = {public_id: _when(data["time"]) for _, kind, public_id, _, data in told
             if kind == ItemKind.EVENT}  # fmt: skip
    for listing, kind, public_id, label, data in told:
        event = public_id if kind == ItemKind.EVENT else data["event"]
        when = times.get(event, "")
        target = f"finding-{public_id}" if kind == ItemKind.IMAGING_FINDING else (
            f"event-{event}"
        )  # fmt: skip
        found[listing].sources += [
            _Source(label, target, marking.read(text), when) for text in _told(data) if text
        ]
    _add_summaries(found, listings)
    return found


def _when(time: Mapping[str, Any]) -> str:
    """Empty where it is not reported, or too long to stand beside a passage."""
    words: str = time["words"]
    is_told = time["start"]["precision"] != Precision.UNKNOWN and len(words) <= LONGEST_TIME
    return words if is_told else ""


def _add_summaries(found: dict[int, _Texts], listings: Sequence[Listing]) -> None:
    displays = {term.slug: term.names[:2] for term in names().terms}
    for key, summary in Listing.objects.filter(pk__in=found).values_list("pk", "summary"):
        found[key].sources.append(_Source("Summary", "", marking.read(summary)))
    for row in listings:
        for where, slug in (("Diagnosis", row.diagnosis), ("Primary site", row.site)):
            found[row.pk].sources += [
                _Source(where, "", marking.read(name)) for name in displays.get(slug, ())
            ]


def _told(data: Mapping[str, Any]) -> Iterable[str]:
    """The texts of an event, a finding or a result, as the document has them."""
    for name in ("label", "label_zh", "detail", "description", "enhancement", "analyte", "note"):
        yield data.get(name) or ""
    for name in ("term", "site"):
        term = data.get(name) or {}
        yield from (term.get("display", ""), term.get("display_zh", ""), term.get("code", ""))
    drug, procedure = data.get("drug") or {}, data.get("procedure") or {}
    yield drug.get("brand", "")
    yield from (procedure.get(name, "") for name in ("approach", "device", "agent"))
    for marker in (data.get("pathology") or {}).get("markers", ()):
        yield marker["marker"]


def _cited_titles(listings: Sequence[int]) -> dict[int, list[_Source]]:
    rows = ListedItem.objects.filter(listing__in=listings, kind=ItemKind.CITATION)
    found: dict[int, list[_Source]] = defaultdict(list)
    seen = set()
    for listing, reference, title in rows.order_by("position").values_list(
        "listing_id", "reference_id", "reference__title"
    ):
        if (listing, reference) not in seen:
            seen.add((listing, reference))
            found[listing].append(_Source("A study it cites", "references", marking.read(title)))
    return found


def _shown(texts: _Texts, wanted: _Wanted, stem: Mapping[str, str]) -> tuple[Shown, bool]:
    """What is shown, and whether a part of the query is in none of the texts."""
    in_title = _spans_in(marking.stemmed(texts.title, stem), wanted.whole)
    read = [(source, marking.stemmed(source.text, stem)) for source in texts.sources]
    found = _found(read, wanted.whole)
    missing = (
        set(range(len(wanted.whole))) - set(in_title) - {at for _, each in found for at in each}
    )
    if missing:
        loose = _found(
            read, [each if at in missing else [] for at, each in enumerate(wanted.loose)]
        )
        missing -= {at for _, each in loose for at in each}
        found += loose
    shown = [
        Passage(
            "" if source.text.text == source.where else source.where,
            source.target,
            marking.passage(source.text.text, [span for each in spans.values() for span in each]),
            source.when,
        )
        for source, spans in _chosen(found, len(wanted.whole))
    ]
    title = [span for each in in_title.values() for span in each]
    return Shown(marking.marked(texts.title.text, title), shown), bool(missing)


_FoundIn = list[tuple[_Source, dict[int, list[Span]]]]


def _found(
    read: Sequence[tuple[_Source, marking.Stemmed]], parts: Sequence[list[marking.Sought]]
) -> _FoundIn:
    return [(source, spans) for source, text in read if (spans := _spans_in(text, parts))]


def _spans_in(
    text: marking.Stemmed, parts: Sequence[list[marking.Sought]]
) -> dict[int, list[Span]]:
    """By number of the part, where it stands in the text; those that do not are left out."""
    return {
        at: spans
        for at, part in enumerate(parts)
        if (spans := [span for each in part for span in marking.spans_of(each, text)])
    }


def _chosen(found: _FoundIn, parts: int) -> _FoundIn:
    """First the source that holds most of the query, in the longest piece, then those that add to
    it. Where these are equal, an event or a finding comes before the summary, and that before the
    title of a study: they stand in that order."""
    chosen: _FoundIn = []
    left = set(range(parts))
    while found and len(chosen) < MAX_PASSAGES:
        best = max(found, key=lambda each: (len(left & set(each[1])), _longest(each[1])))
        if chosen and not left & set(best[1]):
            break
        chosen.append(best)
        left -= set(best[1])
        found = [each for each in found if each[0] is not best[0]]
    return chosen


def _longest(spans: Mapping[int, list[Span]]) -> int:
    """Characters of the longest piece that is marked."""
    together = marking.merged(span for each in spans.values() for span in each)
    return max(end - start for start, end in together)
