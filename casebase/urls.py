from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from casebase import pages, views
from casebase.api import or_problem

handler400 = or_problem(400, "The request could not be read.", pages.bad_request)
handler403 = or_problem(403, "This is not allowed.", pages.forbidden)
handler404 = or_problem(404, "There is nothing at this address.", pages.not_found)
handler500 = or_problem(500, "Something went wrong here. It has been logged.", pages.server_error)

urlpatterns = [
    path("", pages.home, name="home"),
    path("cases/", include("patients.urls")),
    path("references/", include("literature.urls")),
    path("accounts/login/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("accounts/logout/", LogoutView.as_view(), name="logout"),
    path("admin/", admin.site.urls),
    path("api/", include("casebase.api")),
    path("favicon.ico", pages.favicon),
    path("healthz", views.healthz, name="healthz"),
]
