"""Who may edit: the first line of every view of the editor."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from patients.models import Case
from patients.querysets import sees_unpublished

View = Callable[..., HttpResponse]
NOTHING_HERE = "There is nothing to edit at this address."


def may_edit(user: Any) -> bool:
    """Those who see the working records and may change them."""
    return sees_unpublished(user) and bool(user.has_perm("patients.change_case"))


def may_begin(user: Any) -> bool:
    """Those who may begin a new case."""
    return may_edit(user) and bool(user.has_perm("patients.add_case"))


def by_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def for_editors(view: View) -> View:
    """Others learn nothing, not even whether there is such a case: who is not signed in is asked
    to, and anybody else gets a 404."""
    return _guarded(view, may_edit)


def for_beginners_of_cases(view: View) -> View:
    return _guarded(view, may_begin)


def _guarded(view: View, allowed: Callable[[Any], bool]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            if by_htmx(request):
                # A redirect would bring the sign-in page into the middle of what is being typed.
                return HttpResponse("You are signed out.", status=401)
            return redirect_to_login(request.get_full_path())
        if not allowed(request.user):
            raise Http404(NOTHING_HERE)
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return guarded


def whole_case(accession: str, user: Any) -> Case:
    """The case with its timeline. Raises Http404."""
    try:
        return Case.objects.visible_to(user).with_timeline().get(accession=accession)
    except Case.DoesNotExist:
        raise Http404(NOTHING_HERE) from None
