"""Text is cut alike in both ways, and every run knows its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from literature.searching.tokens import _runs_letter_by_letter, indexed, runs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Embolisation of the tumour", "embolization of the tumor"),
        ("18F-FDG PET/CT", "18f fdg pet ct"),
        ("Müller’s café", "muller s cafe"),
        ("门静脉", "门静 静脉 脉"),
        ("肝", "肝"),
        ("JAK2突变", "jak2 突变 变"),
        ("Straße ﬁbrosis", "strasse fibrosis"),
        ("haemorrhage, anaemia, diarrhoea", "hemorrhage anemia diarrhea"),
        ("🙂 ‮ \x00 & | ! ( ) : * ' \\ <->", ""),
        ("", ""),
    ],
)
def test_what_is_indexed(text, expected):
    assert indexed(text) == expected


@given(st.text(max_size=60))
def test_no_query_syntax_and_no_space_ever_gets_through(text):
    for run in runs(text):
        assert run.text.isalnum()
        assert not set(run.text) & set("&|!():*'\\<> \t\n")
        assert 0 <= run.start < run.end <= len(text)


@given(st.text(alphabet="aéßÉ肝 -Ａガ9ﬁ'", max_size=30))
def test_both_ways_to_cut_a_text_agree(text):
    assert [run.text for run in runs(text)] == [run.text for run in _runs_letter_by_letter(text)]
