"""What came in goes out: untouched records as they came, changed ones with what has no field."""

from io import BytesIO

import pytest

from literature.exporters.carried import without_personal
from literature.exporters.model import Record
from literature.exporters.registry import EXPORTERS
from literature.importers.registry import IMPORTERS

CAME = {
    "ris": "TY  - ABST\r\nTI  - A title\r\nAU  - Doe, Jane\r\nAD  - Somewhere\r\n"
    "T2  - A Journal\r\nJA  - A J\r\nPY  - 2016/05/12/Epub\r\nUR  - http://example.org/one\r\n"
    "UR  - http://example.org/two\r\nKW  - first\r\nKW  - second\r\nER  - \r\n",
    "nbib": "PMID- 123\nOWN - NLM\nSTAT- MEDLINE\nIS  - 1234-5678 (Electronic)\n"
    "IS  - 2345-678X (Linking)\nVI  - 7\nTI  - A title.\nFAU - Doe, Jane\nAU  - Doe J\n"
    "AUID- ORCID: 0000-0000-0000-0000\nAD  - Somewhere, with a name that is so long that it goes\n"
    "      on in the next line.\nPL  - England\nPT  - Case Reports\nJT  - A Journal\n"
    "AID - S0039-6060(15)00865-6 [pii]\nAID - 10.5555/x [doi]\nMH  - *Liver\nSO  - A J. 2016.\n\n",
    "bibtex": "@phdthesis{doe:2016,\n  Title = {A {Title} with $x^2$},\n  author = {Jane Doe},\n"
    '  school = "A House",\n  year = 2016,\n  month = {5},\n  keywords = {one, two},\n'
    "  howpublished = {\\url{http://example.org/a_b}},\n  langid = {english}\n}\n\n",
    "csl-json": '[\n{\n "type": "article-journal",\n "title": "A title",\n "issued": {\n'
    '  "date-parts": [\n   [\n    2016\n   ]\n  ],\n  "season": "2"\n },\n "keyword": "one",\n'
    ' "custom-own": {\n  "deep": 1\n },\n "id": "doe"\n}\n]\n',
}
SAID_AGAIN = {
    "ris": ["AD  - Somewhere", "KW  - first", "KW  - second", "TY  - ABST"],
    "nbib": ["OWN - NLM", "STAT- MEDLINE", "PL  - England", "PT  - Case Reports", "MH  - *Liver",
             "AID - S0039-6060(15)00865-6 [pii]", "SO  - A J. 2016."],
    "bibtex": ["@phdthesis{", "keywords = {one, two}", "howpublished"],
    "csl-json": ['"keyword": "one"', '"deep": 1'],
}  # fmt: skip


def read(name, text):
    (entry,) = IMPORTERS[name].read(BytesIO(text.encode()))
    return entry


def written(name, record):
    return "".join(EXPORTERS[name].write([record]))


def came(name, **changes):
    entry = read(name, CAME[name])
    key = {"bibtex": "doe:2016"}.get(name, "doe")
    return Record(key, {**entry.csl, **changes}, entry.original, name)


@pytest.mark.parametrize("name", ["ris", "nbib", "csl-json"])
def test_what_nobody_touched_goes_out_as_it_came(name):
    assert written(name, came(name)).replace("\r\n\r\n", "\r\n") == CAME[name]


def test_a_bibtex_entry_keeps_its_own_fields_and_type():
    text = written("bibtex", came("bibtex"))
    assert text.startswith("@phdthesis{doe:2016,\n  Title = {A {Title} with $x^2$},")
    assert "school = {A House}" in text
    assert "year = {2016}" in text
    assert read("bibtex", text).csl == read("bibtex", CAME["bibtex"]).csl


@pytest.mark.parametrize("name", CAME)
def test_a_changed_record_says_the_change_and_keeps_what_has_no_field(name):
    text = written(name, came(name, title="Another title", volume="99"))
    entry = read(name, text)
    assert entry.csl["title"] == "Another title"
    assert entry.csl["volume"] == "99"
    assert "A title" not in text
    for words in SAID_AGAIN[name]:
        assert words in text


def test_an_affiliation_never_stands_beside_another_name():
    text = written("nbib", came("nbib", author=[{"family": "Roe", "given": "Ann"}]))
    assert "FAU - Roe, Ann\nAU  - Roe A" in text
    assert "Somewhere" not in text
    assert "ORCID" not in text


def test_a_bibtex_entry_that_leans_on_others_is_written_whole():
    original = '@article{a, title = {T}, journal = jn # " B", crossref = {b}, keywords = {k}}'
    csl = {"type": "article-journal", "title": "T", "container-title": "Journal B"}
    text = written("bibtex", Record("a", csl, original, "bibtex"))
    assert "crossref" not in text
    assert "jn" not in text
    assert "keywords = {k}" in text
    assert read("bibtex", text).csl == csl


def test_two_names_for_one_format_do_not_mix():
    record = Record("k", {"type": "article-journal", "title": "T"}, CAME["ris"], "ris")
    assert "KW" not in written("nbib", record)
    assert "first" not in written("bibtex", record)


@pytest.mark.parametrize(
    ("name", "original", "stays", "goes"),
    [
        (
            "ris",
            "TY  - JOUR\nTI  - T\nRN  - mine\nU1  - mine\nL1  - file:///home/me/a.pdf\n"
            "L2  - https://example.org/a.pdf\nKW  - open\nER  - \n",
            ["KW  - open", "L2  - https://example.org/a.pdf", "TI  - T"],
            ["mine", "/home/me"],
        ),
        (
            "bibtex",
            "@article{a, title = {T}, annote = {mine}, file = {:/home/me/a.pdf:PDF}, "
            "bdsk-file-1 = {mine}, keywords = {open}}",
            ["{T}", "{open}", "@article{a"],
            ["mine", "/home/me"],
        ),
    ],
)
def test_what_somebody_wrote_for_themselves_can_be_left_out(name, original, stays, goes):
    text = without_personal(original, name)
    assert all(words in text for words in stays)
    assert not any(words in text for words in goes)
    assert read(name, text).csl == read(name, original).csl


@pytest.mark.parametrize("name", CAME)
@pytest.mark.parametrize(
    "original", ["", "\n\n", "}{", "no format at all", "@", "TY", "[[", "\x00"]
)
def test_an_original_that_is_none_costs_nothing(name, original):
    csl = {"type": "article-journal", "title": "A title"}
    plain = written(name, Record("k", csl))
    assert written(name, Record("k", csl, original, name)) == plain


def test_abstracts_are_written_where_they_are_given_and_else_not():
    original = CAME["ris"].replace("KW  - first", "AB  - Held here\r\nKW  - first")
    entry = read("ris", original)
    assert "Held here" not in written("ris", Record("k", entry.csl, original, "ris"))
    given = Record("k", entry.csl, original, "ris", texts={"en": "Shown to all"})
    assert "AB  - Shown to all" in written("ris", given)


@pytest.mark.parametrize(
    "evil",
    [
        "\\input{/etc/passwd}",
        "\\immediate\\write18{ls}",
        "^^5cinput{x}",
        "\\csname input\\endcsname x",
        "\\def\\x{\\x}\\x",
        "{\\catcode`\\@=0 @input x}",
    ],
)
def test_latex_that_does_more_than_print_goes_out_as_text(evil):
    original = f"@article{{a, title = {{A title {evil}}}, keywords = {{k {evil}}}}}"
    for csl in (read("bibtex", original).csl, {"type": "article-journal", "title": "New"}):
        text = written("bibtex", Record("a", csl, original, "bibtex"))
        for command in (
            "\\input",
            "\\immediate",
            "\\write",
            "^^",
            "\\csname",
            "\\def",
            "\\catcode",
        ):
            assert command not in text
        assert "keywords = {k " in text
        assert len(list(IMPORTERS["bibtex"].read(BytesIO(text.encode())))) == 1


@pytest.mark.parametrize("name", EXPORTERS)
def test_control_characters_stay_out_of_the_file(name):
    csl = {"type": "article-journal", "title": "A\x1b[31m\x07 ti\u202etle\x9b"}
    text = written(name, Record("k", csl, CAME[name].replace("A title", "A \x1b title"), name))
    assert not {"\x1b", "\x07", "\x9b"} & set(text)
