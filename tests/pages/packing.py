"""A pack taken from the pages, and opened."""

from __future__ import annotations

import csv
import hashlib
from io import BytesIO, StringIO
from zipfile import ZipFile

from django.test import Client

from patients.models import Case
from tests import make


def address(case: Case, tail: str = "pack.zip", /, **query: object) -> str:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/cases/{case.accession}/{tail}{'?' if asked else ''}{asked}"


def bytes_of(client: Client, url: str) -> bytes:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content[:2000]
    assert answer["Content-Type"] == "application/zip"
    return b"".join(answer.streaming_content)


def files_of(pack: bytes) -> dict[str, bytes]:
    """By name; the checksums of the pack hold."""
    with ZipFile(BytesIO(pack)) as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    sums = dict(line.split("  ")[::-1] for line in files["SHA256SUMS"].decode().splitlines())
    assert set(sums) == set(files) - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256(files[name]).hexdigest() == digest
    return files


def pack_of(
    client: Client, case: Case, tail: str = "pack.zip", /, **query: object
) -> dict[str, bytes]:
    return files_of(bytes_of(client, address(case, tail, **query)))


def rows_of(timeline: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(timeline.decode("utf-8-sig"))))


def words_of(docx: bytes) -> str:
    """The XML of the text."""
    with ZipFile(BytesIO(docx)) as archive:
        return archive.read("word/document.xml").decode()


def published(title: str = "A course", **changes: object) -> Case:
    """Two imaging studies with a lesion each, a source, and version 1 of it."""
    return make.make_published_case(title=title, events=2, **changes)
