"""Why a version was made that nobody published: a reference of it was merged, or retracted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patients", "0007_desk_roles")]

    operations = [
        migrations.AddField(
            "caseversion",
            "reason",
            models.CharField(
                blank=True,
                default="",
                help_text="Why it was made, where nobody published the record: what changed "
                "outside of it",
                max_length=300,
            ),
            preserve_default=False,
        )
    ]
