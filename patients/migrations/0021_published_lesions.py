"""An index by which a lesion is found in the version that tells of it, not in its working row."""

import django.contrib.postgres.indexes
from django.db import migrations, models

import patients.querysets


class Migration(migrations.Migration):

    dependencies = [
        ('patients', '0020_likeness'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='caseversion',
            index=django.contrib.postgres.indexes.GinIndex(
                patients.querysets.LesionIds(models.F('document')),
                condition=models.Q(('is_current', True)), name='version_lesions',
            ),
        ),
    ]
