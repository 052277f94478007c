"""Lists in the styles of journals: right, harmless, complete, and in one run."""

from __future__ import annotations

import random
from io import BytesIO
from zipfile import ZipFile

import pytest

from literature.bibliography import pandoc
from literature.bibliography.files import as_docx, as_html, as_markdown, as_text, entry_text
from literature.bibliography.formatting import bibliography
from literature.bibliography.model import BibliographyError, BusyError
from literature.bibliography.styles import USUAL, paths
from tests.make import make_csl

STYLES = list(USUAL)


def lines(records, style):
    return [entry_text(entry) for entry in bibliography(records, style).entries]


ARTICLE = {
    "type": "article-journal",
    "title": "Liver-directed surgery of neuroendocrine metastases",
    "author": [{"family": "Maxwell", "given": "JE"}, {"family": "van Dijk", "given": "Anna"}],
    "container-title": "Surgery",
    "issued": {"date-parts": [[2016]]},
    "volume": "159",
    "issue": "1",
    "page": "320-335",
    "DOI": "10.5555/surg.1",
}


def test_initials_are_taken_apart_and_pages_shortened_as_the_style_says():
    (vancouver,) = lines([ARTICLE], "nlm-citation-sequence")
    assert vancouver.startswith("1. Maxwell JE, van Dijk A. Liver-directed surgery of")
    assert "Surgery. 2016;159(1):320-35." in vancouver
    (apa,) = lines([ARTICLE], "apa")
    assert apa.startswith("Maxwell, J. E., & van Dijk, A. (2016).")


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("nlm-citation-sequence", "Doe J, et al. "),
        ("american-medical-association", "Doe J, et al. "),
        ("apa", "Doe, J., et al. (2016)."),
        ("nature", "Doe, J. et al. "),
        ("elsevier-vancouver", "Doe J, et al. "),
        ("elsevier-with-titles", "J. Doe et al., "),
        ("china-national-standard-gb-t-7714-2015-numeric", "DOE J, et al. "),
    ],
)
def test_authors_that_a_record_leaves_out_are_et_al(style, words):
    csl = make_csl(author=[{"family": "Doe", "given": "J"}], custom={"authors_truncated": True})
    (line,) = lines([csl], style)
    assert words in line
    assert "others" not in line


@pytest.mark.parametrize(("style", "named"), [("vancouver", 6), ("ama", 3), ("gbt7714", 3)])
@pytest.mark.parametrize("held", [2, 3, 4, 6, 7, 9])
def test_authors_are_cut_as_the_style_says_also_where_the_record_cut_them(style, named, held):
    authors = [{"family": f"Name{letter}", "given": "J"} for letter in "abcdefghi"[:held]]
    (line,) = lines([make_csl(author=authors, custom={"authors_truncated": True})], style)
    limit = {"vancouver": 6, "ama": 6, "gbt7714": 3}[style]
    shown = named if held >= limit else held
    assert line.lower().count("name") == shown
    assert line.count("et al. ") == 1


def test_a_particle_with_an_apostrophe_stays_with_its_name():
    names = [{"family": "d’Assignies", "given": "G"}, {"family": "Berg",
             "non-dropping-particle": "van den", "given": "PJ"}]  # fmt: skip
    (vancouver,) = lines([make_csl(author=names)], "vancouver")
    assert vancouver.startswith("1. d’Assignies G, van den Berg PJ. ")
    (chinese,) = lines([make_csl(author=names)], "gbt7714")
    assert chinese.startswith("[1] D’ASSIGNIES G, ")


def test_markup_in_a_title_is_type_and_signs_are_signs():
    title = "Growth of <i>E. coli</i> in 10<sup>6</sup> cells, p <0.05 & a<b>c"
    made = bibliography([make_csl(title=title)], "vancouver")
    assert "<em>E. coli</em>" in made.entries[0].html
    assert "10<sup>6</sup> cells, p &lt;0.05 &amp; a&lt;b&gt;c" in made.entries[0].html
    assert "Growth of E. coli in 106 cells, p <0.05 & a<b>c" in entry_text(made.entries[0])


def test_a_remark_of_ours_is_no_part_of_a_reference():
    csl = make_csl(note="A remark", source="Somewhere", id="my-key")
    for style in STYLES:
        assert "remark" not in lines([csl], style)[0].lower()
        assert "Somewhere" not in lines([csl], style)[0]


def test_numbers_are_those_that_are_asked_for():
    records = [make_csl() for _ in range(3)]
    made = bibliography(records, "gbt7714", numbers=[2, 7, 30])
    assert [entry.label for entry in made.entries] == ["[2]", "[7]", "[30]"]
    assert [entry.place for entry in made.entries] == [0, 1, 2]
    assert {entry.label for entry in bibliography(records, "apa", numbers=[2, 7, 30]).entries} == {
        ""
    }


@pytest.mark.parametrize("numbers", [[2, 1], [1, 1], [0, 1], [1]])
def test_numbers_that_do_not_rise_are_a_mistake_of_ours(numbers):
    with pytest.raises(ValueError, match="must rise"):
        bibliography([make_csl(), make_csl()], "vancouver", numbers=numbers)


def test_a_number_beyond_every_list_is_refused():
    with pytest.raises(BibliographyError, match="up to number 2,000"):
        bibliography([make_csl()], "vancouver", numbers=[32_000])


def test_works_of_one_author_and_year_are_told_apart():
    same = {"author": [{"family": "Doe", "given": "J"}], "issued": {"date-parts": [[2016]]}}
    first, second = lines([make_csl(**same, title="Beta"), make_csl(**same, title="Alpha")], "apa")
    assert "(2016a). Alpha" in first
    assert "(2016b). Beta" in second


def test_a_style_that_compares_all_with_all_takes_fewer():
    with pytest.raises(BibliographyError, match="more than 500 references"):
        lines([ARTICLE] * 501, "apa")
    assert len(lines([ARTICLE] * 501, "vancouver")) == 501


def test_the_words_of_gb_t_are_in_the_language_of_the_work():
    many = [{"family": name, "given": "J"} for name in ("Doe", "Roe", "Poe", "Moe")]
    chinese = [{"family": name, "given": "明"} for name in ("张", "王", "李", "赵")]
    english_line, chinese_line = lines(
        [make_csl(author=many), make_csl(author=chinese, title="肝脏神经内分泌肿瘤一例")],
        "china-national-standard-gb-t-7714-2015-numeric",
    )
    assert "POE J, et al. " in english_line
    assert ", 等. 肝脏" in chinese_line


def test_editors_stand_behind_in_and_before_their_label():
    chapter = {
        "type": "chapter",
        "title": "Metastases",
        "author": [{"family": "Doe", "given": "J"}],
        "editor": [{"family": "Roe", "given": "R"}],
        "container-title": "A Book",
        "publisher": "House",
        "publisher-place": "Town",
        "issued": {"date-parts": [[2021]]},
    }
    (line,) = lines([chapter], "nlm-citation-sequence")
    assert line == "1. Doe J. Metastases. In: Roe R, editor. A Book. Town: House; 2021."


@pytest.mark.parametrize("style", STYLES)
def test_a_record_with_nothing_but_a_title_is_formatted(style):
    (line,) = lines([{"type": "document", "title": "Only a title"}], style)
    assert "Only a title" in line


def test_an_empty_list_is_an_empty_list():
    assert lines([], "apa") == []


def test_numbers_follow_the_order_that_was_given_and_names_the_alphabet():
    records = [make_csl(author=[{"family": name}]) for name in ("Zoe", "Abe", "Moe")]
    assert [line.split()[1] for line in lines(records, "nlm-citation-sequence")] == [
        "Zoe.", "Abe.", "Moe.",
    ]  # fmt: skip
    found = bibliography(records, "apa")
    assert [records[entry.place]["author"][0]["family"] for entry in found.entries] == [
        "Abe", "Moe", "Zoe",
    ]  # fmt: skip


def test_two_hundred_references_are_one_run_and_then_none(monkeypatch):
    runs = []
    run = pandoc.subprocess.run
    monkeypatch.setattr(
        pandoc.subprocess, "run", lambda *args, **more: runs.append(1) or run(*args, **more)
    )
    records = [make_csl() for _ in range(200)]
    assert len(lines(records, "apa")) == 200
    assert runs == [1]
    assert len(lines(records, "apa")) == 200
    assert runs == [1]


def test_more_than_are_formatted_at_once_are_refused_with_their_number():
    with pytest.raises(BibliographyError, match="At most 2,000 .* these are 5,000"):
        lines([ARTICLE] * 5000, "apa")


HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:x'>y</a>",
    "<i onclick=x>z</i>", "<svg/onload=alert(1)>", "&lt;script&gt;", "](javascript:alert(1))",
    "<style>*{}</style>", "<iframe src=//x>", "\" onmouseover=\"x",
)  # fmt: skip


def hostile_record(text):
    person = {"family": f"Doe {text}", "given": f"J {text}"}
    return {
        "type": "chapter", "title": f"Title {text}", "container-title": f"Book {text}",
        "author": [person, {"literal": f"Group {text}"}], "editor": [person],
        "publisher": f"House {text}", "publisher-place": f"Town {text}", "volume": f"1 {text}",
        "issue": f"2 {text}", "page": f"3 {text}", "edition": f"4 {text}", "genre": text,
        "event-title": text, "ISBN": text, "ISSN": text, "number": text, "version": text,
        "container-title-short": text, "language": "en",
        "URL": "https://example.org/<script>alert(1)</script>", "DOI": "10.5555/<script>x</script>",
        "issued": {"date-parts": [[2020]]},
    }  # fmt: skip


def some_styles(number):
    everything = list(paths())
    return sorted({*STYLES, *random.Random(7).sample(everything, number)})


@pytest.mark.parametrize("style", some_styles(45))
def test_no_style_and_no_field_lets_script_through(style):
    records = [hostile_record(text) for text in HOSTILE]
    try:
        found = bibliography(records, style)
    except BibliographyError:  # a style of footnotes has no list, and says so
        assert style not in STYLES
        return
    for entry in found.entries:
        tags = [part.split(">")[0] for part in entry.html.split("<")[1:]]
        for tag in tags:
            name = tag.strip("/").split(" ")[0]
            assert name in ("i", "b", "em", "strong", "sub", "sup", "span"), entry.html
            assert tag in (name, f"/{name}", 'span class="smallcaps"'), entry.html


@pytest.mark.parametrize("style", STYLES)
def test_every_format_is_made_of_the_same_list(style):
    found = bibliography([ARTICLE], style)
    assert "Liver-directed" in as_text(found).decode()
    assert "Liver-directed" in as_markdown(found).decode()
    assert "<h1>References</h1>" in as_html(found).decode()
    with ZipFile(BytesIO(as_docx(found))) as file:
        assert "Liver-directed" in file.read("word/document.xml").decode()


def test_signs_of_markdown_are_signs():
    (line,) = (
        as_markdown(bibliography([make_csl(title="2 * 3 _x_ [a](b) `c` #1 <script>")], "vancouver"))
        .decode()
        .splitlines()
    )
    assert "2 \\* 3 \\_x\\_ \\[a\\](b) \\`c\\` \\#1 \\<script\\>" in line
    assert line.startswith("1\\. Doe J.")


def test_a_document_holds_no_links_and_no_script():
    csl = make_csl(title="<script>alert(1)</script>", URL="https://example.org/x", DOI="10.5555/x")
    with ZipFile(BytesIO(as_docx(bibliography([csl], "vancouver")))) as file:
        parts = {name: file.read(name).decode("utf-8", "replace") for name in file.namelist()}
    assert "<script" not in parts["word/document.xml"]
    assert "example.org" not in parts["word/_rels/document.xml.rels"]
    assert not any("vba" in name.lower() or "macro" in name.lower() for name in parts)


def test_nothing_of_the_server_gets_into_the_process(monkeypatch):
    told = {}
    run = pandoc.subprocess.run

    def watched(command, **options):
        told.update(options, command=command)
        return run(command, **options)

    monkeypatch.setenv("CASEBASE_SECRET_KEY", "a secret")
    monkeypatch.setattr(pandoc.subprocess, "run", watched)
    lines([make_csl()], "the-lancet")
    assert "--sandbox" in told["command"]
    assert not told.get("shell")
    assert "a secret" not in str(told["env"])
    assert told["timeout"] == pandoc.SECONDS


def test_a_run_that_takes_too_long_is_ended_and_said(monkeypatch):
    monkeypatch.setattr(pandoc, "SECONDS", 0.0001)
    with pytest.raises(BusyError, match="too long"):
        lines([make_csl()], "apa")
