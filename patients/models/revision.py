"""What somebody proposes to change in a case, and what is said and decided about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from literature.models import Reference
from literature.public_ids import PUBLIC_ID_PATTERN, new_public_id
from patients.models.case import Case
from patients.models.constraints import known
from patients.models.edit import CaseEdit
from patients.models.version import CaseVersion
from patients.querysets import RevisionQuerySet
from patients.vocabulary import RevisionKind, RevisionState

MAX_TEXT = 2000
WAITING = (RevisionState.SUBMITTED, RevisionState.ASKED_BACK)
WRITABLE = (RevisionState.DRAFT, RevisionState.ASKED_BACK)
"""States in which the author goes on writing."""
DECIDED = (RevisionState.ACCEPTED, RevisionState.PARTLY_ACCEPTED, RevisionState.REJECTED)


class Revision(models.Model):
    """A proposal: steps on the rows of a case, kept apart from them until a curator accepts.

    `changes` and each entry of `log` hold steps as `CaseEdit.changes` does, but an update keeps
    only the columns that it changes, so that each can be accepted on its own. A whole new case is
    written into a draft of its own, and has no steps.
    """

    public_id = models.CharField(
        max_length=10, unique=True, default=new_public_id, editable=False, verbose_name="id"
    )
    key = models.CharField(
        max_length=40, blank=True, help_text="From the form or client: sent twice, it makes one"
    )
    case = models.ForeignKey(Case, models.CASCADE, related_name="revisions")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(
        max_length=10, choices=RevisionKind, default=RevisionKind.CORRECTION, editable=False
    )
    state = models.CharField(
        max_length=16, choices=RevisionState, default=RevisionState.DRAFT, editable=False
    )
    comment = models.TextField(max_length=MAX_TEXT, blank=True, help_text="What and why, in short")
    source = models.CharField(
        max_length=500, blank=True, help_text="Where it can be looked up, in words"
    )
    source_reference = models.ForeignKey(
        Reference, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    base_version = models.PositiveIntegerField(
        null=True, blank=True, help_text="The published version that it was begun on"
    )
    changes = models.JSONField(default=list, editable=False)
    log = models.JSONField(
        default=list, editable=False, help_text="Its own edits: {words, at, changes, undone}"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answer = models.TextField(max_length=MAX_TEXT, blank=True, help_text="The curator’s reason")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    accepted = models.JSONField(
        default=list, editable=False, help_text="Names of the parts that were accepted"
    )
    edit = models.ForeignKey(
        CaseEdit,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The edit that took it over",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ("-submitted_at", "-pk")
        permissions = [
            ("propose_revision", "Can propose changes of published cases"),
            ("propose_case", "Can propose new cases"),
            ("decide_revision", "Can accept and reject proposals of others"),
        ]
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="revision_queue"),
            models.Index(fields=["author", "state"], name="revision_author_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(public_id__regex=PUBLIC_ID_PATTERN), name="revision_id_pattern"
            ),
            models.UniqueConstraint(
                fields=["author", "key"], condition=~Q(key=""), name="revision_key_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(author__isnull=True)
                | ~Q(decided_by=F("author")),
                name="revision_decided_by_another",
                violation_error_message="Nobody decides their own proposal.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_at__isnull=False)
                | (~Q(state__in=DECIDED) & Q(decided_at__isnull=True)),
                name="revision_decision_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(*WAITING, *DECIDED)) | Q(submitted_at__isnull=False),
                name="revision_submitted_has_time",
            ),
            known("revision", "kind", RevisionKind),
            known("revision", "state", RevisionState),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.public_id}"

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE

    @property
    def is_case(self) -> bool:
        return self.kind == RevisionKind.CASE


class RevisionComment(models.Model):
    """One remark in the conversation about a proposal. Rows are added, never changed."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    text = models.TextField(max_length=MAX_TEXT)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="revision_comment_has_text")
        ]

    def __str__(self) -> str:
        return self.text


class Notification(models.Model):
    """What somebody should know about a proposal; unread until they open it."""

    public_id = models.CharField(
        max_length=10, unique=True, default=new_public_id, editable=False, verbose_name="id"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="notifications")
    words = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index(
                fields=["user"], condition=Q(read_at__isnull=True), name="notification_unread"
            )
        ]

    def __str__(self) -> str:
        return self.words


class PublishedRows(models.Model):
    """The rows that a version was made of: what those start from who see no working record."""

    version = models.OneToOneField(CaseVersion, models.CASCADE, related_name="rows")
    rows = models.JSONField(help_text="[{model, pk, columns}], without what the edits leave out")

    def __str__(self) -> str:
        return f"Rows of {self.version}"
