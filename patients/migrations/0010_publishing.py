"""How a case goes to readers: its review, its changes of status, and who wrote it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0009_screening"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='case',
            options={'ordering': ('-created_at', '-pk'), 'permissions': [('view_unpublished', 'Can see drafts and working records'), ('publish_case', 'Can publish cases'), ('withdraw_case', 'Can withdraw cases')]},
        ),
        migrations.CreateModel(
            name='CaseReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('submitted_at', models.DateTimeField(blank=True, help_text='Since when it waits for a decision; empty: it does not', null=True)),
                ('care', models.JSONField(blank=True, default=dict, help_text='State by item of CARE 2013')),
                ('consent', models.CharField(blank=True, choices=[('held', 'The patient’s consent is held, where the note says'), ('as_reported', 'A published report: consent as reported there'), ('not_reported', 'A published report that says nothing of consent'), ('taken_back', 'The patient has taken the consent back')], max_length=12)),
                ('consent_note', models.CharField(blank=True, max_length=300)),
                ('class_seen', models.CharField(blank=True, help_text='The group of like cases whose size was looked at, in words', max_length=300)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='review', to='patients.case')),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('consent__in', ['', 'held', 'as_reported', 'not_reported', 'taken_back'])), name='review_consent_known'), models.CheckConstraint(condition=models.Q(models.Q(('consent', 'held'), _negated=True), models.Q(('consent_note', ''), _negated=True), _connector='OR'), name='review_held_consent_says_where', violation_error_message='Say where the consent is kept, without names.'), models.CheckConstraint(condition=models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', True), _connector='OR'), name='review_submitted_has_time')],
            },
        ),
        migrations.CreateModel(
            name='CaseWriter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wrote_at', models.DateTimeField(help_text='The last time')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='writers', to='patients.case')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('case', 'user'), name='case_writer_unique')],
            },
        ),
        migrations.CreateModel(
            name='StatusChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('submitted', 'Handed in for review'), ('sent_back', 'Sent back'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], max_length=10)),
                ('was', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], max_length=10)),
                ('now', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='status_changes', to='patients.case')),
                ('version', models.ForeignKey(blank=True, help_text='The one that was published', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='patients.caseversion')),
            ],
            options={
                'ordering': ('case', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('act__in', ['submitted', 'sent_back', 'published', 'withdrawn'])), name='status_change_act_known'), models.CheckConstraint(condition=models.Q(('was__in', ['draft', 'in_review', 'published', 'withdrawn'])), name='status_change_was_known'), models.CheckConstraint(condition=models.Q(('now__in', ['draft', 'in_review', 'published', 'withdrawn'])), name='status_change_now_known')],
            },
        ),
    ]
