"""The library's own index: folded words, Chinese by pairs of characters, and weights.

`literature_search_vector` cuts texts as `literature.searching.tokens.indexed` does; a test compares
the two. Only the order of Chinese pairs is lost, so quoted Chinese is asked for as all its pairs.
It calls nothing but built-in functions, so that a restored dump needs no search path.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\u3040-\u30ff\uf900-\ufaff\U00020000-\U0003ffff"
SPELLINGS = [
    (r"aemi", r"emi"),
    (r"haem", r"hem"),
    (r"paed", r"ped"),
    (r"gynae", r"gyne"),
    (r"oede", r"ede"),
    (r"oesoph", r"esoph"),
    (r"oestr", r"estr"),
    (r"foet", r"fet"),
    (r"rrhoea", r"rrhea"),
    (r"caec", r"cec"),
    (r"anaesth", r"anesth"),
    (r"leuco", r"leuko"),
    (r"(tum|hum|col|behavi|fav)our", r"\1or"),
    (r"(fib|cent|lit|met)re(s?)\M", r"\1er\2"),
    (r"logue(s?)\M", r"log\1"),
    (r"sulph", r"sulf"),
    (r"is(ation|ations)\M", r"iz\1"),
    (r"((ol|al|er|il|im|or|at|an|ar|ag|et|iv)i)s(e|ed|es|er|ers|ing)\M", r"\1z\3"),
]
STEPS = "\n".join(
    f"        told := regexp_replace(told, '{pattern}', '{into}', 'g');"
    for pattern, into in SPELLINGS
)
LEAVES = '$.** ? (@.type() == "string" || @.type() == "number")'
FUNCTION = rf"""
CREATE FUNCTION literature_search_vector(csl jsonb) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $function$
DECLARE
    rest jsonb := csl
        - '{{type,custom,title,author,container-title,container-title-short}}'::text[];
    texts text[] := ARRAY[
        csl ->> 'title',
        jsonb_path_query_array(csl, '$.author[*].*')::text,
        concat_ws(' ', csl ->> 'container-title', csl ->> 'container-title-short'),
        jsonb_path_query_array(rest, '{LEAVES}')::text
    ];
    weights "char"[] := '{{A,B,C,D}}';
    found tsvector := '';
    told text;
    han text;
BEGIN
    FOR at IN 1..4 LOOP
        told := lower(left(coalesce(texts[at], ''), 80000));
        han := NULL;
        IF octet_length(told) <> length(told) THEN
            told := lower(normalize(told, NFKD));
            told := regexp_replace(told, '[\u0300-\u036f\u3099\u309a]', '', 'g');
            told := translate(told, 'øłđðıµμ', 'olddiuu');
            told := replace(replace(replace(replace(told, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
                'þ', 'th');
            told := regexp_replace(told, '[^[:alnum:]]+', ' ', 'g');
            IF told ~ '[{HAN}]' THEN
                han := regexp_replace(told, '[^{HAN}]+', ' ', 'g');
                told := regexp_replace(told, '[{HAN}]+', ' ', 'g');
            END IF;
        ELSE
            told := regexp_replace(told, '[^a-z0-9]+', ' ', 'g');
        END IF;
{STEPS}
        IF han IS NOT NULL THEN
            -- The pairs that begin at the first, third, … character of each run; those from the
            -- second; and the last of each run alone.
            told := told || ' '
                || regexp_replace(han, '(\S\S)', '\1 ', 'g') || ' '
                || regexp_replace(regexp_replace(han, '(^|\s)\S', ' ', 'g'), '(\S\S)', '\1 ', 'g')
                || ' ' || regexp_replace(han, '\S(?=\S)', '', 'g');
        END IF;
        found := found
            || setweight(to_tsvector('pg_catalog.english'::regconfig, told), weights[at]);
        IF at < 3 THEN
            -- As they are spelt too, for who has typed more of a word than its stem.
            found := found || strip(to_tsvector('pg_catalog.simple'::regconfig, told));
        END IF;
    END LOOP;
    RETURN found;
END
$function$;
"""


class Migration(migrations.Migration):
    dependencies = [("literature", "0006_history")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION literature_search_vector(jsonb)"),
        migrations.RemoveIndex("reference", "reference_search"),
        migrations.RemoveField("reference", "search"),
        migrations.AddField(
            "reference",
            "search",
            models.GeneratedField(
                db_persist=True,
                expression=models.Func(models.F("csl"), function="literature_search_vector"),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            "reference",
            django.contrib.postgres.indexes.GinIndex(fields=["search"], name="reference_search"),
        ),
    ]
