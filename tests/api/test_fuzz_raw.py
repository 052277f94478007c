"""What no client sends, to every address of the API, by every method: refused in words, quickly.

`test_fuzz` asks as the schema allows, or nearly; here are bodies that are none, other media types,
parameters that come twice or that nobody knows, and headers that are made to mislead.
"""

import json
import random
import re
from collections import Counter
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.test import Client

from casebase.api import schema
from tests import make
from tests.api.client import Records
from tests.fuzzing.amounts import API_CASES, share
from tests.fuzzing.bounds import bounded
from tests.fuzzing.values import HOSTILE, json_value, text
from tests.matrix.expected import EVERYBODY

pytestmark = [pytest.mark.fuzz, pytest.mark.django_db]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get")
TYPES = [
    "application/json", "application/json", "application/json", "application/json; charset=utf-7",
    "application/xml", "text/plain", "multipart/form-data", "multipart/form-data; boundary=a",
    "application/x-www-form-urlencoded", "application/octet-stream", "", "nonsense", "a/b; c=\"",
]  # fmt: skip
RAW = [
    b"", b"{", b"null", b"[]", b"0", b'""', b"\xff\xfe{}", b"\xef\xbb\xbf{}", b"\x00",
    b"\xed\xa0\x80",
    b"[" * 5_000, b'{"a":' * 5_000, b"[" * 300 + b"]" * 300, b'{"a":1,"a":2}', b'{"a":NaN}',
    b'{"a":1e400}', b'{"a":' + b"9" * 5_000 + b"}", b'{"\\ud800":1}', b'{"a":"\\u0000"}',
    b'{"a":"' + b"a" * 1_000_000 + b'"}', b"[" + b"{}," * 50_000 + b"{}]", b"a=1&a=2&%ff=%00",
    b"--a\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../x\"\r\n\r\nx\r\n--a--",
    b"--a\r\nContent-Disposition: form-data; name=\"source\"\r\n\r\n", b"--a--",
]  # fmt: skip
HEADERS = (
    "If-Match", "If-None-Match", "If-Modified-Since", "Accept", "Accept-Language", "Range",
    "Cookie",
    "Idempotency-Key", "Authorization", "X-Forwarded-For", "X-Requested-With", "Content-Encoding",
)  # fmt: skip
PARAMETERS = ("page", "page_size", "q", "ordering", "format", "fields", "case", "after", "lang")
IN_LATIN = str.maketrans({"\r": " ", "\n": " ", "\x00": " "})


@pytest.fixture(scope="module")
def operations():
    return schema()["paths"]


def address(path: str, records: Records, dice: random.Random) -> str:
    """`path` with the record of its kind in it, or with anything."""
    prefix = path.split("/")[3]

    def value(found: re.Match[str]) -> str:
        if dice.random() < 0.6 and prefix != "tokens":
            try:
                return records.path(prefix).split("/")[1]
            except KeyError:
                return records.case.accession
        return quote(text(dice)[:300].encode("utf-8", "surrogatepass"), safe="")

    return re.sub(r"\{\w+\}", value, path)


def query(known: list[str], dice: random.Random) -> str:
    names = [*known, *PARAMETERS, text(dice)[:50]]
    pairs = [(dice.choice(names), text(dice, 0.6)) for _ in range(dice.choice([0, 0, 1, 2, 5]))]
    if pairs and dice.random() < 0.2:
        pairs *= dice.choice([2, 50])
    return urlencode(pairs, errors="surrogatepass")


def body(fields: list[str], dice: random.Random) -> bytes:
    if dice.random() < 0.4:
        return dice.choice(RAW)
    names = [*fields, *fields, text(dice)]
    told = {dice.choice(names): json_value(dice) for _ in range(dice.randint(0, 8))}
    return json.dumps(told).encode()


def told_headers(dice: random.Random) -> dict[str, str]:
    found = {"If-Match": "*"} if dice.random() < 0.5 else {}
    for name in dice.sample(HEADERS, dice.choice([0, 0, 1, 3])):
        value = dice.choice(HOSTILE).translate(IN_LATIN)[:2_000]
        found[name] = value.encode("utf-8", "replace").decode("latin-1")
    return found


def fields_of(operation: dict) -> list[str]:
    """The names in the examples and shapes of an operation's body."""
    return sorted(set(re.findall(r'"([a-z_]{2,30})": \{', json.dumps(operation))))[:60]


def fault(response) -> str:
    """What is wrong with an answer; empty where nothing is."""
    if response.status_code >= 500:
        return f"{response.status_code}"
    if response.status_code >= 400 and response["Content-Type"] != "application/problem+json":
        return f"{response.status_code} as {response['Content-Type']}"
    return ""


def session_of(role: str) -> str:
    """The cookies of a browser in which somebody of this role has signed in."""
    client = Client()
    if role:
        client.force_login(make.make_user(role))
    return client.cookies.output(header="", attrs=[])


@pytest.mark.parametrize("role", EVERYBODY)
def test_whatever_is_sent_is_refused_in_words(role, operations):
    records = Records()
    cookies = session_of(role)
    answers: Counter[int] = Counter()
    paths = sorted(operations)
    count = share(API_CASES, 2 * len(EVERYBODY))
    for number in range(count):
        dice = random.Random(f"{role} {number}")
        path = paths[number % len(paths)]
        known = [
            parameter["name"]
            for operation in operations[path].values()
            for parameter in operation.get("parameters", ())
            if parameter["in"] == "query"
        ]
        to = address(path, records, dice)
        asked = query(known, dice)
        method = dice.choice(METHODS)
        sent = body(fields_of(operations[path]), dice) if method != "GET" else b""
        kind, headers = dice.choice(TYPES), told_headers(dice)
        what = f"{role} {number}: {method} {to}?{asked[:300]} {kind} {sent[:300]!r} {headers}"
        with transaction.atomic(), bounded(what):
            client = Client(raise_request_exception=False)
            client.cookies.load(cookies)
            response = client.generic(
                method, f"{to}?{asked}", sent, content_type=kind, headers=headers
            )
            if response.streaming:
                b"".join(response.streaming_content)
            transaction.set_rollback(True)
        assert not (wrong := fault(response)), f"{wrong}: {what}"
        answers[response.status_code] += 1
    assert answers.total() == count
    assert answers[200] > 0
