"""The rows of a list by their keys, planned once a connection."""

from django.db import migrations

# A query of ours is planned each time, which takes as long as running it.
ROWS = """
CREATE FUNCTION patients_listed_rows(asked_audience varchar, keys bigint[]) RETURNS TABLE (
    pk bigint, accession varchar, title text, status varchar, sex varchar, age_low smallint,
    age_words varchar, diagnosis varchar, site varchar, treatments varchar[], outcome varchar,
    source_year integer, event_count integer, reference_count integer, listed_at timestamptz,
    terms text
) LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY
    SELECT listing.id, listing.accession, listing.title, record.status, listing.sex,
        listing.age_low, listing.age_words, listing.diagnosis, listing.site, listing.treatments,
        listing.outcome, listing.source_year, listing.event_count, listing.reference_count,
        listing.listed_at, (
            SELECT concat_ws(' ', count(*), max(term.xmin::text::bigint), max(term.id))
            FROM patients_term AS term
        )
    FROM patients_listing AS listing
    JOIN patients_case AS record ON record.id = listing.case_id
    WHERE listing.id = ANY (keys) AND listing.audience = asked_audience
      AND (asked_audience <> 'public' OR record.status = 'published');
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("patients", "0021_published_lesions")]
    operations = [
        migrations.RunSQL(
            ROWS, "DROP FUNCTION patients_listed_rows"
        ),
    ]
