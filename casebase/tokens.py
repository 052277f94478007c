"""Signing in to the API: a user name and password for a token that expires."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import msgspec
from django.contrib.auth import authenticate
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from knox.models import AuthToken
from rest_framework import serializers
from rest_framework.authentication import get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, ParseError
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from literature.rest.body import text_problem
from literature.rest.fields import StrictCharField
from literature.rest.problems import shown
from literature.rest.query import read_query
from literature.rest.throttles import LoginThrottle

MAX_TOKENS = 20
"""Tokens of one user; the oldest go first."""
WRONG = "The user name or the password is wrong."


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "casebase.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token` and the token that signing in gave, with a space between.",
        }


@dataclass(frozen=True, slots=True)
class Token:
    token: str
    """Shown once; only its hash is kept."""
    expiry: datetime


class Credentials(serializers.Serializer[Any]):
    username = StrictCharField(max_length=150)
    password = StrictCharField(max_length=4096, trim_whitespace=False)

    def to_internal_value(self, data: Any) -> Any:
        unknown = [name for name in data if name not in self.fields] if data else []
        if unknown:
            raise serializers.ValidationError({shown(name): ["Is unknown."] for name in unknown})
        return super().to_internal_value(data)


class Login(APIView):
    """Gives a token for a user name and a password, sent as JSON or by basic authentication."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (LoginThrottle,)
    write_serializer = Credentials
    answers: ClassVar = {201: Token}
    error_codes = (400, 401, 406, 413, 415, 429)

    def get_authenticate_header(self, request: Request) -> str:
        return 'Basic realm="Casebase"'

    def post(self, request: Request) -> Response:
        read_query(request, None)
        username, password = basic_credentials(request) or _json_credentials(request)
        user = authenticate(request._request, username=username, password=password)
        if user is None:
            raise AuthenticationFailed(WRONG)
        token = _new_token(user)
        user_logged_in.send(sender=type(user), request=request._request, user=user)
        response = Response(msgspec.to_builtins(token), 201)
        response["Cache-Control"] = "no-store"
        return response


class Logout(APIView):
    """Ends the token that the request is signed with."""

    permission_classes = (IsAuthenticated,)
    answers: ClassVar = {204: None}
    error_codes = (400, 401, 403, 406, 413, 415, 429)

    def post(self, request: Request) -> Response:
        read_query(request, None)
        if not isinstance(request.auth, AuthToken):
            raise ParseError("Sign out of a session on the pages; here tokens end.")
        request.auth.delete()
        return Response(status=204)


def basic_credentials(request: Request) -> tuple[str, str] | None:
    """User name and password of `Authorization: Basic …`; None without it."""
    kind, _, value = get_authorization_header(request).partition(b" ")
    if kind.lower() != b"basic":
        return None
    try:
        text = base64.b64decode(value.strip(), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        raise AuthenticationFailed(WRONG) from None
    username, separator, password = text.partition(":")
    if not separator or text_problem(text):
        raise AuthenticationFailed(WRONG)
    return username, password


def _json_credentials(request: Request) -> tuple[str, str]:
    if not request.data:
        raise NotAuthenticated("Send a user name and a password.")
    serializer = Credentials(data=request.data)
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data["username"], serializer.validated_data["password"]


def _new_token(user: AbstractBaseUser) -> Token:
    tokens = AuthToken.objects.filter(user=user)
    tokens.filter(expiry__lt=timezone.now()).delete()
    newest = tokens.order_by("-created").values_list("pk", flat=True)
    tokens.filter(pk__in=list(newest[MAX_TOKENS - 1 :])).delete()
    row, token = AuthToken.objects.create(user=user)
    return Token(token, row.expiry)
