"""Rows written by COPY are the rows that INSERT writes."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from literature.importing.copying import copy_rows
from literature.models import Import, ImportRow, Verdict

TEXT = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\0")
    | st.sampled_from('\\\t\n\r"{},N'),
    max_size=20,
)
RECORDS = st.dictionaries(TEXT, TEXT | st.integers() | st.none() | st.lists(TEXT), max_size=3)


def made(**fields):
    imported = Import.objects.create(name="a.ris", format="ris", size=1, sha256="0" * 64)
    return ImportRow(imported=imported, position=1, verdict=Verdict.NEW, **fields)


class Copying(TestCase):
    @given(original=TEXT, csl=RECORDS, keys=st.lists(TEXT | st.none(), max_size=4))
    def test_every_value_comes_back(self, original, csl, keys):
        row = made(original=original, csl=csl, match_keys=keys, number=7, filled=None)
        copy_rows([row])
        found = ImportRow.objects.get(imported=row.imported)
        for field in ImportRow._meta.concrete_fields:
            if not field.primary_key:
                assert getattr(found, field.attname) == getattr(row, field.attname), field.name


@pytest.mark.django_db
def test_a_refusal_of_the_database_is_djangos():
    row = made()
    row.verdict = "other"
    with pytest.raises(IntegrityError, match="import_row_verdict_known"), transaction.atomic():
        copy_rows([row])
