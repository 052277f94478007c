"""Comparisons that users keep."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import literature.public_ids


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0015_images"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedComparison',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=literature.public_ids.new_public_id, editable=False, max_length=10, unique=True, verbose_name='id')),
                ('name', models.CharField(max_length=100)),
                ('accessions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10, validators=[django.core.validators.RegexValidator('^CB-[0123456789ABCDEFGHJKMNPQRSTVWXYZ]{7}$')]), help_text='Of the cases, in the order in which they stand', size=None)),
                ('columns', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, help_text='Empty means all', size=None)),
                ('align', models.CharField(blank=True, choices=[('treatment', 'First treatment'), ('operation', 'First operation'), ('embolisation', 'First embolisation'), ('diagnosis', 'Diagnosis'), ('day-0', 'Day 0 of each report')], help_text='What the figure is aligned on; empty is the usual', max_length=12)),
                ('differences', models.BooleanField(default=False, help_text='Points out where the cases differ')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_comparisons', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-made_at', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='saved_comparison_has_name'), models.CheckConstraint(condition=models.Q(('accessions__len__gte', 2), ('accessions__len__lte', 6)), name='saved_comparison_of_two_to_six'), models.CheckConstraint(condition=models.Q(('align__in', ['', 'treatment', 'operation', 'embolisation', 'diagnosis', 'day-0'])), name='saved_comparison_align_known'), models.UniqueConstraint(fields=('owner', 'name'), name='saved_comparison_name_unique')],
            },
        ),
    ]
