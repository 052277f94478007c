"""A format is recognised from what is in the file; what is none is refused in a sentence."""

import io
import zipfile

import pytest

from literature.importers.limits import MAX_BYTES
from literature.importers.model import UnreadableError
from literature.importers.registry import IMPORTERS, MAGIC, recognise
from tests.literature.importers.samples import SAMPLES

KNOWN = [(name, text) for name, texts in SAMPLES.items() for text in texts]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]


def zipped() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.ris", "TY  - JOUR\nTI  - x\nER  - \n")
    return target.getvalue()


REFUSED = [
    (b"", "empty"),
    (b"\n \r\n", "empty"),
    (b"\xef\xbb\xbf", "empty"),
    (zipped(), "zip"),
    (b"%PDF-1.7\nTY  - JOUR\n", "PDF"),
    (b"\x89PNG\r\n\x1a\n....", "image"),
    (b"{\\rtf1 TY  - JOUR}", "rich text"),
    (b"<!DOCTYPE html><html><body>TY  - JOUR</body></html>", "web page"),
    (b"\n<html lang='en'>", "web page"),
    (bytes(range(256)) * 8, "no text"),
    (b"<?xml version='1.0'?><svg></svg>", "svg"),
    (b"a,b,c\n1,2,=1+1\n", "not known"),
]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("name", "text"), KNOWN)
def test_each_format_is_recognised_in_each_encoding(name, text, encoding):
    assert recognise(text.encode(encoding)).name == name


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
@pytest.mark.parametrize(("name", "text"), KNOWN)
def test_each_format_is_recognised_whatever_ends_its_lines(name, text, ends):
    assert recognise(text.replace("\n", ends).encode()).name == name


@pytest.mark.parametrize(("head", "word"), REFUSED)
def test_what_is_no_list_of_references_is_refused(head, word):
    with pytest.raises(UnreadableError, match=word):
        recognise(head)


@pytest.mark.parametrize("magic", [magic for magic, _, _ in MAGIC])
def test_what_a_file_begins_with_tells_what_it_is(magic):
    with pytest.raises(UnreadableError, match="^This is"):
        recognise(magic + b"\x00\x01\x02" * 50)


def test_a_list_that_begins_like_an_image_is_text():
    assert recognise(b"BMJ 2010\n\nTY  - JOUR\nTI  - x\nER  - \n").name == "ris"


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_an_empty_and_a_huge_input_are_refused(name, tmp_path):
    with pytest.raises(UnreadableError, match="empty"):
        list(IMPORTERS[name].read(io.BytesIO()))
    huge = tmp_path / "huge"
    with huge.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with huge.open("rb") as file, pytest.raises(UnreadableError, match="100 MB"):
        list(IMPORTERS[name].read(file))


@pytest.mark.parametrize("name", sorted(set(SAMPLES) - {"nbib"}))
def test_text_without_any_record_is_refused(name):
    with pytest.raises(UnreadableError, match="No record"):
        list(IMPORTERS[name].read(io.BytesIO(b"<a>nothing here</a>\n")))
