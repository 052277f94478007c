"""What the demo knowledge base has brought in already."""

from django.db import models


class DemoRecord(models.Model):
    """A record of the demo data that was loaded once, and so is never loaded again.

    It is kept apart from the record itself, so that what a user changed or deleted since stays
    changed or deleted.
    """

    key = models.CharField(max_length=200, unique=True)
    loaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key
