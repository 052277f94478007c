"""What is huge, hostile or broken: a problem of one row, or a refusal in a sentence; never a crash,
and good rows beside bad ones are kept."""

import json
import subprocess
import sys

import pytest

from literature.importers.blocks import numbered
from literature.importers.limits import MAX_BYTES, MAX_DEPTH, MAX_RECORD_BYTES
from literature.importers.model import UnreadableError
from literature.importers.registry import IMPORTERS, recognise
from tests.literature.importers.reading import errors, read_all, read_one, warnings

AUTHORS = 10_000
MEGABYTE = "x" * 1_000_000
ARTICLE = (
    "<PubmedArticle><MedlineCitation><Article><ArticleTitle>{title}</ArticleTitle><AuthorList>"
    "{authors}</AuthorList></Article></MedlineCitation></PubmedArticle>"
)


def in_format(name: str, title: str, authors: int = 1) -> str:
    """Two records: the one asked for, and a good one after it."""
    people = [f"Family{number}" for number in range(authors)]
    if name == "ris":
        lines = "\n".join(f"AU  - {family}, A" for family in people)
        return f"TY  - JOUR\nTI  - {title}\n{lines}\nER  - \nTY  - JOUR\nTI  - Good\nER  - \n"
    if name == "nbib":
        lines = "\n".join(f"AU  - {family} A" for family in people)
        return f"PMID- 1\nTI  - {title}\n{lines}\n\nPMID- 2\nTI  - Good\n"
    if name == "bibtex":
        names = " and ".join(f"{family}, A" for family in people)
        return f"@book{{a, title={{{title}}}, author={{{names}}}}}\n@book{{b, title={{Good}}}}\n"
    if name == "csl-json":
        names = [{"family": family} for family in people]
        item = {"type": "book", "title": title, "author": names}
        return json.dumps([item, {"type": "book", "title": "Good"}])
    tagged = "".join(f"<Author><LastName>{family}</LastName></Author>" for family in people)
    bad, good = (
        ARTICLE.format(title=title, authors=tagged),
        ARTICLE.format(title="Good", authors=""),
    )
    return f"<PubmedArticleSet>{bad}{good}</PubmedArticleSet>"


FORMATS = ["ris", "nbib", "bibtex", "csl-json", "pubmed-xml"]


@pytest.mark.parametrize("name", FORMATS)
def test_too_many_authors(name):
    bad, good = read_all(name, in_format(name, "A title", AUTHORS))
    assert errors(bad) == {"author"}
    assert bad.csl["title"] == "A title"
    assert f"Family{AUTHORS - 1}" in bad.original
    assert good.csl["title"] == "Good"


@pytest.mark.parametrize("name", FORMATS)
def test_a_title_of_a_megabyte(name):
    bad, good = read_all(name, in_format(name, MEGABYTE))
    assert errors(bad) == {"title"}
    assert MEGABYTE in bad.original
    assert good.csl["title"] == "Good"


@pytest.mark.parametrize("name", FORMATS)
def test_a_record_larger_than_records_are(name):
    bad, good = read_all(name, in_format(name, "x" * (MAX_RECORD_BYTES + 1)))
    assert errors(bad) == {""}
    assert good.csl["title"] == "Good"


@pytest.mark.parametrize("title", ["=cmd|' /C calc'!A0", "+1", "@SUM(1)", "-2+3"])
@pytest.mark.parametrize("name", FORMATS)
def test_formulas_are_words(name, title):
    assert read_all(name, in_format(name, title))[0].csl["title"] == title


@pytest.mark.parametrize("name", ["ris", "nbib", "bibtex", "csl-json"])
def test_script_in_a_title_stays_the_words_it_is(name):
    title = "<script>alert(1)</script>"
    assert read_all(name, in_format(name, title))[0].csl["title"] == title


def test_script_in_xml_is_only_its_text():
    title = "<script>alert(1)</script>&lt;img src=x onerror=y&gt;"
    entry = read_all("pubmed-xml", in_format("pubmed-xml", title))[0]
    assert entry.csl["title"] == "alert(1)<img src=x onerror=y>"


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY a SYSTEM "http://127.0.0.1:1/x">',
        '<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;',
    ],
)
@pytest.mark.parametrize("name", ["pubmed-xml", "jats", "endnote-xml"])
def test_entities_of_its_own_are_refused(name, declared):
    text = f"<!DOCTYPE x [{declared}]><PubmedArticleSet>&a;</PubmedArticleSet>"
    with pytest.raises(UnreadableError, match="entity"):
        read_all(name, text)


def test_a_dtd_outside_is_not_fetched_and_its_characters_are_known(tmp_path):
    dtd = tmp_path / "a.dtd"
    dtd.write_text('<!ENTITY eacute "stolen">')
    text = f'<!DOCTYPE x SYSTEM "{dtd.as_uri()}">' + in_format("pubmed-xml", "caf&eacute; &nope;")
    assert read_all("pubmed-xml", text)[0].csl["title"] == "café &nope;"


@pytest.mark.parametrize("inside", ["", "<PubmedArticle>"])
def test_elements_nested_without_end(inside):
    text = f"<PubmedArticleSet>{inside}{'<a>' * 200_000}"
    [entry] = read_all("pubmed-xml", text)
    assert "nested" in entry.problems[0].reason


def test_records_nested_in_records_do_not_take_forever():
    entries = read_all("pubmed-xml", "<PubmedArticleSet>" + "<PubmedArticle>" * 200_000)
    assert all(entry.broken for entry in entries)
    assert "rest was not read" in entries[-1].problems[0].reason


def test_good_records_after_one_nested_too_deep():
    deep = "<a>" * (MAX_DEPTH + 1)
    assert [entry.broken for entry in read_all("pubmed-xml", in_format("pubmed-xml", deep))] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("csl-json", '[{"id": ' * 200_000),
        ("csl-json", '[{"id": "' * 200_000),
        ("bibtex", "@article{a, title={" + "{" * 200_000 + "}" * 200_000 + "}}"),
        ("bibtex", "@article{a, title={" + "{" * 200_000),
        ("bibtex", "@a{" * 200_000),
        ("bibtex", "@article{a, author={" + "A and " * 200_000 + "}}"),
        ("bibtex", "@article{a, title={" + "\\begin{x}" * 2_000 + "}}"),
        ("pubmed-xml", "<PubmedArticleSet>" + "<PubmedArticle>\0" * 20_000),
        ("ris", "TY  - JOUR\nTI  - " + "a\n" * 200_000),
        ("nbib", "PMID- 1\nTI  - " + "a\n" * 200_000),
    ],
)
def test_what_goes_on_without_end_is_a_problem_of_its_row(name, text):
    entries = read_all(name, text)
    assert entries
    assert all(entry.broken for entry in entries)


def test_more_different_elements_than_literature_has():
    text = "<PubmedArticleSet>" + "".join(f"<a{number}/>" for number in range(100_000))
    with pytest.raises(UnreadableError, match="different elements"):
        read_all("pubmed-xml", text)


def test_more_records_than_are_read_at_once_end_with_a_word_about_it():
    entries = read_all("csl-json", "[" + '{"type": "book", "title": "x"},' * 5 + "]")
    *read, last = numbered(iter(entries), most=3)
    assert [entry.broken for entry in read] == [False] * 3
    assert "more than 3 records" in last.problems[0].reason


def test_a_record_that_is_wrong_everywhere_names_so_much_and_no_more():
    text = "TY  - JOUR\nTI  - x\n" + "DO  - 10.5555/a b\n" * 1_000 + "ER  - \n"
    entry = read_one("ris", text)
    assert warnings(entry) == {"DOI"}
    assert len(entry.problems) < 100


READ = """
import resource, sys
from literature.importers.registry import IMPORTERS

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

with open(sys.argv[1], "rb") as file:
    entries = IMPORTERS["ris"].read(file)
    for _ in range(1_000):
        next(entries)
    before = peak()
    count = 1_000 + sum(not entry.broken for entry in entries)
print(count, peak() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in kilobytes on Linux only")
def test_fifty_thousand_records_are_read_in_bounded_memory(tmp_path):
    """In a process of its own, beyond what it took for the first thousand."""
    file = tmp_path / "many.ris"
    with file.open("w") as target:
        for number in range(50_000):
            target.write(
                f"TY  - JOUR\nAU  - Frilling, Andrea\nAU  - Clift, AK\nTI  - Title {number}\n"
                f"JF  - Journal\nPY  - 2016\nVL  - {number}\nDO  - 10.5555/{number}\n"
                f"AB  - {'word ' * 50}\nER  - \n"
            )
    done = subprocess.run(
        [sys.executable, "-c", READ, str(file)], capture_output=True, text=True, check=True
    )
    count, megabytes = map(int, done.stdout.split())
    assert count == 50_000
    assert megabytes < 32


REFUSE = """
import resource, sys
limit = 256 * 1024 * 1024
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
from literature.importers.model import UnreadableError
from literature.importers.registry import IMPORTERS, recognise
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + limit, used + limit))
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
for name in sys.argv[2:]:
    with open(sys.argv[1], "rb") as file:
        try:
            list(IMPORTERS[name].read(file))
        except UnreadableError as refusal:
            print(refusal)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is set on Linux only")
def test_three_hundred_megabytes_are_refused_in_little_memory(tmp_path):
    huge = tmp_path / "huge.ris"
    with huge.open("wb") as file:
        file.write(b"TY  - JOUR\nTI  - x\n")
        file.truncate(300_000_000)
    names = sorted(set(IMPORTERS) - {"pasted"})
    done = subprocess.run(
        [sys.executable, "-c", REFUSE, str(huge), *names],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.count("100 MB") == len(names)


def test_a_wrong_name_of_the_file_does_not_matter():
    assert recognise(in_format("bibtex", "A title").encode()).name == "bibtex"
    assert MAX_BYTES < 300_000_000
