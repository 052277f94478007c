"""Records of one work: found, remembered as different, merged, related.

`literature_match_keys` is the one definition of the keys by which duplicates are looked for: the
library's are generated with it, and those of what is looked for are made by it. It calls nothing
but built-in functions, so that a restored dump needs no search path. Its four keys, each null where
the record does not say enough:

1. the beginning of the title: letters and digits of its first 24, accents, markup, leading
   articles and British spelling taken away; a short one has the year with it;
2. the end of the title, without the stock words that titles end with;
3. volume and first page;
4. first author and first page.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Func, Q

FUNCTION = r"""
CREATE FUNCTION literature_match_keys(csl jsonb) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $function$
DECLARE
    no_letters constant text :=
        '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u02b0-\u036f\u2000-\u2bff'
        '\u3000-\u303f\u30fb\ufe00-\ufe6f]+';
    -- Backwards, so that the search has one place to begin at.
    stock_words constant text :=
        '^(dna|fo|eht|s?esac|s?troper|s?weiver|erutaretil|citametsys|sisylanatem|seires'
        '|seiduts|yduts|lairt|de[sz]imodnar|dellortnoc)+';
    title text := lower(coalesce(csl ->> 'title', ''));
    family text := lower(coalesce(
        csl #>> '{author,0,family}', csl #>> '{author,0,literal}', ''));
    backwards text;
    page text := ltrim(substring(csl ->> 'page' from '[0-9]+'), '0');
    keys text[] := array[null, null, null, null]::text[];
BEGIN
    IF strpos(title, '<') > 0 THEN
        title := regexp_replace(title, '<[^<>]{1,40}>', '', 'g');
    END IF;
    title := regexp_replace(title, '^[^[:alnum:]]*(the|an?)[[:space:]]+', '');
    IF octet_length(title) = length(title) THEN
        title := regexp_replace(title, '[^a-z0-9]+', '', 'g');
    ELSE
        title := regexp_replace(lower(normalize(title, NFKD)), no_letters, '', 'g');
        title := translate(title, 'øłđßæœıð', 'oldseoid');
    END IF;
    title := replace(replace(replace(title, 'our', 'or'), 'ae', 'e'), 'oe', 'e');
    IF length(title) >= 16 THEN
        keys[1] := left(title, 24);
        backwards := reverse(title);
        backwards := regexp_replace(backwards, stock_words, '');
        IF length(backwards) < 12 THEN
            backwards := reverse(title);
        END IF;
        keys[2] := reverse(left(backwards, 24));
    ELSIF title <> '' THEN
        keys[1] := title || '|' || coalesce(csl #>> '{issued,date-parts,0,0}', '');
    END IF;
    IF page <> '' THEN
        keys[3] := substring(csl ->> 'volume' from '[0-9]+') || '|' || page;
        IF octet_length(family) = length(family) THEN
            family := regexp_replace(family, '[^a-z0-9]+', '', 'g');
        ELSE
            family := regexp_replace(lower(normalize(family, NFKD)), no_letters, '', 'g');
            family := translate(family, 'øłđßæœıð', 'oldseoid');
        END IF;
        IF family <> '' THEN
            family := replace(replace(replace(family, 'oe', 'o'), 'ae', 'a'), 'ue', 'u');
            keys[4] := left(family, 40) || '|' || page;
        END IF;
    END IF;
    RETURN keys;
END
$function$
"""
DROP = "DROP FUNCTION literature_match_keys(jsonb)"

ACTOR = {
    "blank": True,
    "null": True,
    "on_delete": django.db.models.deletion.SET_NULL,
    "related_name": "+",
    "to": settings.AUTH_USER_MODEL,
}
IDENTIFIER_KINDS = [("DOI", "DOI"), ("PMID", "PMID"), ("PMCID", "PMCID")]
LIKENESSES = [("same", "Certain"), ("probable", "Probable"), ("related", "Related")]
STATES = [
    ("open", "To be decided"),
    ("distinct", "Not a duplicate"),
    ("related", "Recorded as related"),
]
KINDS = [
    ("preprint_of", "Preprint of"),
    ("abstract_of", "Conference abstract of"),
    ("erratum_of", "Correction of"),
    ("retraction_of", "Retraction of"),
    ("comment_on", "Comment on, or reply to"),
    ("part_of", "Part of"),
    ("translation_of", "Translation of"),
    ("edition_of", "Other edition of"),
]


def key():
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def tied_to_reference(related_name="+", on_delete=django.db.models.deletion.CASCADE, **options):
    return models.ForeignKey(
        on_delete=on_delete, related_name=related_name, to="literature.reference", **options
    )


def index_of_key(number, name):
    return migrations.AddIndex("reference", models.Index(F(f"match_keys__{number}"), name=name))


class Migration(migrations.Migration):
    dependencies = [
        ("literature", "0002_imports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, DROP),
        migrations.AddField(
            "reference",
            "match_keys",
            models.GeneratedField(
                db_persist=True,
                expression=Func(F("csl"), function="literature_match_keys"),
                output_field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.TextField(db_collation="C"), size=None
                ),
            ),
        ),
        index_of_key(0, "reference_match_start"),
        index_of_key(1, "reference_match_end"),
        index_of_key(2, "reference_match_place"),
        index_of_key(3, "reference_match_author"),
        migrations.CreateModel(
            name="OtherIdentifier",
            fields=[
                ("id", key()),
                ("kind", models.CharField(choices=IDENTIFIER_KINDS, max_length=5)),
                ("value", models.CharField(max_length=500)),
                ("reference", tied_to_reference("other_identifiers")),
            ],
            options={
                "ordering": ("kind", "value"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=["kind", "value"], name="other_identifier_unique"
                    ),
                    models.CheckConstraint(
                        condition=Q(kind__in=[value for value, _ in IDENTIFIER_KINDS]),
                        name="other_identifier_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=~Q(value=""), name="other_identifier_not_empty"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("id", key()),
                ("kind", models.CharField(choices=KINDS, max_length=16)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("by", models.ForeignKey(**ACTOR)),
                ("reference", tied_to_reference("relations")),
                ("to", tied_to_reference("related_by")),
            ],
            options={
                "ordering": ("kind", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=["reference", "to"], name="relation_unique"),
                    models.CheckConstraint(
                        condition=~Q(reference=F("to")),
                        name="relation_not_itself",
                        violation_error_message="A work is not related to itself.",
                    ),
                    models.CheckConstraint(
                        condition=Q(kind__in=[value for value, _ in KINDS]),
                        name="relation_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DuplicatePair",
            fields=[
                ("id", key()),
                ("likeness", models.CharField(choices=LIKENESSES, max_length=8)),
                ("reason", models.CharField(max_length=300)),
                ("state", models.CharField(choices=STATES, default="open", max_length=8)),
                ("found_at", models.DateTimeField(auto_now_add=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_by", models.ForeignKey(**ACTOR)),
                ("first", tied_to_reference()),
                ("second", tied_to_reference()),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=["first", "second"], name="duplicate_pair_unique"
                    ),
                    models.CheckConstraint(
                        condition=Q(first__lt=F("second")), name="duplicate_pair_in_order"
                    ),
                    models.CheckConstraint(
                        condition=Q(likeness__in=[value for value, _ in LIKENESSES]),
                        name="duplicate_pair_likeness_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(state__in=[value for value, _ in STATES]),
                        name="duplicate_pair_state_known",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            state="open", decided_at__isnull=True, decided_by__isnull=True
                        )
                        | (~Q(state="open") & Q(decided_at__isnull=False)),
                        name="duplicate_pair_decided_has_time",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["state", "likeness"], name="duplicate_pair_queue")
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", key()),
                ("kept_was", models.CharField(max_length=10)),
                (
                    "gone",
                    models.CharField(help_text="The id of the record that went", max_length=10),
                ),
                ("gone_row", models.JSONField(help_text="Its columns")),
                (
                    "kept_before",
                    models.JSONField(help_text="Those columns of the kept record that changed"),
                ),
                ("kept_after", models.JSONField()),
                (
                    "steps",
                    models.JSONField(
                        help_text="Rows of the library that moved or went, in the order they did"
                    ),
                ),
                (
                    "citing",
                    models.JSONField(help_text="What moving the citations back needs"),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                ("by", models.ForeignKey(**ACTOR)),
                (
                    "kept",
                    tied_to_reference(
                        "merges", on_delete=django.db.models.deletion.PROTECT, null=True
                    ),
                ),
                ("undone_by", models.ForeignKey(**ACTOR)),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=["gone"],
                        condition=Q(kept__isnull=False),
                        name="merge_gone_once",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            kept__isnull=False, undone_at__isnull=True, undone_by__isnull=True
                        )
                        | Q(kept__isnull=True, undone_at__isnull=False),
                        name="merge_undone_has_time",
                    ),
                ],
                "indexes": [models.Index(fields=["gone"], name="merge_gone")],
            },
        ),
    ]
