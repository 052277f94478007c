"""Addresses below /accounts/: allauth's, named one by one so that none opens unseen, and ours."""

from allauth.account import views as entrance
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as apps
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as connected
from allauth.socialaccount.providers.orcid import urls as orcid
from allauth.usersessions import views as sessions
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path

from casebase.accounts import views

SIGN_IN = views.SignIn.as_view()

urlpatterns: list[URLPattern | URLResolver] = [
    # allauth looks for the second name, everything else for the first.
    path("login/", SIGN_IN, name="account_login"),
    path("login/", SIGN_IN, name="login"),
    path("logout/", entrance.logout, name="account_logout"),
    path("logout/", entrance.logout, name="logout"),
    path("inactive/", entrance.account_inactive, name="account_inactive"),
    path("signup/", views.SignUp.as_view(), name="account_signup"),
    path("reauthenticate/", entrance.reauthenticate, name="account_reauthenticate"),
    path("password/change/", entrance.password_change, name="account_change_password"),
    path("password/set/", entrance.password_set, name="account_set_password"),
    path("password/reset/", views.ResetPassword.as_view(), name="account_reset_password"),
    path("password/reset/done/", entrance.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        entrance.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        entrance.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path(
        "confirm-email/",
        entrance.email_verification_sent,
        name="account_email_verification_sent",
    ),
    re_path(
        r"^confirm-email/(?P<key>[-:\w]+)/$", entrance.confirm_email, name="account_confirm_email"
    ),
    path("2fa/", factors.index, name="mfa_index"),
    path("2fa/authenticate/", factors.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", views.SetUpApp.as_view(), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", apps.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("2fa/webauthn/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", views.AddKey.as_view(), name="mfa_add_webauthn"),
    path("2fa/webauthn/login/", keys.login_webauthn, name="mfa_login_webauthn"),
    path(
        "2fa/webauthn/reauthenticate/",
        keys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "2fa/webauthn/keys/<int:pk>/remove/", views.RemoveKey.as_view(), name="mfa_remove_webauthn"
    ),
    path("2fa/webauthn/keys/<int:pk>/edit/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("", views.account, name="account"),
    path("roles/", views.roles, name="roles"),
    path("tokens/", views.token_list, name="token-list"),
    path("tokens/add/", views.token_add, name="token-add"),
    path("tokens/<str:public_id>/end/", views.token_end, name="token-end"),
]
if settings.ORCID_ON:
    urlpatterns += [
        path("", include(orcid)),
        path("3rdparty/", connected.connections, name="socialaccount_connections"),
        path("3rdparty/signup/", connected.signup, name="socialaccount_signup"),
        path(
            "3rdparty/login/cancelled/",
            connected.login_cancelled,
            name="socialaccount_login_cancelled",
        ),
        path("3rdparty/login/error/", connected.login_error, name="socialaccount_login_error"),
    ]
