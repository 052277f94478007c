"""Styles by name: only files of the package are opened; dependent ones give their parent's."""

import pytest

from literature.bibliography.model import BibliographyError, UnknownStyleError
from literature.bibliography.styles import USUAL, find, paths, suggested, title_of


def test_the_usual_styles_are_there():
    for name in USUAL:
        assert find(name).xml.startswith("<style")
    assert find("apa").is_sorted
    assert find("nlm-citation-sequence").has_numbers


@pytest.mark.parametrize(
    "name",
    [
        "",
        "no-such-style",
        "../styles/apa",
        "/etc/passwd",
        "apa.csl",
        "apa\x00",
        "dependent/apa",
        "./apa",
        "..",
        "https://example.org/apa",
        "--lua-filter=x",
        "é" * 5_000,
    ],  # fmt: skip
)
def test_a_name_that_is_none_is_refused_in_a_sentence(name):
    with pytest.raises(UnknownStyleError, match="There is no citation style"):
        find(name)


def test_a_dependent_style_is_formatted_as_the_one_that_it_follows():
    dependent = next(name for name, file in paths().items() if file.parent.name == "dependent")
    assert "<bibliography" in find(dependent).xml


def test_a_style_of_footnotes_is_refused():
    with pytest.raises(BibliographyError, match="footnotes only"):
        find("book-history")


def test_styles_are_found_by_words_of_their_names():
    assert "european-heart-journal" in dict(suggested("heart european"))
    assert "the-lancet" in dict(suggested("lancet"))
    assert suggested("zzzz") == []
    assert len(suggested("journal")) == 20


def test_a_style_is_called_as_people_call_it():
    assert title_of("american-medical-association") == "AMA"
    assert title_of("the-lancet") == "The Lancet"
