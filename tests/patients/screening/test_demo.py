"""The demo's cases, told from published reports, hold nothing that the rules take for somebody."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from patients.document import build_document
from patients.models import Case
from patients.screening import uncleared
from patients.screening.texts import texts_of


@pytest.mark.django_db
def test_the_demo_s_cases_are_clean():
    call_command("load_demo", stdout=StringIO())
    cases = list(Case.objects.with_timeline())
    assert len(cases) >= 13
    assert sum(len(texts_of(build_document(case))) for case in cases) > 500
    assert [finding.text for case in cases for finding in uncleared(case)] == []
