"""Keys of BibTeX entries and CSL ids."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from literature.exporters.keys import own_key, ranked, unique, usual_key


@pytest.mark.parametrize(
    ("csl", "key"),
    [
        ({"author": [{"family": "Frilling", "given": "A"}], "issued": 2010}, "frilling2010"),
        ({"author": [{"family": "Öberg-Müller"}], "issued": 1999}, "obergmuller1999"),
        ({"author": [{"family": "Łoś"}], "issued": 2001}, "los2001"),
        ({"author": [{"literal": "WHO Study Group"}], "issued": 2004}, "whostudygroup2004"),
        ({"author": [{"family": "李", "given": "明"}], "title": "肝", "issued": 2019}, "ref2019"),
        ({"author": [{"family": "李"}], "title": "A liver 肝", "issued": 2019}, "liver2019"),
        ({"title": "On the rarest"}, "rarest"),
        ({"editor": [{"family": "Roe"}], "issued": 2016}, "roe2016"),
        ({}, "ref"),
    ],
)
def test_key_is_of_author_and_year(csl, key):
    if "issued" in csl:
        csl = {**csl, "issued": {"date-parts": [[csl["issued"]]]}}
    assert usual_key(csl) == key


def test_letters_follow_and_then_numbers():
    assert [ranked("doe2016", rank) for rank in (0, 1, 25, 26)] == [
        "doe2016", "doe2016b", "doe2016z", "doe2016-27",
    ]  # fmt: skip


@given(st.lists(st.sampled_from(["doe2016", "Doe2016", "doe2016b", "roe"]), max_size=40))
def test_keys_of_a_file_differ_by_more_than_case(wanted):
    keys = list(unique(wanted))
    assert len({key.lower() for key in keys}) == len(wanted)


@pytest.mark.parametrize(
    ("original", "key"),
    [
        ("@article{Doe:2016_a, title={x}}", "Doe:2016_a"),
        ("  @ article ( doe , title={x})", "doe"),
        ("@article{, title={x}}", ""),
        ("@article{a b, title={x}}", ""),
        ("@article{\\input{x}, title={x}}", ""),
        ("TY  - JOUR", ""),
    ],
)
def test_a_key_that_came_in_is_kept_where_it_is_harmless(original, key):
    assert own_key(original) == key


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_key_is_plain_whatever_the_name(family, title):
    csl = {"author": [{"family": family}], "title": title}
    assert re.fullmatch(r"[a-z0-9]+", usual_key(csl))
