"""What was brought in, from which bytes, and what became of each row."""

import django.contrib.postgres.fields
import django.db.models.deletion
import literature.public_ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('literature', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportWorker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True)),
                ('seen_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=literature.public_ids.new_public_id, editable=False, max_length=10, unique=True, verbose_name='id')),
                ('name', models.CharField(max_length=200)),
                ('format', models.CharField(max_length=20)),
                ('size', models.PositiveBigIntegerField(help_text='Bytes')),
                ('sha256', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('waiting', 'Waiting to be read'), ('reading', 'Being read'), ('ready', 'Read, to be decided'), ('saving', 'Being brought in'), ('done', 'Brought in'), ('undoing', 'Being taken back'), ('failed', 'Could not be read'), ('cancelled', 'Cancelled'), ('undone', 'Undone')], default='waiting', max_length=10)),
                ('error', models.CharField(blank=True, max_length=1000)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('licence', models.CharField(blank=True, help_text='What allows us to hold the abstracts; empty: none', max_length=100)),
                ('listed', models.JSONField(default=dict, help_text="Numbers of the list's items that were made, and of those that were tied")),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('saved_at', models.DateTimeField(blank=True, null=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('attempts', models.PositiveSmallIntegerField(default=0, help_text='How often a worker began the present step')),
                ('lease_by', models.CharField(blank=True, max_length=40)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('attach_to', models.ForeignKey(blank=True, help_text='The work whose reference list this is', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='literature.reference')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='ImportChunk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('data', models.BinaryField()),
                ('imported', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chunks', to='literature.import')),
            ],
            options={
                'ordering': ('position',),
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('line', models.PositiveIntegerField(default=0)),
                ('number', models.PositiveIntegerField(blank=True, null=True)),
                ('csl', models.JSONField(default=dict)),
                ('original', models.TextField(blank=True)),
                ('problems', models.JSONField(default=list)),
                ('confidence', models.JSONField(default=dict)),
                ('texts', models.JSONField(default=dict)),
                ('verdict', models.CharField(choices=[('new', 'New'), ('same', 'In the library already'), ('probable', 'Probably in the library already'), ('twice', 'Twice in this import'), ('broken', 'Broken')], max_length=8)),
                ('match_keys', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(null=True), default=list, editable=False, size=None)),
                ('match_row', models.PositiveIntegerField(blank=True, null=True)),
                ('match_reason', models.CharField(blank=True, max_length=300)),
                ('decision', models.CharField(blank=True, choices=[('add', 'Add as new'), ('existing', 'Use the reference we hold'), ('fill', 'Use it, and fill its empty fields'), ('leave', 'Leave out')], max_length=8)),
                ('decided', models.BooleanField(default=False, help_text='By a person')),
                ('new_id', models.CharField(default=literature.public_ids.new_public_id, max_length=10)),
                ('outcome', models.CharField(blank=True, choices=[('added', 'Added'), ('tied', 'In the library already'), ('filled', 'In the library already; empty fields filled'), ('left', 'Left out')], max_length=8)),
                ('outcome_reason', models.CharField(blank=True, max_length=300)),
                ('filled', models.JSONField(blank=True, null=True)),
                ('imported', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='literature.import')),
                ('match', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='literature.reference')),
                ('result', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='literature.reference')),
            ],
            options={
                'ordering': ('position',),
            },
        ),
        migrations.CreateModel(
            name='Origin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=0, help_text='Of the row in the import')),
                ('format', models.CharField(max_length=20)),
                ('original', models.TextField()),
                ('imported', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='origins', to='literature.import')),
                ('reference', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='origins', to='literature.reference')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.AddIndex(
            model_name='import',
            index=models.Index(fields=['state', 'lease_until'], name='import_queue'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'reading', 'ready', 'saving', 'done', 'undoing', 'failed', 'cancelled', 'undone'])), name='import_state_known'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(('public_id__regex', '^[0123456789ABCDEFGHJKMNPQRSTVWXYZ]{10}$')), name='import_public_id_pattern'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('saved_at__isnull', False), _connector='OR'), name='import_done_has_time'),
        ),
        migrations.AddConstraint(
            model_name='importchunk',
            constraint=models.UniqueConstraint(fields=('imported', 'position'), name='import_chunk_unique'),
        ),
        migrations.AddIndex(
            model_name='importrow',
            index=models.Index(fields=['imported', 'verdict', 'position'], name='import_row_verdict'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.UniqueConstraint(fields=('imported', 'position'), name='import_row_position_unique'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.CheckConstraint(condition=models.Q(('verdict__in', ['new', 'same', 'probable', 'twice', 'broken'])), name='import_row_verdict_known'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['', 'add', 'existing', 'fill', 'leave'])), name='import_row_decision_known'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'added', 'tied', 'filled', 'left'])), name='import_row_outcome_known'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'broken'), _negated=True), ('decision', 'leave'), _connector='OR'), name='import_row_broken_is_left_out', violation_error_message='A broken row cannot be brought in: mend it first.'),
        ),
        migrations.AddConstraint(
            model_name='importrow',
            constraint=models.CheckConstraint(condition=models.Q(('match__isnull', True), ('match_row__isnull', True), _connector='OR'), name='import_row_one_match'),
        ),
    ]
