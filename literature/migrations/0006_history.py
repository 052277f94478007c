"""The history: one table, written by one trigger function that no other role may call or change."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from literature.history.operations import Watch

OF_A_REFERENCE = {"literature_reference": ["reference_id"]}

# Its owner writes; the path is fixed, so that nobody can put a table or function of theirs before
# ours. The arguments: columns left out, and `table:column` of the records that a row belongs to.
# It writes beside the watched table, and finds the columns anew each time, so that a column that
# is added later is recorded without further ado.
FUNCTION = """
CREATE FUNCTION history_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $function$
DECLARE
    left_out text[] := TG_ARGV[0];
    part_of text[] := TG_ARGV[1];
    told jsonb := coalesce(nullif(current_setting('casebase.acting', true), ''), '{}');
    columns text;
    nothing text := 'SELECT NULL::bigint AS id, NULL::jsonb AS said WHERE false';
    rows text;
    was text := nothing;
    now text := nothing;
    records text := 'NULL';
BEGIN
    SELECT string_agg(format('r.%I', attname), ', ' ORDER BY attnum) INTO columns
    FROM pg_attribute
    WHERE attrelid = TG_RELID AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
        AND attname <> 'id' AND attname <> ALL (left_out);
    rows := 'SELECT r.id, (SELECT to_jsonb(x) FROM (SELECT ' || columns || ') AS x) AS said FROM ';
    IF TG_OP = 'TRUNCATE' THEN
        was := rows || format('%I.%I AS r', TG_TABLE_SCHEMA, TG_TABLE_NAME);
    END IF;
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        was := rows || 'old_rows AS r';
    END IF;
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        now := rows || 'new_rows AS r';
    END IF;
    IF cardinality(part_of) > 0 THEN
        SELECT 'array_remove(ARRAY[' || string_agg(format(
            '%1$L || (was.said ->> %2$L), %1$L || (now.said ->> %2$L)',
            split_part(part, ':', 1) || ':', split_part(part, ':', 2)), ', ') || '], NULL)'
        INTO records FROM unnest(part_of) AS part;
    END IF;
    EXECUTE format($insert$
        INSERT INTO %I.literature_change (at, transaction, "table", "row", part_of, kind, before,
            after, user_id, username, reason, way, database_user)
        SELECT clock_timestamp(), pg_current_xact_id()::text::bigint, %L,
            coalesce(was.id, now.id), %s,
            CASE WHEN now.id IS NULL THEN 'removed' WHEN was.id IS NULL THEN 'added'
                ELSE 'changed' END,
            CASE WHEN now.id IS NULL THEN was.said ELSE (
                SELECT jsonb_object_agg(key, value) FROM jsonb_each(was.said)
                WHERE now.said -> key IS DISTINCT FROM value) END,
            CASE WHEN was.id IS NULL THEN now.said ELSE (
                SELECT jsonb_object_agg(key, value) FROM jsonb_each(now.said)
                WHERE was.said -> key IS DISTINCT FROM value) END,
            ($1 ->> 'user')::bigint, left(coalesce($1 ->> 'username', ''), 150),
            left(coalesce($1 ->> 'reason', ''), 500), left(coalesce($1 ->> 'way', ''), 300),
            session_user
        FROM (%s) AS was FULL JOIN (%s) AS now ON was.id = now.id
        WHERE was.said IS DISTINCT FROM now.said
        ORDER BY coalesce(was.id, now.id)
        $insert$, TG_TABLE_SCHEMA, TG_TABLE_NAME, records, was, now) USING told;
    RETURN NULL;
END
$function$;
REVOKE ALL ON FUNCTION history_record() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("literature", "0005_quotes"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("transaction", models.BigIntegerField(help_text="What was changed at once has the same number")),
                ("table", models.CharField(max_length=63)),
                ("row", models.BigIntegerField()),
                ("part_of", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), help_text="`table:row` of the records it belongs to", null=True, size=None)),
                ("kind", models.CharField(choices=[("added", "Added"), ("changed", "Changed"), ("removed", "Removed")], max_length=7)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("user_id", models.BigIntegerField(help_text="No key: it outlives the account", null=True)),
                ("username", models.CharField(blank=True, max_length=150)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("way", models.CharField(blank=True, help_text="The request's method and path, or the command", max_length=300)),
                ("database_user", models.CharField(max_length=63)),
            ],
            options={
                "ordering": ("-pk",),
                "default_permissions": (),
                "permissions": [("view_history", "Can see the history of records"), ("revert_change", "Can take a change back")],
                "indexes": [
                    models.Index(fields=["table", "row"], name="change_row"),
                    django.contrib.postgres.indexes.GinIndex(fields=["part_of"], name="change_part_of"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Purge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by", models.CharField(help_text="Who asked for it, in their own words", max_length=150)),
                ("database_user", models.CharField(max_length=63)),
                ("reason", models.CharField(max_length=500)),
                ("places", models.JSONField(help_text="[{table, row, column}], of the history too")),
            ],
            options={"ordering": ("-pk",), "default_permissions": ()},
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION history_record()"),
        Watch("literature_reference", leave_out=["updated_at"]),
        Watch("literature_sourcetext", part_of=OF_A_REFERENCE),
        Watch("literature_studyfact", part_of=OF_A_REFERENCE),
        Watch("literature_referencelistitem", part_of={"literature_reference": ["work_id"]}),
        Watch("literature_otheridentifier", part_of=OF_A_REFERENCE),
        Watch("literature_notice", part_of=OF_A_REFERENCE),
        Watch("literature_origin", part_of=OF_A_REFERENCE),
        Watch("literature_relation", part_of={"literature_reference": ["reference_id", "to_id"]}),
        Watch("literature_takenover", part_of=OF_A_REFERENCE),
        Watch("literature_duplicatepair", part_of={"literature_reference": ["first_id", "second_id"]}),
        Watch("literature_merge", part_of={"literature_reference": ["kept_id"]}),
        Watch("literature_import", leave_out=["done", "total", "attempts", "lease_by", "lease_until"]),
        Watch("auth_user", leave_out=["password", "last_login"]),
        Watch("auth_user_groups", part_of={"auth_user": ["user_id"], "auth_group": ["group_id"]}),
        Watch("auth_user_user_permissions", part_of={"auth_user": ["user_id"]}),
        Watch("auth_group"),
        Watch("auth_group_permissions", part_of={"auth_group": ["group_id"]}),
    ]
