"""A bibliography as plain text, HTML, Markdown and DOCX."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from literature.bibliography.model import Bibliography, Entry
from literature.bibliography.pandoc import to_docx

_MARKDOWN = {"i": "*", "em": "*", "b": "**", "strong": "**", "sup": "^", "sub": "~"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|^~$!&@])")
_LIST = re.compile(r"^(\d+)([.)])|^([-+=:])")


class _Rewritten(HTMLParser):
    """Text and tags, each put through a function."""

    def __init__(self, text: Callable[[str], str], tags: dict[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self._text, self._tags = text, tags
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(self._text(data))

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.parts.append(self._tags.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(self._tags.get(tag, ""))


def _rewritten(html: str, text: Callable[[str], str], tags: dict[str, str]) -> str:
    reader = _Rewritten(text, tags)
    reader.feed(html)
    reader.close()
    return "".join(reader.parts)


def entry_text(entry: Entry) -> str:
    """One entry in a line, with its number."""
    text = _rewritten(entry.html, lambda data: data, {})
    return f"{entry.label} {text}".strip()


def entry_markdown(entry: Entry) -> str:
    """Signs that Markdown gives a meaning are escaped; raised and lowered text is pandoc's."""
    text = _rewritten(entry.html, lambda data: _SPECIAL.sub(r"\\\1", data), _MARKDOWN)
    label = _SPECIAL.sub(r"\\\1", entry.label)
    return _LIST.sub(_no_list, f"{label} {text}".strip())


def _no_list(found: re.Match[str]) -> str:
    """A number at the start would make a list, which counts by itself."""
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}"


def as_text(made: Bibliography) -> bytes:
    return "".join(f"{entry_text(entry)}\n" for entry in made.entries).encode()


def as_markdown(made: Bibliography) -> bytes:
    return "\n".join(f"{entry_markdown(entry)}\n" for entry in made.entries).encode()


def _paragraphs(made: Bibliography) -> str:
    return "\n".join(
        f"<p>{escape(entry.label)} {entry.html}</p>" if entry.label else f"<p>{entry.html}</p>"
        for entry in made.entries
    )


def as_html(made: Bibliography) -> bytes:
    """A page that stands alone, without style sheet or script."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>References, {escape(made.title)}</title>\n</head>\n<body>\n"
        f"<h1>References</h1>\n{_paragraphs(made)}\n</body>\n</html>\n"
    ).encode()


def as_docx(made: Bibliography) -> bytes:
    """Raises BibliographyError and BusyError."""
    body = _paragraphs(made).replace(
        '<span class="smallcaps">', '<span style="font-variant: small-caps">'
    )
    return to_docx(f"<h1>References</h1>\n<div custom-style='Bibliography'>\n{body}\n</div>\n")


@dataclass(frozen=True, slots=True)
class FileFormat:
    name: str
    label: str
    content_type: str
    extension: str
    write: Callable[[Bibliography], bytes]


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES: dict[str, FileFormat] = {
    row.name: row
    for row in (
        FileFormat("text", "Plain text", "text/plain; charset=utf-8", "txt", as_text),
        FileFormat("html", "HTML", "text/html; charset=utf-8", "html", as_html),
        FileFormat("markdown", "Markdown", "text/markdown; charset=utf-8", "md", as_markdown),
        FileFormat("docx", "Word (DOCX)", DOCX, "docx", as_docx),
    )
}
