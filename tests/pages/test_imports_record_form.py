"""One record typed by hand or mended."""

import pytest

from literature.forms.record import RecordForm, names_in

KNOWN = {
    "type": "article-journal",
    "title": "Before",
    "author": [
        {"family": "Vilsteren", "non-dropping-particle": "van", "given": "F. G. I."},
        {"family": "Sun", "given": "W.", "suffix": "Jr"},
        {"literal": "Working Group, North"},
    ],
    "custom": {"authors_truncated": True},
    "issued": {"date-parts": [[2016, 5, 3]]},
    "publisher": "A press",
}


def typed(form, **changes):
    return {f"{form.add_prefix(name)}": form[name].value() or "" for name in form.fields} | changes


def test_mending_one_field_keeps_all_else():
    data = typed(RecordForm(known=KNOWN), title="After")
    form = RecordForm(data, known=KNOWN)
    assert form.is_valid(), form.errors
    assert form.csl == KNOWN | {"title": "After"}


def test_a_changed_year_drops_the_day_it_had():
    data = typed(RecordForm(known=KNOWN), year="2017")
    form = RecordForm(data, known=KNOWN)
    assert form.is_valid()
    assert form.csl["issued"] == {"date-parts": [[2017]]}


def test_what_is_emptied_is_gone():
    data = typed(RecordForm(known=KNOWN), authors="", year="")
    form = RecordForm(data, known=KNOWN)
    assert form.is_valid()
    assert form.csl == {
        "type": "article-journal", "title": "Before", "publisher": "A press",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Frilling, Andrea", {"family": "Frilling", "given": "Andrea"}),
        ("Frilling A", {"family": "Frilling", "given": "A"}),
        ("van der Berg PJ", {"family": "van der Berg", "given": "PJ"}),
        ("Sun, Wei, Jr", {"family": "Sun", "given": "Wei", "suffix": "Jr"}),
        ("World Health Organization", {"literal": "World Health Organization"}),
        ("Working Group on NETs", {"literal": "Working Group on NETs"}),
        ("张伟", {"literal": "张伟"}),
    ],
)
def test_a_line_is_one_name(line, name):
    assert names_in(line, []) == ([name], False)


@pytest.mark.parametrize("last", ["et al.", "et al", "Et al.", "等", "and others"])
def test_et_al_says_that_there_are_more(last):
    assert names_in(f"Frilling A\n\n{last}\n", []) == (
        [{"family": "Frilling", "given": "A"}], True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("title", "", "A title is needed."),
        ("doi", "nonsense", "Is not a DOI"),
        ("pmid", "12a", "Is not a PMID"),
        ("pmcid", "12", "Is not a PMCID"),
        ("year", "soon", "A year is a whole number"),
        ("year", "999", "greater than or equal to 1000"),
        ("type", "novel", "Choose one of the types"),
        ("volume", "1" * 5001, "at most 5000 characters"),
    ],
)
def test_a_wrong_field_is_named_with_the_reason(field, value, reason):
    form = RecordForm({"type": "book", "title": "A title", field: value})
    assert not form.is_valid()
    assert reason in str(form.errors[field])


def test_a_record_without_a_type_is_not_given_one():
    form = RecordForm(known={"title": "Only a title"})
    assert form["type"].value() == ""
    assert "type" in RecordForm(typed(form), known={"title": "Only a title"}).errors


def test_pages_with_a_dash_are_stored_with_a_hyphen():
    form = RecordForm({"type": "book", "title": "T", "pages": "179–186"})
    assert form.is_valid()
    assert form.csl["page"] == "179-186"


def test_all_that_is_wrong_is_said_at_once():
    form = RecordForm({"type": "book", "year": "soon", "doi": "nonsense"})
    assert set(form.errors) == {"title", "year", "doi"}
    assert form.errors["title"] == ["A title is needed."]
