"""Every request has an id, in its log line and in its response."""

import re
from typing import cast
from uuid import uuid4

from django.http import HttpRequest, HttpResponseBase
from django_structlog.middlewares import RequestMiddleware

MAILED_KEY = re.compile(r"^(/accounts/(?:password/reset/key|confirm-email)/)(?!done/).+")
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestLog(RequestMiddleware):
    def __call__(self, request: HttpRequest) -> HttpResponseBase:  # type: ignore[override]
        # A proxy's id is kept, so that both logs can be read together; other text is not let in.
        request_id = request.META.get("HTTP_X_REQUEST_ID", "")
        if not REQUEST_ID.fullmatch(request_id):
            request_id = str(uuid4())
        request.META["HTTP_X_REQUEST_ID"] = request_id
        response = cast(HttpResponseBase, super().__call__(request))
        response["X-Request-ID"] = request_id
        return response

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Without the query string, which holds what somebody searched for, and without the key of
        a link that was sent by mail."""
        path = MAILED_KEY.sub(r"\1…", request.path)
        return f"{request.method} {path}"
