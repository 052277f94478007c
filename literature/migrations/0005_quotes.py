"""What a text may be shown as, who added it, and its bare letters for finding quotes.

`sought` is what `literature.quotes.letters.sought` makes of a text. Texts that are there already
stay shown where they are our own summaries or their licence is open; others are held.
"""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models
from django.db.models import F, Func, Q

SHOWN = [("full", "Shown in full"), ("held", "Held for checking quotes, not shown")]
OPEN = ("CC0 1.0", "CC BY 4.0", "CC BY-SA 4.0", "Public domain")
SHOWABLE = (
    *OPEN,
    "CC BY-ND 4.0",
    "CC BY-NC 4.0",
    "CC BY-NC-SA 4.0",
    "CC BY-NC-ND 4.0",
    "Permission of the publisher",
    "Written for Casebase",
)
OTHER_THAN_SOUGHT = "[^0-9a-z\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]+"


def show_what_may_be(apps, schema_editor):
    texts = apps.get_model("literature", "SourceText").objects
    texts.filter(Q(depth="summary") | Q(licence__in=OPEN)).update(shown_as="full")


class Migration(migrations.Migration):
    dependencies = [
        ("literature", "0004_notices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TrigramExtension(),
        migrations.AddField(
            "sourcetext",
            "shown_as",
            models.CharField(
                choices=SHOWN,
                db_default="held",
                default="held",
                help_text="What readers are given of it",
                max_length=4,
                verbose_name="shown",
            ),
        ),
        migrations.RunPython(show_what_may_be, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            "sourcetext",
            models.CheckConstraint(
                condition=Q(shown_as="held")
                | Q(shown_as="full", depth="summary")
                | Q(shown_as="full", licence__in=SHOWABLE),
                name="source_text_shown_by_licence",
                violation_error_message="This licence does not let us show the text: hold it for "
                "checking quotes.",
            ),
        ),
        migrations.AddField(
            "sourcetext",
            "added_by",
            models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "sourcetext",
            "sought",
            models.GeneratedField(
                db_persist=True,
                expression=Func(
                    F("text"),
                    template="regexp_replace(replace(replace(replace("
                    "lower(normalize(%(expressions)s, NFKC) COLLATE \"C\"), 'ß', 'ss'), "
                    f"'ẞ', 'ss'), 'İ', 'i'), '{OTHER_THAN_SOUGHT}', '', 'g')",
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            "sourcetext",
            GinIndex(fields=["sought"], name="source_text_sought", opclasses=["gin_trgm_ops"]),
        ),
    ]
