"""Every request says who acts, to the history that the database keeps."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from literature.history.acting import acting


class Acting:
    """After the middleware that finds the user. REST framework gives a token's user to the request
    when it has read the token, so the user is asked for at each write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Without the query string, which holds what somebody searched for.
        way = f"{request.method} {request.path}"
        with acting(asked=lambda: getattr(request, "user", None), way=way):
            return self.get_response(request)
