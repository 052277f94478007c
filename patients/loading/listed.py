"""Listings of many cases and what finds them, for readers and curators alike."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from patients.actions import known_words
from patients.listing_rows import ListingRows, listing_rows
from patients.loading.copying import Json, Table, copied_row, copy
from patients.loading.keys import take
from patients.loading.rows import Ready
from patients.models import ListedItem, Listing, SearchEntry, SearchStep
from patients.searching.steps import Step
from patients.searching.texts import VECTOR_SQL
from patients.vocabulary import Audience

STAGE: Final = """
    CREATE TEMPORARY TABLE loading_entry (
        public bigint, working bigint, title_key text, source_year integer, event_count integer,
        codes integer[], ties integer[], a text, b text, c text, d text
    ) ON COMMIT DROP
"""
# The vector is made once for both audiences.
FROM_STAGE: Final = f"""
    WITH made AS MATERIALIZED (
        SELECT loading_entry.*, {VECTOR_SQL % tuple("abcd")} AS vector FROM loading_entry
    )
    INSERT INTO {SearchEntry._meta.db_table}
        (listing_id, audience, listed_at, title_key, source_year, event_count, codes, ties, vector)
    SELECT listing, audience, %s, title_key, source_year, event_count, codes, ties, vector
    FROM made CROSS JOIN LATERAL (VALUES (public, 'public'), (working, 'working'))
        AS of_audience (listing, audience)
    WHERE listing IS NOT NULL
    ORDER BY audience, listing
"""
ITEM_COLUMNS: Final = [
    "listing_id", "kind", "public_id", "position", "label", "data", "reference_id",
]  # fmt: skip
STEP_COLUMNS: Final = ["listing_id", *(field.name for field in fields(Step))]
_told = attrgetter(*STEP_COLUMNS[1:])


class Listings:
    """Fills the tables that lists, search and the API's lists of parts read.

    `for_reading` leaves out what curators find cases by, and the lists of parts.
    """

    def __init__(self, cursor: Any, count: int, at: datetime, *, for_reading: bool = False) -> None:
        """`count` is how many cases are to be added."""
        self.at, self._for_reading = at, for_reading
        self._audiences = [Audience.PUBLIC] if for_reading else list(Audience)
        self._listings = Table(Listing)
        self._items, self._steps = Table(ListedItem, keyed=False), Table(SearchStep, keyed=False)
        assert self._items.columns == ITEM_COLUMNS
        assert self._steps.columns == STEP_COLUMNS
        self._keys = {audience: take(cursor, Listing, count) for audience in self._audiences}
        self._entries: list[str] = []
        self._words: set[str] = set()

    def add(self, ready: Ready) -> None:
        """Makes the rows of a case; no query."""
        rows = listing_rows(ready.document, terms=ready.terms, references=ready.references,
                            with_items=not self._for_reading)  # fmt: skip
        ids = {audience: next(keys) for audience, keys in self._keys.items()}
        self._add(ready, rows, ids)
        self._entries.append(_entry(ids, rows))
        self._words.update(rows.words)

    def write(self, cursor: Any, known: set[str]) -> set[str]:
        """Gives the words that were learnt beside `known` ones: known once the transaction is
        committed."""
        for table in (self._listings, self._items, self._steps):
            table.copy(cursor)
        cursor.execute("DROP TABLE IF EXISTS loading_entry")
        cursor.execute(STAGE)
        copy(cursor, "loading_entry", self._entries)
        cursor.execute(FROM_STAGE, [self.at])
        return self._learn(self._words - known)

    def _add(self, ready: Ready, rows: ListingRows, ids: dict[Audience, int]) -> None:
        """What both audiences have is spelled once."""
        items = [
            copied_row((item.kind.value, item.public_id, position, item.label, Json(item.data),
                        ready.references[item.reference] if item.reference else None))
            for position, item in enumerate(rows.items)
        ]  # fmt: skip
        steps = [copied_row(_told(step)) for step in rows.steps]
        for audience, listing in ids.items():
            self._listings.add(id=listing, case_id=ready.case, audience=audience.value,
                               listed_at=self.at, **rows.listing)  # fmt: skip
            self._items.add_all([f"{listing}\t{item}" for item in items])
            self._steps.add_all([f"{listing}\t{step}" for step in steps])

    def _learn(self, new: set[str]) -> set[str]:
        for audience in self._audiences:
            known_words.learn(words=sorted(new), audience=audience)
        return new


def _entry(ids: dict[Audience, int], rows: ListingRows) -> str:
    entry = rows.entry
    values = (
        ids[Audience.PUBLIC], ids.get(Audience.WORKING), entry.title_key, entry.source_year,
        entry.event_count, entry.codes, entry.ties, *entry.texts.as_tuple(),
    )  # fmt: skip
    return copied_row(values)
