"""Every encoding that files come in, also several of them in one file."""

import io

import pytest

from literature.importers.decoding import sniff
from literature.importers.registry import IMPORTERS
from tests.literature.importers.reading import errors, read_all, read_one, warnings
from tests.literature.importers.samples import SAMPLES

LINE_BASED = ("ris", "nbib", "bibtex")
WESTERN = "TY  - JOUR\nTI  - Ménière à Genève – “Größe”, Sørensen\nER  - \n"
CHINESE = "TY  - JOUR\nTI  - 胰腺神经内分泌肿瘤肝转移的介入治疗\nAU  - 李, 明\nER  - \n"
KNOWN = [(name, text) for name, texts in SAMPLES.items() for text in texts]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(("name", "text"), KNOWN)
def test_the_encoding_does_not_change_what_is_read(name, text, encoding):
    text = text.replace(' encoding="UTF-8"', "")
    again = read_all(name, text.encode(encoding))
    assert [entry.csl for entry in again] == [entry.csl for entry in read_all(name, text)]
    assert [entry.line for entry in again] == [entry.line for entry in read_all(name, text)]


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
@pytest.mark.parametrize(("name", "text"), KNOWN)
def test_what_ends_lines_does_not_change_what_is_read(name, text, ends):
    again = read_all(name, text.replace("\n", ends).rstrip())
    assert [entry.csl for entry in again] == [entry.csl for entry in read_all(name, text)]
    assert [entry.line for entry in again] == [entry.line for entry in read_all(name, text)]


@pytest.mark.parametrize("name", LINE_BASED)
def test_each_line_end_may_fall_between_two_reads(name):
    class Slow(io.BytesIO):
        def read(self, size=-1):
            return super().read(1 if 0 < size < 1_000_000 else size)

    text = SAMPLES[name][0].replace("\n", "\r\n")
    slow = list(IMPORTERS[name].read(Slow(text.encode())))
    assert slow == read_all(name, text)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(WESTERN, "cp1252"), (WESTERN.replace("–", "-").replace("“", '"').replace("”", '"'),
     "latin-1"), (CHINESE, "gb18030"), (CHINESE, "gbk")],
)  # fmt: skip
def test_older_encodings_are_told_apart(text, encoding):
    entry = read_one("ris", text.encode(encoding))
    assert entry.csl == read_one("ris", text).csl
    assert not entry.problems


def test_records_in_several_encodings_are_settled_one_by_one_and_said():
    raw = WESTERN.encode() + WESTERN.encode("cp1252") + CHINESE.encode("gb18030") + CHINESE.encode()
    entries = read_all("ris", raw)
    plain = [read_one("ris", WESTERN), read_one("ris", CHINESE)]
    assert [entry.csl for entry in entries] == [plain[place].csl for place in (0, 0, 1, 1)]
    assert [bool(warnings(entry)) for entry in entries] == [True, False, True, True]


@pytest.mark.parametrize("encoding", ["gb18030", "iso-8859-1", "windows-1252"])
def test_xml_in_the_encoding_it_declares(encoding):
    title = "肝转移的介入治疗研究进展" if encoding == "gb18030" else "Ménière à Genève"
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><PubmedArticle><MedlineCitation><Article>'
        f"<ArticleTitle>{title}</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
    )
    assert read_one("pubmed-xml", text.encode(encoding)).csl["title"] == title


def test_xml_that_declares_what_it_is_not_is_read_by_its_bytes():
    text = (
        '<?xml version="1.0" encoding="utf-16"?><ref-list><ref><mixed-citation>'
        "<source>Größe</source></mixed-citation></ref></ref-list>"
    )
    assert read_one("jats", text).csl["title"] == "Größe"


def test_bytes_that_are_no_text_are_said():
    raw = b'[{"type": "book", "title": "M\xe9ni\xe8re"}, {"type": "book", "title": "\xff\xfe\x81"}]'
    entries = read_all("csl-json", b"[{}]" + b" " * 1_100_000 + raw)
    assert warnings(entries[1]) == {""}
    assert "\ufffd" in entries[1].csl["title"]


@pytest.mark.parametrize("name", LINE_BASED)
def test_nul_and_half_surrogates_are_an_error_of_their_record(name):
    text = SAMPLES[name][0]
    word = {"ris": "tumours", "nbib": "goes", "bibtex": "Frilling"}[name]
    for bad in ("\0", "\ud800"):
        raw = text.replace(word, bad + word, 1).encode("utf-16-le", "surrogatepass")
        first, *others = read_all(name, raw)
        assert errors(first)
        assert bad not in first.original
        assert [entry.csl for entry in others] == [entry.csl for entry in read_all(name, text)][1:]


def test_a_mark_in_the_middle_is_no_part_of_a_tag():
    raw = b"\xef\xbb\xbf" + CHINESE.encode() + b"\xef\xbb\xbf" + WESTERN.encode()
    assert [entry.broken for entry in read_all("ris", raw)] == [False, False]


def test_plain_ascii_is_utf8():
    assert sniff(b"TY  - JOUR") == "utf-8"
