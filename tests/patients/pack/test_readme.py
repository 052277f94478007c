"""README.txt: which case, what is derived and by what, what is silent, what is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from patients.document.derived_model import SetAsideData
from patients.document.model import NoticeData
from patients.pack.model import Choices, Compared
from patients.pack.readme import WIDTH, readme
from tests.patients.pack.materials import AT, draft, material, shrinking, with_report
from tests.patients.timeline.documents import UNKNOWN, document, event


def text_of(made, told=None, missing=None):
    """White space folded, as lines are broken where they are full."""
    return " ".join(readme(made, told or {}, missing or {}).decode().split())


def test_it_says_which_case_and_where_to_read_it():
    made = material()
    text = text_of(made)
    for words in ("Case: CB-TESTTES", "State: version 2", "Published: 2026-03-04", made.checksum,
                  made.address, made.pack_address, "180 mm wide, in English", "Vancouver (NLM)",
                  "no other case", made.cite_as):  # fmt: skip
        assert words in text


def test_choices_and_other_cases_are_named():
    other = Compared(replace(document([event(0)]), accession="CB-0THERCA"), 3, AT)
    made = material(choices=Choices(90, "zh", "apa"), compared=(other,))
    text = text_of(made)
    assert "90 mm wide, in Chinese" in text
    assert "Compared with: CB-0THERCA-v3" in text
    assert "APA" in text


def test_what_is_derived_comes_with_rule_source_inputs_and_a_warning():
    text = text_of(material(shrinking()))
    for words in ("RECIST-like response (derived). Rule, version", "Eisenhauer",
                  "Partial response: 20 mm against 50 mm", "From: ",
                  "support your judgement and do not replace it"):  # fmt: skip
        assert words in text


def test_what_cannot_be_derived_says_why():
    found = shrinking()
    rule = found.derived[0]
    row = replace(rule.results[0], result="", words="", reason="No size is given of it.")
    made = material(replace(found, derived=[replace(rule, results=[row])]))
    assert "Cannot be derived. No size is given of it." in text_of(made)


def test_what_a_curator_set_aside_is_not_given_as_a_result():
    found = shrinking()
    rule = found.derived[0]
    row = replace(rule.results[0], set_aside=SetAsideData("SA", "Another scanner was used."))
    text = text_of(material(replace(found, derived=[replace(rule, results=[row])])))
    assert "Set aside by a curator, and used nowhere. Another scanner was used." in text
    assert "Partial response" not in text


def test_a_report_that_says_otherwise_is_told():
    found = shrinking()
    rule = found.derived[0]
    row = replace(rule.results[0], reported_words="Progression", disagrees=True)
    text = text_of(material(replace(found, derived=[replace(rule, results=[row])])))
    assert "The report says otherwise: Progression." in text


def test_a_case_without_anything_derived_says_so():
    assert "no rule of Casebase applies" in text_of(material())


def test_silence_is_told_and_is_not_no():
    text = text_of(material(document([event(0, *UNKNOWN, label="Scan"), event(1, 3, 3)])))
    assert "Silence is not “no”" in text
    assert "Nothing is reported of: " in text
    assert "Country" in text
    assert "Events without a time: " in text
    assert "Scan." in text.split("Events without a time: ")[1]


def test_every_event_with_a_time_needs_no_word_about_it():
    assert "without a time" not in text_of(material())


def test_files_and_what_is_missing_are_told():
    text = text_of(material(), {"a.txt": "words."}, {"b.txt": "The case has no words."})
    assert "- a.txt: words." in text
    assert "Not in this pack" in text
    assert "- b.txt: The case has no words." in text


def test_a_pack_with_everything_has_no_such_section():
    assert "Not in this pack" not in text_of(material(), {"a.txt": "words."})


def test_a_draft_says_so_and_is_not_cited():
    text = text_of(draft())
    assert "DRAFT. This is the working record." in text
    assert "State: working record" in text
    assert "A working record is not cited" in text
    assert "Published:" not in text
    assert "The same pack" not in text


def test_a_withdrawn_case_says_so():
    assert "WITHDRAWN." in text_of(material(is_withdrawn=True))
    assert "WITHDRAWN" not in text_of(material())


def test_the_report_is_cited_as_its_own_work():
    found = with_report(document([event(0)]), doi="10.5555/1", published="Journal of Tests 2016")
    assert "Doe J. The report. Journal of Tests 2016. https://doi.org/10.5555/1" in text_of(
        material(found)
    )


def test_notices_about_cited_works_are_told():
    notice = NoticeData("retraction", 2020, ["10.5555/2"], [], ["crossref"])
    text = text_of(material(with_report(document([event(0)]), notices=[notice])))
    assert "- 1. Doe 2016: Retract" in text
    assert "2020, doi:10.5555/2." in text


@pytest.mark.parametrize("title", ["short", "long " * 60, "无空格的标题" * 40])
def test_any_title_is_written_in_lines_that_end_with_one_newline(title):
    made = readme(material(replace(document([event(0)]), title=title)), {}, {})
    lines = made.decode().split("\n")
    assert lines[-1] == ""
    assert lines[-2]
    assert not [line for line in lines if line != line.rstrip()]
    assert all(len(line) <= WIDTH for line in lines if " " in line and "http" not in line
               and not line.startswith("Checksum"))  # fmt: skip
