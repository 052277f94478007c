"""PubMed's text format."""

import pytest

from tests.literature.importers.reading import errors, has, read_all, read_one, warnings

HEAD = "PMID- 123\nOWN - NLM\nTI  - A title.\n"
FIELDS = [
    ("", {"type": "article-journal", "PMID": "123", "title": "A title"}),
    ("IS  - 1234-5678 (Print)\nIS  - 8765-4321 (Electronic)\nIP  - 4\nVI  - 2",
     {"ISSN": "1234-5678 8765-4321", "issue": "4", "volume": "2"}),
    ("PG  - 179-86", {"page": "179-186"}),
    ("PG  - 179-86; discussion 186-7", {"page": "179-186", "note": "discussion 186-187"}),
    ("DP  - 2016 May 12", {"issued": {"date-parts": [[2016, 5, 12]]}}),
    ("DP  - 2016 Jan-Feb", {"issued": {"date-parts": [[2016, 1], [2016, 2]]}}),
    ("DP  - 2015 Dec-2016 Jan", {"issued": {"date-parts": [[2015, 12], [2016, 1]]}}),
    ("DP  - 2016 Spring", {"issued": {"date-parts": [[2016]]}}),
    ("LID - 10.5555/abc [doi]", {"DOI": "10.5555/abc"}),
    ("LID - S0001 [pii]\nAID - 10.5555/abc [doi]", {"DOI": "10.5555/abc", "number": "S0001"}),
    ("PMC - PMC77", {"PMCID": "PMC77"}),
    ("JT  - Journal of tests\nTA  - J Test",
     {"container-title": "Journal of tests", "container-title-short": "J Test"}),
    ("LA  - chi", {"language": "zh"}),
    ("FAU - Frilling, Andrea\nAU  - Frilling A", {"author": [{"family": "Frilling",
     "given": "Andrea"}]}),
    ("AU  - van der Berg PJ", {"author": [{"family": "Berg", "given": "PJ",
     "non-dropping-particle": "van der"}]}),
    ("FAU - King, Martin L Jr\nAU  - King ML Jr", {"author": [{"family": "King", "given":
     "Martin L", "suffix": "Jr"}]}),
    ("AU  - Clift AK\nCN  - A Group\nAU  - King M", {"author": [{"family": "Clift", "given": "AK"},
     {"literal": "A Group"}, {"family": "King", "given": "M"}]}),
    ("AU  - Clift AK\nAU  - et al.", {"author": [{"family": "Clift", "given": "AK"}],
     "custom": {"authors_truncated": True}}),
    ("PT  - Journal Article\nPT  - Preprint", {"type": "article"}),
    ("BTI - The book\nPB  - A house\nPL  - Cham\nFED - Cloyd, Jordan",
     {"type": "chapter", "container-title": "The book", "publisher": "A house",
      "publisher-place": "Cham", "editor": [{"family": "Cloyd", "given": "Jordan"}]}),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), FIELDS)
def test_a_field_is_read(lines, expected):
    entry = read_one("nbib", f"{HEAD}{lines}\n")
    has(entry, expected)
    assert not entry.problems


def test_lines_that_go_on_are_joined_and_abstracts_have_their_language():
    entry = read_one(
        "nbib",
        "PMID- 1\nTI  - A long title\n      that goes on.\nAB  - Words\n      more.\n"
        "OAB - Worte\nOABL- ger\n",
    )
    assert entry.csl["title"] == "A long title that goes on"
    assert entry.texts == {"en": "Words more.", "de": "Worte"}


def test_records_are_apart_by_an_empty_line_or_by_the_next_number():
    entries = read_all("nbib", f"\n\n{HEAD}\n{HEAD}PMID- 4\nTI  - Four.\n\nTI  - Five.\nVI  - 1")
    assert [entry.csl["title"] for entry in entries] == ["A title", "A title", "Four", "Five"]
    assert [entry.line for entry in entries] == [3, 7, 10, 13]
    assert not any(entry.broken for entry in entries)


def test_what_is_no_record_and_what_lacks_a_title_say_so():
    text, untitled = read_all("nbib", "some words\n\nPMID- 3\nVI  - 2\n")
    assert errors(text) == {""}
    assert errors(untitled) == {"title"}
    assert warnings(untitled) == set()
