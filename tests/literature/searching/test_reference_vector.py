"""The database cuts the words of references as Python cuts those of cases and of queries."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from literature.searching.folding import AMERICAN
from literature.searching.tokens import indexed
from tests import make

pytestmark = pytest.mark.django_db
TEXTS = [
    "Embolisation of a tumour: 18F-FDG PET/CT, β-blockers, Müller’s naïve œsophagus",
    "门静脉癌栓1例 JAK2突变",
    "肝",
    "ガン治療 and café",
    "anaemia haemorrhage oedema diarrhoea leucocyte centre fibres analogues sulphate",
    "exercise revised organised specialising catheterisations paediatric",
    "STRASSE Straße ＦＵＬＬ width ﬁbrosis",
    "",
]


def lexemes(sql, text):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT tsvector_to_array({sql})", [text])
        return set(cursor.fetchone()[0])


def both(text):
    by_database = lexemes("literature_search_vector(jsonb_build_object('title', %s::text))", text)
    cut = indexed(text)
    as_spelt = lexemes("to_tsvector('pg_catalog.simple', %s)", cut)
    return by_database, as_spelt | lexemes("to_tsvector('pg_catalog.english', %s)", cut)


@pytest.mark.parametrize("text", TEXTS)
def test_words_are_cut_alike(text):
    by_database, by_python = both(text)
    assert by_database == by_python


WORDS = st.lists(
    st.sampled_from(
        [
            "tumour",
            "anaemia",
            "肝癌",
            "门静脉",
            "é",
            "7",
            "CT",
            "organise",
            "centre",
            "-",
            "、",
            "脾",
        ]
    ),
    max_size=12,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=WORDS, glue=st.sampled_from([" ", "", ", ", "\n"]))
def test_words_are_cut_alike_in_any_order(words, glue):
    by_database, by_python = both(glue.join(words))
    assert by_database == by_python


def test_every_spelling_is_known_to_both():
    for pattern, _ in AMERICAN:
        stem = pattern.removesuffix("$").split("(")[0] or "colour"
        by_database, by_python = both(f"x{stem}x {stem}")
        assert by_database == by_python


def test_title_author_journal_and_year_have_weights():
    reference = make.make_reference(
        {"title": "Course of a clot", "container-title": "Annals of Tests"}
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT search @@ 'clot:A', search @@ 'doe:B', search @@ 'annal:C', search @@ '2016:D',"
            " search @@ 'issu' FROM literature_reference WHERE id = %s",
            [reference.pk],
        )
        assert cursor.fetchone() == (True, True, True, True, False)
