"""What is typed, as it is read; anything at all can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from literature.searching.query import MAX_TERMS, compiled_term, read_query


def compiled(text, **how):
    query = read_query(text, **how)
    asked = " & ".join(" | ".join(compiled_term(term) for term in group) for group in query.groups)
    without = "".join(f" !{compiled_term(term)}" for term in query.without)
    return asked + without


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("liver mass", "liver & mass"),
        ('"portal vein"', "portal <1> vein"),
        ("“portal vein” thrombus", "portal <1> vein & thrombus"),
        ('"portal vein', "portal <1> vein"),
        ("liver -cyst", "liver !cyst"),
        ('liver -"simple cyst"', "liver !simple <1> cyst"),
        ("liver OR spleen", "liver | spleen"),
        ("liver 或 spleen", "liver | spleen"),
        ("OR liver OR", "liver"),
        ("embol*", "embol:*"),
        ("PET/CT", "pet <1> ct"),
        ("门静脉", "(门静 & 静脉)"),
        ("“门静脉”", "门静 <1> 静脉"),
        ("“门静脉 vein”", "门静 <1> 静脉 <2> vein"),
        ("肝", "肝:*"),
        ("JAK2突变", "(jak2 & 突变)"),
        ("*", ""),
        ("- -- ' & | !", ""),
        ("", ""),
    ],
)
def test_queries(text, expected):
    assert compiled(text) == expected


def test_the_last_word_may_be_unfinished_while_typing():
    assert compiled("portal ve", typing=True) == "portal & ve:*"
    assert compiled("portal ve ", typing=True) == "portal & ve"


@pytest.mark.parametrize(
    ("text", "words"),
    [("the of and", "Too common"), ("… ?! *", "no word"), ("a b " * 40, f"first {MAX_TERMS}")],
)
def test_what_is_left_out_is_said(text, words):
    (note,) = read_query(text).notes
    assert words in note


def test_terms_are_bounded():
    assert len(read_query(" ".join(f"w{n}" for n in range(10_000))).groups) == MAX_TERMS
    assert len(read_query("b OR " * 500).groups[0]) == MAX_TERMS


@given(st.text(max_size=120))
def test_anything_can_be_read_and_stays_words(text):
    for word in compiled(text).split():
        bare = word.strip("()!").removesuffix(":*")
        assert bare.isalnum() or bare in {"&", "|", ""} or word.startswith("<")
