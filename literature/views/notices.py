"""A curator adds a notice, or withdraws one."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from literature.actions.notices import add_notice, withdraw_notice
from literature.forms.notices import NoticeForm, WithdrawForm
from literature.models import Notice, Reference
from literature.views.access import needs

MAY_CHANGE = "literature.change_reference"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MAY_CHANGE)
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    reference = get_object_or_404(Reference, public_id=public_id)
    form = NoticeForm(_posted(request), instance=Notice(reference=reference))
    if request.method == "POST" and form.is_valid():
        try:
            notice = add_notice(notice=form.save(commit=False), by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages[0])
        else:
            messages.success(request, f"Noted: {notice.get_kind_display()}.")
            return redirect(reference)
    context = {"section": "references", "reference": reference, "form": form}
    status = 400 if request.method == "POST" else 200
    return render(request, "literature/notice_add.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MAY_CHANGE)
def withdraw(request: HttpRequest, public_id: str, notice_id: str) -> HttpResponse:
    notice = get_object_or_404(
        Notice.objects.select_related("reference"),
        public_id=notice_id,
        reference__public_id=public_id,
    )
    form = WithdrawForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        try:
            withdraw_notice(notice=notice, because=because, by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages[0])
        else:
            messages.success(request, f"Withdrawn: {notice.get_kind_display()}.")
            return redirect(notice.reference)
    context = {"section": "references", "notice": notice, "form": form}
    status = 400 if request.method == "POST" else 200
    return render(request, "literature/notice_withdraw.html", context, status=status)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None
