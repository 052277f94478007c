"""What readers are sent of a published case, made once."""

from django.db import models

from patients.models.constraints import known
from patients.models.version import CaseVersion
from patients.vocabulary import PreparedKind


class PreparedAnswer(models.Model):
    """One answer to whoever is not signed in, as bytes. It holds for the version, checksum and
    build that it names, and for no other: one that has become old is never served, so nothing has
    to take it away in time. All of it can be made again."""

    version = models.ForeignKey(CaseVersion, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=4, choices=PreparedKind)
    origin = models.CharField(
        max_length=260, blank=True, help_text="Scheme, host and port that a page names; else empty"
    )
    build = models.CharField(max_length=16, help_text="Of the program that made it")
    checksum = models.CharField(max_length=64, help_text="Of the version when it was made")
    etag = models.CharField(max_length=120)
    body = models.BinaryField(help_text="Compressed by gzip")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind", "origin"], name="prepared_answer_unique"
            ),
            known("prepared_answer", "kind", PreparedKind),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of version {self.version_id}"
