"""The statements of the limit, written by hand. Each is planned once a connection, by PREPARE.

The lists answer with the very keys and values of ours. `DETAIL` tells of a case what can be read
from its rows; `STORED` gives the whole document, as it was published.
"""

from __future__ import annotations

from typing import Final

SETTINGS: Final = "SET jit = off; SET enable_seqscan = off"
"""Ours has the same for its search."""
DETAIL: Final = """
    SELECT json_build_object(
        'accession', record.accession, 'title', record.title, 'summary', record.summary,
        'patient', (SELECT json_build_object('id', patient.public_id, 'sex', patient.sex)
                    FROM patients_patient AS patient WHERE patient.id = record.patient_id),
        'events', (
            SELECT json_agg(json_build_object(
                'id', event.public_id, 'label', event.label, 'category', event.category,
                'detail', event.detail, 'start_low', event.start_low,
                'start_high', event.start_high, 'end_low', event.end_low,
                'end_high', event.end_high, 'term', term.display,
                'citations', (
                    SELECT json_agg(json_build_object(
                        'id', tie.public_id, 'role', tie.role, 'quote', tie.quote,
                        'reference', work.public_id))
                    FROM patients_citation AS tie
                    JOIN literature_reference AS work ON work.id = tie.reference_id
                    WHERE tie.event_id = event.id)
                ) ORDER BY event.start_low, event.id)
            FROM patients_event AS event
            LEFT JOIN patients_term AS term ON term.id = event.term_id
            WHERE event.case_id = record.id),
        'imaging_findings', (
            SELECT json_agg(json_build_object(
                'id', finding.public_id, 'description', finding.description,
                'modality', finding.modality, 'patency', finding.patency) ORDER BY finding.id)
            FROM patients_imagingfinding AS finding WHERE finding.case_id = record.id),
        'references', (
            SELECT json_agg(json_build_object(
                'id', work.public_id, 'title', work.title, 'year', work.year, 'doi', work.doi))
            FROM literature_reference AS work
            WHERE work.id IN (SELECT reference_id FROM patients_citation AS tie
                              WHERE tie.case_id = record.id))
    )::text
    FROM patients_case AS record
    WHERE record.accession = $1 AND record.status = 'published'
"""
STORED: Final = """
    SELECT (json_build_object('status', record.status, 'version', version.number,
            'checksum', version.checksum, 'published_at',
            to_char(version.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        )::jsonb || version.document)::text
    FROM patients_case AS record
    JOIN patients_caseversion AS version ON version.case_id = record.id AND version.is_current
    WHERE record.accession = $1 AND record.status = 'published'
"""
_TERM: Final = """
    CASE WHEN listing.{column} <> '' THEN json_build_object('slug', listing.{column}, 'display',
        coalesce({column}.display, listing.{column})) END
"""
_ROWS: Final = f"""
    SELECT json_build_object('count', NULL, 'next', CASE WHEN max(hit.place) > 50 THEN $1 END,
        'previous', NULL, 'results', coalesce(json_agg(json_build_object(
            'accession', listing.accession, 'title', listing.title, 'status', record.status,
            'sex', listing.sex, 'age_low', listing.age_low, 'age_words', listing.age_words,
            'diagnosis', {_TERM.format(column="diagnosis")},
            'site', {_TERM.format(column="site")},
            'treatments', coalesce((
                SELECT json_agg(json_build_object('slug', named.slug, 'display',
                    coalesce(term.display, named.slug)) ORDER BY named.place)
                FROM unnest(listing.treatments) WITH ORDINALITY AS named (slug, place)
                LEFT JOIN patients_term AS term ON term.slug = named.slug), '[]'),
            'outcome', listing.outcome, 'source_year', listing.source_year,
            'event_count', listing.event_count, 'reference_count', listing.reference_count,
            'listed_at',
            to_char(listing.listed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'url', '/cases/' || listing.accession || '/')
            ORDER BY hit.place) FILTER (WHERE hit.place <= 50), '[]'))::text
    FROM hits AS hit
    JOIN patients_listing AS listing ON listing.id = hit.listing_id
    JOIN patients_case AS record
        ON record.id = listing.case_id AND record.status = 'published'
    LEFT JOIN patients_term AS diagnosis ON diagnosis.slug = listing.diagnosis
    LEFT JOIN patients_term AS site ON site.slug = listing.site
"""
NEWEST: Final = f"""
    WITH hits AS (
        SELECT listing_id, row_number() OVER (ORDER BY listed_at DESC, listing_id DESC) AS place
        FROM patients_searchentry WHERE audience = 'public'
        ORDER BY listed_at DESC, listing_id DESC LIMIT 51)
    {_ROWS}
"""
FOUND: Final = f"""
    WITH newest AS (
        SELECT entry.listing_id, entry.vector FROM patients_searchentry AS entry
        WHERE entry.audience = 'public'
          AND entry.vector @@ to_tsquery('pg_catalog.english', $2)
          AND entry.codes && ARRAY[$3] AND entry.codes && ARRAY[$4]
        ORDER BY entry.listed_at DESC, entry.listing_id DESC LIMIT 1000),
    ranked AS (
        SELECT listing_id, ts_rank('{{0.05, 0.2, 0.5, 1}}', vector,
            to_tsquery('pg_catalog.english', $2)) AS rank
        FROM newest ORDER BY rank DESC, listing_id DESC LIMIT 51),
    hits AS (
        SELECT listing_id, row_number() OVER (ORDER BY rank DESC, listing_id DESC) AS place
        FROM ranked)
    {_ROWS}
"""
IN_ORDER: Final = f"""
    WITH hits AS (
        SELECT listing_id, row_number() OVER (ORDER BY listed_at DESC, listing_id DESC) AS place
        FROM (
            SELECT entry.listing_id, entry.listed_at FROM patients_searchentry AS entry
            WHERE entry.audience = 'public' AND entry.ties && $2 AND entry.ties && $3
              AND EXISTS (
                SELECT FROM patients_searchstep AS one
                JOIN patients_searchstep AS other ON other.listing_id = one.listing_id
                WHERE one.listing_id = entry.listing_id AND one.code = ANY ($2)
                  AND other.code = ANY ($3) AND other.event <> one.event
                  AND other.high - one.low >= 0 AND other.low - one.high <= $4
                  AND (NOT other.roots && one.roots OR (
                    SELECT min(b.high - a.low) >= 0 AND max(b.low - a.high) <= $4
                    FROM unnest(other.roots, other.root_lows, other.root_highs)
                        AS b (root, low, high)
                    JOIN unnest(one.roots, one.root_lows, one.root_highs)
                        AS a (root, low, high) USING (root))))
            ORDER BY entry.listed_at DESC, entry.listing_id DESC LIMIT 51) AS first)
    {_ROWS}
"""
SUGGESTED: Final = """
    WITH newest AS (
        SELECT id FROM literature_reference
        WHERE search @@ to_tsquery('pg_catalog.english', $1) ORDER BY id DESC LIMIT 200),
    best AS (
        SELECT work.* FROM literature_reference AS work JOIN newest USING (id)
        ORDER BY ts_rank(work.search, to_tsquery('pg_catalog.english', $1)) DESC, work.id DESC
        LIMIT 10)
    SELECT json_build_object('suggestions', coalesce(json_agg(json_build_object(
        'id', public_id, 'short', first_author || CASE jsonb_array_length(csl -> 'author')
            WHEN 1 THEN '' WHEN 2 THEN ' and ' || (csl #>> '{author,1,family}') ELSE ' et al.' END
            || ' ' || year,
        'title', title, 'year', year, 'doi', coalesce(doi, ''), 'pmid', coalesce(pmid, ''))
        ORDER BY ts_rank(search, to_tsquery('pg_catalog.english', $1)) DESC, id DESC),
        '[]'))::text
    FROM best
"""
PREPARED: Final = {
    "detail": ("text", DETAIL),
    "stored": ("text", STORED),
    "newest": ("text", NEWEST),
    "found": ("text, text, integer, integer", FOUND),
    "in_order": ("text, integer[], integer[], integer", IN_ORDER),
    "suggested": ("text", SUGGESTED),
}
"""By name, the types of its values and the statement."""
