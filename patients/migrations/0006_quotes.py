"""Whether a citation's quote was found, and where."""

import django.db.models.deletion
from django.db import migrations, models

STATES = [
    ("verified", "Verified"),
    ("elsewhere", "Found in another reference"),
    ("not_found", "Not found in the text we hold"),
    ("no_text", "No text held"),
]


def field(name, made):
    return migrations.AddField("citation", name, made)


def found_in(model, help_text):
    return models.ForeignKey(
        editable=False,
        help_text=help_text,
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to=model,
    )


class Migration(migrations.Migration):
    dependencies = [("patients", "0005_laboratory_results"), ("literature", "0005_quotes")]

    operations = [
        field(
            "quote_state",
            models.CharField(
                blank=True, choices=STATES, default="", editable=False, max_length=10
            ),
        ),
        field(
            "quote_text",
            found_in(
                "literature.sourcetext",
                "The text that holds the quote, of this reference or of another",
            ),
        ),
        field(
            "quote_offset",
            models.PositiveIntegerField(
                editable=False, help_text="Characters of that text before the quote", null=True
            ),
        ),
        field(
            "found_reference",
            found_in("literature.reference", "The other reference that holds the quote"),
        ),
        field("quote_checked_at", models.DateTimeField(editable=False, null=True)),
        field(
            "quote_checked_as",
            models.CharField(
                default="", editable=False, help_text="Checksum of what was checked", max_length=32
            ),
        ),
        migrations.AddConstraint(
            "citation",
            models.CheckConstraint(
                condition=models.Q(
                    quote_state__in=["", "verified", "elsewhere", "not_found", "no_text"]
                ),
                name="citation_quote_state_known",
            ),
        ),
    ]
