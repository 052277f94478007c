"""Who may edit: the first line of every view of the editor."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from patients.editor.addresses import proposing
from patients.models import Case, Revision
from patients.models.revision import WRITABLE
from patients.querysets import sees_unpublished
from patients.vocabulary import RevisionKind, Status

View = Callable[..., HttpResponse]
NOTHING_HERE = "There is nothing to edit at this address."


def may_edit(user: Any) -> bool:
    """Those who see the working records and may change them."""
    return sees_unpublished(user) and bool(user.has_perm("patients.change_case"))


def may_begin(user: Any) -> bool:
    """Those who may begin a new case: as a record, or as a proposal of one."""
    return (may_edit(user) and bool(user.has_perm("patients.add_case"))) or bool(
        user.has_perm("patients.propose_case")
    )


def writes_own_draft(user: Any, accession: str) -> bool:
    """Whether `user` proposed this case, and it is still theirs to write."""
    if not user.has_perm("patients.propose_case"):
        return False
    return Revision.objects.filter(
        author=user,
        kind=RevisionKind.CASE,
        state__in=WRITABLE,
        case__accession=accession,
        case__status=Status.DRAFT,
    ).exists()


def by_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def for_editors(view: View) -> View:
    """Others learn nothing, not even whether there is such a case: who is not signed in is asked
    to, and anybody else gets a 404. A proposal's own guard has let its author in before."""
    return guarded(view, _may_write)


def for_beginners_of_cases(view: View) -> View:
    return guarded(view, lambda user, **kwargs: may_begin(user))


def _may_write(user: Any, *, accession: str, **kwargs: Any) -> bool:
    return proposing() is not None or may_edit(user) or writes_own_draft(user, accession)


def guarded(view: View, allowed: Callable[..., bool]) -> View:
    """`view` for those for whom `allowed(user, **kwargs of the address)` is true."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            if by_htmx(request):
                # A redirect would bring the sign-in page into the middle of what is being typed.
                return HttpResponse("You are signed out.", status=401)
            return redirect_to_login(request.get_full_path())
        if not allowed(request.user, **kwargs):
            raise Http404(NOTHING_HERE)
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return inner


def whole_case(accession: str, user: Any) -> Case:
    """The case with its timeline. Raises Http404."""
    found = Case.objects.with_timeline()
    if proposing() is None and (sees_unpublished(user) or not writes_own_draft(user, accession)):
        found = found.visible_to(user)
    try:
        return found.get(accession=accession)
    except Case.DoesNotExist:
        raise Http404(NOTHING_HERE) from None
