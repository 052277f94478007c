"""The page of a record's history, and the one that takes a change back; every record has both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from literature.history.presenting import acts
from literature.history.reading import Page, entry_of, read_page
from literature.models import Change

SEE = "literature.view_history"
TAKE_BACK = "literature.revert_change"
MAX_KEY = 2**63 - 1
Revert = Callable[[Sequence[Change], str], object]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose history it is. `revert` takes the changes of one entry and a reason, and raises
    ValidationError; None where nothing is taken back on this page."""

    title: str
    section: str
    home: tuple[str, str]
    """The list it stands in: its name and address."""
    name: str
    url: str
    history_url: str
    changes: QuerySet[Change]
    revert: Revert | None = None


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Why it is taken back",
        max_length=150,
        error_messages={"required": "Say why it is taken back."},
    )
    use_required_attribute = False


def show_history(request: HttpRequest, subject: Subject) -> HttpResponse:
    page = read_page(subject.changes, _before(request))
    context = {
        "section": subject.section,
        "subject": subject,
        "acts": acts(page),
        "page": page,
        "may_take_back": subject.revert is not None and request.user.has_perm(TAKE_BACK),
    }
    return render(request, "history/page.html", context)


def _before(request: HttpRequest) -> int | None:
    asked = request.GET.get("before", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdecimal() and 0 < int(asked[:20]) <= MAX_KEY):
        raise Http404("There is no such page of this history.")
    return int(asked)


def take_back(request: HttpRequest, subject: Subject, number: int) -> HttpResponse:
    """Shows the entry `number` and asks for a reason; then takes it back."""
    entry = entry_of(subject.changes, min(number, MAX_KEY))
    if entry is None or subject.revert is None:
        raise Http404("There is no such change in this history.")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            subject.revert(entry.changes, form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "The change was taken back. This is on record too.")
            return redirect(subject.history_url)
    context = {
        "section": subject.section,
        "subject": subject,
        "act": acts(Page([entry], None))[0],
        "form": form,
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "history/take_back.html", context, status=status)
