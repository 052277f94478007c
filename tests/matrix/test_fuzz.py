"""Every page, asked by every role with queries, forms and addresses that mean no good.

CASEBASE_FUZZ_PAGES sets how many requests there are (`make fuzz`).
"""

import random
import re
from collections import Counter
from urllib.parse import quote, urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.fuzzing.amounts import PAGE_CASES, share
from tests.fuzzing.bounds import bounded
from tests.fuzzing.values import text
from tests.matrix import asking
from tests.matrix.expected import EVERYBODY
from tests.matrix.forms import field_names
from tests.matrix.table import ROWS
from tests.matrix.world import filled
from tests.patients.images import making

pytestmark = [pytest.mark.fuzz, pytest.mark.django_db]
PAGES = [row for row in ROWS if not row.path.startswith("/api/")]
METHODS = ("GET", "GET", "GET", "POST", "POST", "HEAD", "PUT", "DELETE", "TRACE")
PARAMETERS = (
    "q", "page", "after", "sort", "case", "next", "format", "lang", "axis", "width", "style",
    "frame",
    "term", "from", "to", "step", "reference", "weights", "with", "id", "o", "e",
)  # fmt: skip
TYPES = (
    "application/x-www-form-urlencoded", "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=a", "multipart/form-data", "application/json", "text/plain", "",
)  # fmt: skip
FILES = ("file", "upload", "source")


def pairs_of(names: list[str], most: int, dice: random.Random) -> str:
    count = dice.randint(0, most)
    pairs = [(dice.choice(names), text(dice, 0.6)) for _ in range(count)]
    if pairs and dice.random() < 0.1:
        pairs *= 100
    return urlencode(pairs, errors="surrogatepass")


def address(row, names: dict[str, str], dice: random.Random) -> str:
    """The page's own, or one of its shape with anything in it."""
    path = row.path.partition("?")[0]
    if dice.random() < 0.75:
        return filled(path, names)

    def anything(found: re.Match[str]) -> str:
        if dice.random() < 0.5:
            return dice.choice(sorted(names.values()))
        return quote(text(dice)[:200].encode("utf-8", "surrogatepass"), safe="")

    return re.sub(r"\{\w+\}", anything, path)


def sent_with(row, names: list[str], dice: random.Random) -> tuple[str | bytes, str]:
    """A form and its media type: the fields of this page, mostly, each hostile or as somebody would
    fill it; now and then with files where texts or files are asked for."""
    own = row.sent if isinstance(row.sent, dict) else {}
    if dice.random() < 0.15:
        fields = [*own, *FILES, dice.choice(names)]
        filled_in = {name: whole(text(dice)) for name in fields if dice.random() < 0.5}
        filled_in |= {dice.choice(fields): a_file(dice)}
        return encode_multipart(BOUNDARY, own | filled_in), MULTIPART_CONTENT
    return form(own, names, dice), dice.choice(TYPES)


def whole(value: str) -> str:
    """Without half surrogates, which the writer of a form with files does not write."""
    return value.encode("utf-8", "replace").decode()


def a_file(dice: random.Random) -> SimpleUploadedFile:
    name = whole(text(dice)[:100].replace("\x00", "")) or "a"
    told = whole(text(dice)).encode()
    data = dice.choice([
        b"", told, dice.randbytes(200), b"PK\x03\x04", b"TY  - JOUR\nTI  - " + dice.randbytes(20),
        b"<?xml version='1.0'?><article><front/>" + told, making.png()[: dice.randint(1, 200)],
        making.jpeg(), making.dicom(),
    ])  # fmt: skip
    return SimpleUploadedFile(name, data, dice.choice(TYPES))


def form(own: dict, names: list[str], dice: random.Random) -> str:
    if own and dice.random() < 0.5:
        kept = {name: value for name, value in own.items() if dice.random() < 0.7}
        return urlencode(kept, doseq=True) + "&" + pairs_of([*own], 3, dice)
    return pairs_of([*names, *own], 20, dice)


@pytest.mark.parametrize("role", EVERYBODY)
def test_no_request_breaks_a_page(world, role):
    names = world.names(role)
    parameters = [*PARAMETERS, *sorted(field_names())]
    answers: Counter[int] = Counter()
    count = share(PAGE_CASES, len(EVERYBODY))
    first = random.Random(role).randrange(len(PAGES))
    for number in range(count):
        dice = random.Random(f"{role} {number}")
        row = PAGES[(first + number) % len(PAGES)]
        method = dice.choice(METHODS)
        to = f"{address(row, names, dice)}?{pairs_of(parameters, 4, dice)}"
        sent, kind = sent_with(row, parameters, dice) if method != "GET" else ("", "")
        what = f"{role or 'reader'} {number}: {method} {to[:500]} {kind} {sent[:500]!r}"
        with asking.rolled_back(), bounded(what):
            # A browser of its own: an answer may end the session of the one before.
            client = asking.signed_in(world, role)
            response = client.generic(method, to, sent, content_type=kind)
            if response.streaming:
                b"".join(response.streaming_content)
        assert response.status_code < 500, f"{response.status_code}: {what}"
        answers[response.status_code] += 1
    assert answers.total() == count
    assert answers[200] > 0, answers
