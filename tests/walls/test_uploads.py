"""Whatever is sent has a bound, and no name of a file means anything here."""

from __future__ import annotations

import ast
import re

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import FileField
from django.test import Client
from rest_framework import serializers

from literature.api_imports import BytesParser
from literature.models import Import
from literature.rest.body import MAX_BYTES, StrictJSONParser
from patients.api.images import BoundedMultiPartParser
from tests import make
from tests.pages.pictures import phantom
from tests.walls.test_source import modules

pytestmark = pytest.mark.django_db
BOUNDED_PARSERS = {StrictJSONParser, BytesParser, BoundedMultiPartParser}
TAKES_FILES = {
    "literature/forms/adding.py",
    "literature/forms/texts.py",
    "patients/api/images.py",
    "patients/picture_forms.py",
}
"""Where a form or a serializer has a field for a file. Each has a bound of its own, and a test."""
NAMES = [
    "../../etc/passwd.ris",
    "..\\..\\win.ini",
    "/etc/passwd",
    "a\r\nX-Evil: 1.ris",
    'a";b=c.ris',
]


def test_every_field_that_takes_a_file_is_known():
    found = set()
    kinds = (forms.FileField.__name__, forms.ImageField.__name__, "FilePathField", "MultiFileField")
    assert serializers.FileField.__name__ in kinds
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in kinds:
                found.add(path)
    assert found == TAKES_FILES


def test_no_model_keeps_a_file_by_its_name():
    """Pictures are kept under ids of ours, by `patients.images.storing`."""
    fields = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, FileField)
    ]
    assert fields == []


def test_every_parser_of_the_api_has_a_bound():
    """A parser that is not one of these would be found in the source."""
    used = set()
    for _, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name.endswith("Parser"):
                used.add(node.name)
    read = {kind.__name__ for kind in BOUNDED_PARSERS}
    assert read <= used
    assert settings.REST_FRAMEWORK["DEFAULT_PARSER_CLASSES"] == [
        "literature.rest.body.StrictJSONParser"
    ]


def test_a_body_that_is_too_long_is_refused_everywhere():
    client = Client()
    client.force_login(make.make_user("curator"))
    form = {"login": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}
    assert client.post("/accounts/login/", form).status_code in (400, 413)
    many = {f"field{number}": "x" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    assert client.post("/accounts/login/", many).status_code == 400
    body = b'{"title": "' + b"x" * MAX_BYTES + b'"}'
    answer = client.post("/api/v1/cases/", body, content_type="application/json")
    assert answer.status_code == 413


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_file_leads_out_of_the_folder(name):
    """Nor into a header: what is sent back has a plain name."""
    client = Client()
    client.force_login(make.make_user("researcher"))
    file = SimpleUploadedFile("x.ris", b"TY  - BOOK\nTI  - A book\nER  - \n")
    file.name = name
    answer = client.post("/references/add/", {"file": file})
    assert answer.status_code in (302, 422)
    imported = Import.objects.order_by("-pk").first()
    if answer.status_code == 302:
        given = client.get(f"/references/imports/{imported.public_id}/original/")
        b"".join(given.streaming_content)
        assert re.fullmatch(r'attachment; filename="[\w-]+\.\w+"', given["Content-Disposition"])
        assert "X-Evil" not in given


def test_a_picture_is_kept_under_a_name_of_ours(records):
    client = Client()
    client.force_login(make.make_user("curator"))
    file = SimpleUploadedFile("../../evil.png", phantom(), "text/html")
    sent = {"finding": records.finding.public_id, "caption": "A scan", "file": file}
    made = client.post("/api/v1/images/", sent)
    assert made.status_code == 201, made.content
    assert "evil" not in made.content.decode()
    kept = settings.MEDIA_ROOT / "images"
    assert [path for path in kept.rglob("*") if "evil" in path.name] == []
    assert not (settings.MEDIA_ROOT.parent / "evil.png").exists()
