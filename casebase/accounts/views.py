"""The pages of one's own account, beside those that allauth brings."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.views import LoginView, PasswordResetView, SignupView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casebase.accounts import roles_page, second_factor, tokens
from casebase.accounts.forms import TokenForm, use_up
from patients.demo.logins import DEMO_LOGINS


class SignIn(LoginView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "next": self.request.POST.get("next", self.request.GET.get("next", "")),
            "demo_logins": DEMO_LOGINS if settings.DEMO else [],
            "orcid_on": settings.ORCID_ON,
            "anonymous_reading": settings.ANONYMOUS_READING,
            "sign_up_open": settings.SIGN_UP_OPEN,
        }


class SignUp(SignupView):  # type: ignore[misc]
    template_name_signup_closed = "account/signup_closed.html"


class ResetPassword(PasswordResetView):  # type: ignore[misc]
    """Without mail nobody can be sent a link: the page says whom to ask, and takes nothing."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if settings.MAIL_ON:
            return super().dispatch(request, *args, **kwargs)
        if request.method not in ("GET", "HEAD"):
            raise Http404("There is nothing at this address.")
        return render(request, "account/password_reset_off.html")


class SetUpApp(ActivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        app = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        use_up(app, form.cleaned_data["code"])
        second_factor.remember_set_up(self.request)
        return response


class AddKey(AddWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        second_factor.remember_set_up(self.request)
        return response


class RemoveKey(RemoveWebAuthnView):  # type: ignore[misc]
    """allauth asks its adapter whether the last factor may go for apps, but not for keys."""

    def form_valid(self, form: Any) -> HttpResponse:
        from casebase.accounts.adapters import SecondFactorAdapter

        adapter = SecondFactorAdapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            words = adapter.error_messages["cannot_delete_authenticator"]
            messages.error(self.request, words)
            return redirect("mfa_list_webauthn")
        response: HttpResponse = super().form_valid(form)
        return response


@require_safe
@login_required
def roles(request: HttpRequest) -> HttpResponse:
    return render(request, "account/roles.html", {"table": roles_page.table(request.user)})


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Where everything about one's own account is found."""
    context = {
        "needs_second_factor": second_factor.needed_by(request.user),
        "has_second_factor": second_factor.is_set_up(request.user),
        "roles": roles_page.roles_of(request.user),
        "tokens": tokens.of(request.user).count(),
        "orcid_on": settings.ORCID_ON,
    }
    return render(request, "account/account.html", context)


@require_safe
@login_required
@never_cache
def token_list(request: HttpRequest) -> HttpResponse:
    context = {"tokens": tokens.of(request.user), "most": tokens.MAX_TOKENS}
    return render(request, "account/tokens.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def token_add(request: HttpRequest) -> HttpResponse:
    # A session left open must not become a token for a year.
    raise_if_reauthentication_required(request, app="allauth.mfa")
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row, text = tokens.make(
                by=request.user,
                name=form.cleaned_data["name"],
                scope=form.cleaned_data["scope"],
                life=form.life,
                second_factor=second_factor.was_shown(request),
            )
        except tokens.TooMany:
            form.add_error(None, f"You have {tokens.MAX_TOKENS} tokens. End one first.")
        else:
            return render(request, "account/token_made.html", {"made": row, "text": text})
    status = 422 if form.is_bound else 200
    return render(request, "account/token_add.html", {"form": form}, status=status)


@require_POST
@login_required
def token_end(request: HttpRequest, public_id: str) -> HttpResponse:
    found = tokens.of(request.user).filter(public_id=public_id).first()
    if found is None:
        raise Http404("You have no such token, or it has ended.")
    found.delete()
    messages.success(request, f"The token “{found.name}” has ended.")
    return redirect("token-list")
