"""Which formats are read, and which of them an input is in: by its content, never by its name."""

from __future__ import annotations

import re

from literature.importers.bibtex import BibTex
from literature.importers.csl_json import CslJson
from literature.importers.decoding import UTF16_BE, UTF16_LE, peek, sniff
from literature.importers.endnote_xml import EndNoteXml
from literature.importers.jats import Jats
from literature.importers.limits import HEAD_BYTES
from literature.importers.model import Importer, UnreadableError
from literature.importers.nbib import Nbib
from literature.importers.pasted import Pasted
from literature.importers.pubmed_xml import PubmedXml
from literature.importers.ris import Ris
from literature.importers.xml_head import first_element

IMPORTERS: dict[str, Importer] = {
    importer.name: importer
    for importer in (
        Ris(), BibTex(), Nbib(), PubmedXml(), Jats(), EndNoteXml(), CslJson(), Pasted(),
    )
}  # fmt: skip
SURE_ENOUGH = 0.3
READABLE = (
    "RIS, BibTeX, PubMed (nbib or XML), JATS, EndNote XML, CSL-JSON and pasted reference lists"
)
_EXPORT = "Export the references from the program they are in, for example as RIS."
MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "a zip archive (Word and Excel files are such, too)",
     "Unpack it, or export the references from the program they are in, for example as RIS."),
    (b"PK\x05\x06", "an empty zip archive", _EXPORT),
    (b"%PDF", "a PDF", "Copy its reference list and paste it, or look its articles up by DOI."),
    (b"\x89PNG", "an image", "References must be text."),
    (b"\xff\xd8\xff", "an image", "References must be text."),
    (b"GIF8", "an image", "References must be text."),
    (b"II*\x00", "an image", "References must be text."),
    (b"MM\x00*", "an image", "References must be text."),
    (b"BM", "an image", "References must be text."),
    (b"RIFF", "an image or a recording", "References must be text."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"BZh", "a bzip2 archive", "Unpack it first."),
    (b"\xfd7zXZ", "an xz archive", "Unpack it first."),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Unpack it first."),
    (b"Rar!", "a RAR archive", "Unpack it first."),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file", _EXPORT),
    (b"{\\rtf", "a rich text file", "Copy its reference list and paste it."),
    (b"SQLite format 3", "a database", _EXPORT),
    (b"\x7fELF", "a program", "References must be text."),
)  # fmt: skip
"""What a file begins with, what it is then, and what to do."""
_HTML = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def recognise(head: bytes) -> Importer:
    """The importer for an input that begins with `head` (64 KB are enough).

    Raises UnreadableError with a sentence that says what the input is and what to do.
    """
    head = head[:HEAD_BYTES]
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise UnreadableError("The file is empty.")
    _refuse_binary(head)
    sure = [(importer.recognises(head), importer) for importer in IMPORTERS.values()]
    best, importer = max(sure, key=lambda pair: pair[0])
    if best < SURE_ENOUGH:
        raise UnreadableError(_unknown(head))
    return importer


def _refuse_binary(head: bytes) -> None:
    for magic, what, advice in MAGIC:
        if head.startswith(magic) and not (magic == b"BM" and _is_text(head)):
            raise UnreadableError(f"This is {what}, not a list of references. {advice}")
    if _HTML.match(peek(head)):
        raise UnreadableError(
            "This is a web page, not a list of references. Copy its reference list and paste it,"
            " or use the page's own export, for example as RIS."
        )
    if not _is_text(head):
        raise UnreadableError(f"This is no text. Formats that are read: {READABLE}.")


def _is_text(head: bytes) -> bool:
    """Whether control characters are rare, as they are in text that was damaged here and there."""
    text = peek(head)
    wide = sniff(head) in (UTF16_LE, UTF16_BE)
    strange = len(_CONTROL.findall(text)) + (text.count("\ufffd") if not wide else 0)
    return strange <= max(4, len(text) // 20)


def _unknown(head: bytes) -> str:
    if root := first_element(head):
        return (
            f"This is XML of a kind that is not read (it begins with “{root[:40]}”)."
            " PubMed, JATS and EndNote XML are."
        )
    return f"The format of this file is not known. Formats that are read: {READABLE}."
