"""The index of the search: narrow tables, taken from the case documents by `index_cases`."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import literature.public_ids
from django.conf import settings
from django.db import migrations, models


LEAVES_WITH_ITS_CASE = """
    CREATE FUNCTION patients_leave_search() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM patients_searchstep AS s USING patients_listing AS l
            WHERE l.id = s.listing_id AND l.case_id = NEW.id AND l.audience = 'public';
        DELETE FROM patients_searchentry AS e USING patients_listing AS l
            WHERE l.id = e.listing_id AND l.case_id = NEW.id AND l.audience = 'public';
        RETURN NULL;
    END $$;
    CREATE TRIGGER patients_leave_search AFTER UPDATE OF status ON patients_case FOR EACH ROW
        WHEN (OLD.status = 'published' AND NEW.status <> 'published')
        EXECUTE FUNCTION patients_leave_search();
"""
"""However a case stops being published, readers find it no more: the search asks for no status."""
NO_LEAVING = """
    DROP TRIGGER patients_leave_search ON patients_case;
    DROP FUNCTION patients_leave_search();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('patients', '0016_comparisons'),
        ('literature', '0007_search'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='KnownWord',
            fields=[
                ('pk', models.CompositePrimaryKey('audience', 'word', blank=True, editable=False, primary_key=True, serialize=False)),
                ('audience', models.CharField(choices=[('public', 'Public'), ('working', 'Working')], max_length=8)),
                ('word', models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=literature.public_ids.new_public_id, editable=False, max_length=10, unique=True, verbose_name='id')),
                ('name', models.CharField(max_length=100)),
                ('query', models.CharField(blank=True, help_text='Query string, without the page', max_length=4000)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('listing', models.OneToOneField(db_index=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='entry', serialize=False, to='patients.listing')),
                ('audience', models.CharField(choices=[('public', 'Public'), ('working', 'Working')], max_length=8)),
                ('listed_at', models.DateTimeField()),
                ('title_key', models.CharField(max_length=100)),
                ('source_year', models.IntegerField(null=True)),
                ('event_count', models.PositiveIntegerField(default=0)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), help_text='See patients.searching.codes', size=None)),
                ('ties', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), help_text='Cited references and steps, as codes', size=None)),
                ('vector', django.contrib.postgres.search.SearchVectorField()),
            ],
        ),
        migrations.CreateModel(
            name='SearchStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.IntegerField()),
                ('event', models.PositiveIntegerField(help_text='Its number in the document')),
                ('low', models.IntegerField()),
                ('high', models.IntegerField()),
                ('roots', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), help_text='Events it is timed from', size=None)),
                ('root_lows', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ('root_highs', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
            ],
        ),
        migrations.RemoveIndex(
            model_name='listing',
            name='listing_search',
        ),
        migrations.RemoveIndex(
            model_name='listing',
            name='listing_treatments',
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model_name='listing', name='search')],
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE patients_listing DROP COLUMN search",
                    # Taking it back leaves it to be written anew, with the next change of a case.
                    "ALTER TABLE patients_listing ADD COLUMN search tsvector NOT NULL DEFAULT ''",
                )
            ],
        ),
        migrations.AddField(
            model_name='listing',
            name='accession',
            field=models.CharField(default='', help_text='That of the case', max_length=10),
            preserve_default=False,
        ),
        migrations.RunSQL(
            "UPDATE patients_listing AS l SET accession = c.accession "
            "FROM patients_case AS c WHERE c.id = l.case_id",
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            model_name='knownword',
            index=django.contrib.postgres.indexes.GinIndex(fields=['word'], name='known_word_like', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='knownword',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', ['public', 'working'])), name='known_word_audience_known'),
        ),
        migrations.AddField(
            model_name='savedsearch',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_searches', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('audience', 'public')), fields=['vector', 'codes', 'ties'], name='entry_found_public'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('audience', 'working')), fields=['vector', 'codes', 'ties'], name='entry_found_working'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=models.Index(models.F('audience'), models.OrderBy(models.F('listed_at'), descending=True), models.OrderBy(models.F('listing'), descending=True), name='entry_newest'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=models.Index(models.F('audience'), models.F('title_key'), models.F('listing'), name='entry_title'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=models.Index(models.F('audience'), models.OrderBy(models.F('source_year'), descending=True, nulls_last=True), models.OrderBy(models.F('listing'), descending=True), name='entry_year'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=models.Index(models.F('audience'), models.OrderBy(models.F('event_count'), descending=True), models.OrderBy(models.F('listing'), descending=True), name='entry_events'),
        ),
        migrations.AddConstraint(
            model_name='searchentry',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', ['public', 'working'])), name='entry_audience_known'),
        ),
        migrations.AddField(
            model_name='searchstep',
            name='listing',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='patients.listing'),
        ),
        migrations.AddConstraint(
            model_name='savedsearch',
            constraint=models.UniqueConstraint(fields=('user', 'name'), name='saved_search_name_unique', violation_error_message='You have a saved search of this name already.'),
        ),
        migrations.AddConstraint(
            model_name='savedsearch',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='saved_search_has_name'),
        ),
        migrations.AddConstraint(
            model_name='savedsearch',
            constraint=models.CheckConstraint(condition=models.Q(('public_id__regex', '^[0123456789ABCDEFGHJKMNPQRSTVWXYZ]{10}$')), name='saved_search_public_id_pattern'),
        ),
        migrations.AddIndex(
            model_name='searchstep',
            index=models.Index(fields=['listing', 'code'], name='step_of_listing'),
        ),
        migrations.AddConstraint(
            model_name='searchstep',
            constraint=models.CheckConstraint(condition=models.Q(('low__lte', models.F('high'))), name='step_low_to_high'),
        ),
        migrations.RunSQL(LEAVES_WITH_ITS_CASE, NO_LEAVING),
    ]
