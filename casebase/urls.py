from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from casebase import faults, pages, views
from casebase.api import or_problem
from casebase.metrics.views import metrics

handler400 = or_problem(400, "The request could not be read.", pages.bad_request)
handler403 = or_problem(403, "This is not allowed.", pages.forbidden)
handler404 = or_problem(404, "There is nothing at this address.", pages.not_found)
handler500 = faults.answer

# The admin has no door of its own: who signs in there does so as everywhere else.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", pages.home, name="home"),
    path("cases/", include("patients.urls")),
    path("comparisons/", include("patients.comparing_urls")),
    path("references/", include("literature.urls")),
    path("curation/", include("patients.revisions.urls")),
    path("accounts/", include("casebase.accounts.urls")),
    path("admin/", admin.site.urls),
    path("history/", include("casebase.history.urls")),
    path("api/", include("casebase.api")),
    path("favicon.ico", pages.favicon),
    path("healthz", views.healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
]
