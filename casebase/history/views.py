"""What was changed last anywhere, and what was changed of one account."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from literature.history.pages import MAX_KEY, SEE, Subject, show_history
from literature.history.reading import changes_of
from literature.models import Change
from literature.views.access import needs

SEE_ACCOUNTS = "auth.view_user"


@require_safe
@needs(SEE)
def recent(request: HttpRequest) -> HttpResponse:
    """Of all records, those that are gone too; of accounts only for those who keep them."""
    changes = Change.objects.order_by("-pk")
    if not request.user.has_perm(SEE_ACCOUNTS):
        changes = changes.exclude(table__startswith="auth_")
    address = reverse("history:recent")
    return show_history(
        request,
        Subject(
            title="History of all records", section="", home=("Home", reverse("home")),
            name="History", url="", history_url=address, changes=changes,
        ),
    )  # fmt: skip


@require_safe
@needs(SEE)
@needs(SEE_ACCOUNTS)
def user_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Of an account, with its roles; also of one that was removed."""
    changes = changes_of([(User._meta.db_table, min(pk, MAX_KEY))])
    user = User.objects.filter(pk=min(pk, MAX_KEY)).first()
    if user is None and not changes.exists():
        raise Http404("There is no such account.")
    return show_history(
        request,
        Subject(
            title=user.get_username() if user else f"Account {pk}, removed", section="",
            home=("History", reverse("history:recent")), name=f"Account {pk}", url="",
            history_url=reverse("history:user", args=[pk]), changes=changes,
        ),
    )  # fmt: skip
