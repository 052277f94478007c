"""The running text of a JATS article: its abstracts and its body, as plain paragraphs.

Left out is what stands beside the text: reference lists, footnotes, raised reference numbers,
formulas written for machines. Captions and tables are kept, a table row a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from literature.importers.languages import language_tag
from literature.importers.model import UnreadableError
from literature.importers.xml_node import Node
from literature.importers.xml_stream import pieces

WANTED: Final = frozenset({"abstract", "trans-abstract", "body"})
UNREAD: Final = frozenset({
    "sub-article", "response", "ref-list", "fn-group", "tex-math", "graphic", "inline-graphic",
    "supplementary-material", "object-id", "alt-text", "long-desc",
})  # fmt: skip
_BLOCKS: Final = frozenset({"p", "title", "tr", "label", "disp-quote", "verse-line", "def", "term"})
_CELLS: Final = frozenset({"td", "th"})
_TEASERS: Final = frozenset({"graphical", "teaser", "toc", "web-summary", "video"})


@dataclass(slots=True)
class JatsText:
    """Paragraphs, joined by empty lines. Abstracts are by language, "" where it is not said."""

    language: str = ""
    abstracts: dict[str, str] = field(default_factory=dict)
    body: str = ""


def read_jats(source: BinaryIO) -> JatsText:
    """Raises UnreadableError, in a sentence, for what is no whole JATS article."""
    found = JatsText()
    for piece in pieces(source, WANTED, UNREAD):
        if piece.node is None:
            raise UnreadableError(f"This XML is damaged at line {piece.line}: {piece.reason}")
        article = next((told for tag, told in piece.around if tag == "article"), {})
        spoken = piece.node.get("lang") or article.get("xml:lang", "")
        text = "\n\n".join(_paragraphs(piece.node))
        if piece.node.tag == "body":
            found.language, found.body = language_tag(spoken), text
        elif text and piece.node.get("abstract-type") not in _TEASERS:
            found.abstracts.setdefault(language_tag(spoken), text)
    if not found.abstracts and not found.body:
        raise UnreadableError("There is no abstract and no body in this XML: it is not JATS.")
    return found


def _paragraphs(node: Node) -> list[str]:
    lines = (" ".join(line.split()) for line in "".join(_running(node)).split("\0"))
    return [line for line in lines if line]


def _running(node: Node) -> Iterator[str]:
    """The text with NUL between paragraphs: XML itself cannot hold one."""
    block = node.tag in _BLOCKS
    if block:
        yield "\0"
    for part in node.parts:
        if isinstance(part, str):
            yield part
        elif not _is_raised_number(part):
            yield from _running(part)
    if node.tag in _CELLS:
        yield " "
    if block:
        yield "\0"


def _is_raised_number(node: Node) -> bool:
    """A reference number above the line: “reported¹²”, which no reader takes for a word."""
    if node.tag != "sup":
        return False
    inside = [part for part in node.parts if not isinstance(part, str)]
    return bool(inside) and all(
        part.tag == "xref" and part.get("ref-type") == "bibr" for part in inside
    )
