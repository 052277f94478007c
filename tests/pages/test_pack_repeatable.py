"""The same version and choices give the same pack, byte for byte: later, and in other processes."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from literature.models import Reference
from patients.actions import cases, publishing
from patients.care import ITEMS
from patients.pack_form import PackForm
from patients.pack_page import Asked, material_of
from patients.reading import read_version
from tests import make
from tests.constraints import update
from tests.pages.packing import address, bytes_of, pack_of, published
from tests.patients.rich_case import make_rich_case

pytestmark = pytest.mark.django_db
FRESH = """
import pickle, sys, django
django.setup()
from patients.pack.making import write_pack
sys.stdout.buffer.write(write_pack(pickle.load(sys.stdin.buffer)).read())
"""


def test_a_pack_is_the_same_in_any_process(client):
    case = make_rich_case().case
    cases.publish(case=case, by=None)
    other = published("Another course")
    query = f"width=90&style=apa&case={other.accession}"
    here = bytes_of(client, f"{address(case)}?{query}")
    request = RequestFactory().get("/")
    request.user = make.make_user()
    reading = read_version(case.accession, 1, request.user)
    form = PackForm(QueryDict(query), reading.document, request.user)
    assert form.is_valid()
    given = pickle.dumps(material_of(Asked(request, reading, 1, form)))
    made = subprocess.run(
        [sys.executable, "-c", FRESH],
        input=given,
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "2026", "TZ": "America/Lima"},
    )
    assert made.stdout == here


def test_what_is_mended_later_leaves_the_pack_of_a_version_alone(client):
    case = published()
    other = published("Another course")
    curator = make.make_user("curator")
    ticks = {"consent": "", "consent_note": "", "class_seen": "", "by": curator}
    url = address(case, "v/1/pack.zip", case=f"{other.accession}-v1")
    before = bytes_of(client, url)

    for row in Reference.objects.all():
        Reference.objects.filter(pk=row.pk).update(csl={**row.csl, "title": "Mended since"})
    publishing.record_checks(case=case, care=dict.fromkeys(ITEMS, "absent"), **ticks)
    for made in (case, other):
        update(made, title="Reworded since")
        cases.publish(case=made, by=None)

    assert bytes_of(client, url) == before
    assert "Reworded since" in pack_of(client, case)["README.txt"].decode()
