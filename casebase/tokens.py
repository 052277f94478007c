"""Signing in to the API: a user name and password for a token that expires; a user's tokens."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import msgspec
import structlog
from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_logged_in
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import extend_schema
from knox.settings import knox_settings
from rest_framework import serializers
from rest_framework.authentication import get_authorization_header
from rest_framework.exceptions import (
    AuthenticationFailed,
    NotAuthenticated,
    NotFound,
    ParseError,
    PermissionDenied,
)
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casebase.accounts import second_factor, tokens
from casebase.accounts.models import ApiToken
from literature.rest.body import text_problem
from literature.rest.fields import StrictCharField
from literature.rest.problems import NOT_HERE, shown
from literature.rest.query import read_query
from literature.rest.throttles import LoginThrottle
from literature.rest.views import refuse_body

logger = structlog.get_logger(__name__)
WRONG = "The user name or the password is wrong."
NEEDS_SECOND_FACTOR = (
    "This account signs in with a second factor, which this address does not ask for. Make a token "
    "on the page /accounts/tokens/."
)


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "casebase.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token` and a token, with a space between: one made on the page "
            "/accounts/tokens/, or the one that signing in gave.",
        }


@dataclass(frozen=True, slots=True)
class Token:
    token: str
    """Shown once; only its hash is kept."""
    expiry: datetime


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token of the user who asks, without what it opens doors with."""

    id: str
    name: str
    scope: str
    from_sign_in: bool
    created: datetime
    expiry: datetime
    is_this: bool
    """Whether the request is signed with it."""


@dataclass(frozen=True, slots=True)
class Tokens:
    count: int
    results: list[TokenRow]


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
    summary = "Sign in for a token"
    answers: ClassVar = {201: Token}
    error_codes = (400, 401, 403, 406, 413, 415, 429)

    def get_authenticate_header(self, request: Request) -> str:
        return 'Basic realm="Casebase"'

    def post(self, request: Request) -> Response:
        read_query(request, None)
        username, password = basic_credentials(request) or _json_credentials(request)
        user = authenticate(request._request, username=username, password=password)
        if user is None:
            logger.warning("sign_in_failed")
            raise AuthenticationFailed(WRONG)
        if second_factor.is_set_up(user) or second_factor.needed_by(user):
            raise PermissionDenied(NEEDS_SECOND_FACTOR)
        row, text = tokens.make_for_program(by=user, life=knox_settings.TOKEN_TTL)
        token = Token(text, row.expiry)
        logger.info("signed_in")
        user_logged_in.send(sender=type(user), request=request._request, user=user)
        response = Response(msgspec.to_builtins(token), 201)
        response["Cache-Control"] = "no-store"
        return response


class Logout(APIView):
    """Ends the token that the request is signed with."""

    permission_classes = (IsAuthenticated,)
    summary = "End the token that is sent"
    answers: ClassVar = {204: None}
    error_codes = (400, 401, 403, 406, 413, 415, 429)

    def post(self, request: Request) -> Response:
        read_query(request, None)
        if not isinstance(request.auth, ApiToken):
            raise ParseError("Sign out of a session on the pages; here tokens end.")
        request.auth.delete()
        return Response(status=204)


class TokenList(APIView):
    """The tokens of the user who asks, the newest first. They are made on the pages."""

    permission_classes = (IsAuthenticated,)
    summary = "List your tokens"
    answers: ClassVar = {200: Tokens}
    error_codes = (400, 401, 403, 406, 429)

    @extend_schema(operation_id="tokens_list")
    def get(self, request: Request) -> Response:
        read_query(request, None)
        rows = [_row(token, request.auth) for token in tokens.of(request.user)]
        response = Response(msgspec.to_builtins(Tokens(len(rows), rows)))
        response["Cache-Control"] = "no-store"
        return response


class TokenEnd(APIView):
    """Ends one token of the user who asks, at once."""

    permission_classes = (IsAuthenticated,)
    summary = "End one of your tokens"
    answers: ClassVar = {204: None}
    error_codes = (400, 401, 403, 404, 406, 413, 415, 429)

    @extend_schema(operation_id="tokens_end")
    def post(self, request: Request, public_id: str) -> Response:
        read_query(request, None)
        refuse_body(request)
        ended, _ = tokens.of(request.user).filter(public_id=public_id).delete()
        if not ended:
            raise NotFound(NOT_HERE)
        return Response(status=204)


def _row(token: ApiToken, used: object) -> TokenRow:
    return TokenRow(
        id=token.public_id,
        name=token.name,
        scope=token.scope,
        from_sign_in=token.from_sign_in,
        created=token.created,
        expiry=token.expiry,
        is_this=isinstance(used, ApiToken) and used.pk == token.pk,
    )


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
