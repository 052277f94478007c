"""Where the apps' REST interfaces come together: `/api/v1/`, its schema, its documentation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from casebase import tokens
from literature.api import ReferenceViewSet
from literature.api_duplicates import DuplicateViewSet
from literature.api_imports import ImportViewSet
from literature.rest.problems import problem_response
from literature.rest.query import read_query
from patients.api.cases import CaseViewSet
from patients.api.comparisons import ComparisonViewSet
from patients.api.images import ImageViewSet
from patients.api.lesions import LesionViewSet
from patients.api.parts import (
    CitationViewSet,
    EventViewSet,
    FindingViewSet,
    MeasurementViewSet,
    ResultViewSet,
)
from patients.api.patients import PatientViewSet
from patients.api.revisions import RevisionViewSet
from patients.api.terms import TermViewSet

router = SimpleRouter()
router.register("patients", PatientViewSet, "patient")
router.register("cases", CaseViewSet, "case")
router.register("events", EventViewSet, "event")
router.register("imaging-findings", FindingViewSet, "imaging-finding")
router.register("images", ImageViewSet, "image")
router.register("measurements", MeasurementViewSet, "measurement")
router.register("laboratory-results", ResultViewSet, "laboratory-result")
router.register("lesions", LesionViewSet, "lesion")
router.register("terms", TermViewSet, "term")
router.register("references", ReferenceViewSet, "reference")
router.register("citations", CitationViewSet, "citation")
router.register("duplicates", DuplicateViewSet, "duplicate")
router.register("revisions", RevisionViewSet, "revision")
router.register("comparisons", ComparisonViewSet, "comparison")
router.register("imports", ImportViewSet, "import")


@dataclass(frozen=True, slots=True)
class Addresses:
    """The lists of the API."""

    lists: dict[str, str]


class Root(APIView):
    """The addresses of the lists."""

    permission_classes = (AllowAny,)
    summary = "List the lists"
    answers: ClassVar = {200: Addresses}
    error_codes = (400, 401, 406, 429)

    @extend_schema(operation_id="root", tags=["lists"])
    def get(self, request: Request) -> Response:
        read_query(request, None)
        names = {prefix: f"api:{basename}-list" for prefix, _, basename in router.registry}
        return Response({"lists": {prefix: reverse(name) for prefix, name in names.items()}})


@cache
def schema() -> dict[str, Any]:
    """The OpenAPI schema: it says the same to everybody and takes a while, so it is made once."""
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return made


class Schema(SpectacularJSONAPIView):
    """The OpenAPI schema of this API, as JSON."""

    permission_classes = (AllowAny,)
    authentication_classes = ()

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(schema())


# Swagger UI sets styles on elements; its scripts come from files of this host alone.
docs = csp_update({"style-src-attr": [UNSAFE_INLINE]})(
    SpectacularSwaggerSplitView.as_view(
        url_name="api:schema",
        template_name="api_docs.html",
        permission_classes=(AllowAny,),
        authentication_classes=(),
    )
)


@csrf_exempt
def unknown(request: HttpRequest) -> HttpResponse:
    """Every other address under /api/, by any method."""
    return problem_response(404, "There is nothing at this address. Addresses end with a slash.")


def or_problem(
    status: int, detail: str, page: Callable[..., HttpResponse]
) -> Callable[..., HttpResponse]:
    """An error handler that answers with a page, or with a problem to what asked under /api/."""

    def handler(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.path.startswith("/api/"):
            return problem_response(status, detail)
        return page(request, *args, **kwargs)

    return handler


app_name = "api"
urlpatterns = [
    path("v1/", include(router.urls)),
    path("v1/", Root.as_view(), name="root"),
    path("v1/auth/login/", tokens.Login.as_view(), name="login"),
    path("v1/auth/logout/", tokens.Logout.as_view(), name="logout"),
    path("v1/tokens/", tokens.TokenList.as_view(), name="token-list"),
    path("v1/tokens/<str:public_id>/end/", tokens.TokenEnd.as_view(), name="token-end"),
    path("v1/schema/", Schema.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
    re_path(r"^[\s\S]*$", unknown),
]
