"""The log of edits of a working record."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

ACTOR = {
    "blank": True,
    "null": True,
    "on_delete": django.db.models.deletion.SET_NULL,
    "related_name": "+",
    "to": settings.AUTH_USER_MODEL,
}


class Migration(migrations.Migration):
    dependencies = [
        ("patients", "0003_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="CaseEdit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("words", models.CharField(max_length=200)),
                (
                    "changes",
                    models.JSONField(
                        help_text="In the order they were made: {model, pk, before, after}; before "
                        "and after are column values, or null where the row was not there"
                    ),
                ),
                ("undone", models.BooleanField(default=False)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "discarded",
                    models.BooleanField(
                        default=False,
                        help_text="Taken back and then edited over: it cannot be done again",
                    ),
                ),
                ("by", models.ForeignKey(**ACTOR)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="edits",
                        to="patients.case",
                    ),
                ),
                ("undone_by", models.ForeignKey(**ACTOR)),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(undone=True, undone_at__isnull=False)
                        | Q(undone=False, undone_at__isnull=True, undone_by__isnull=True),
                        name="edit_undone_has_time",
                    ),
                    models.CheckConstraint(
                        condition=Q(discarded=False) | Q(undone=True),
                        name="edit_discarded_is_undone",
                    ),
                ],
            },
        ),
    ]
