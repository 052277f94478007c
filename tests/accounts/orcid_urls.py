"""The addresses of the site, with ORCID's sign-up form, which is there where ORCID is set up."""

from allauth.socialaccount import views
from django.urls import path

from casebase import urls

urlpatterns = [
    *urls.urlpatterns,
    path("accounts/3rdparty/signup/", views.signup, name="socialaccount_signup"),
]
