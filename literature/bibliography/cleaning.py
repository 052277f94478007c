"""What pandoc wrote → entries with text and a few harmless tags. Nothing else gets through."""

from __future__ import annotations

import re
from collections.abc import Iterator

import nh3
from lxml import html

from literature.bibliography.model import Entry
from literature.bibliography.records import APOSTROPHE

TAGS = {"i", "b", "em", "strong", "sub", "sup", "span"}
SMALL_CAPS = "smallcaps"
_SPACE = re.compile(r"\s+")


def entries_of(output: str, *, section: str = "") -> Iterator[Entry]:
    """The entries of one section of `output`, the whole of it without one, in its order.

    Their ids are `ref-r0`, `ref-r1`, …: places among the records given.
    """
    if not output.strip():
        return
    root = html.fragment_fromstring(f"<div>{output}</div>")
    scope = root.find(f".//div[@id='terms-{section}']") if section else root
    found = [] if scope is None else scope.findall(".//div[@class='csl-entry']")
    for element in found:
        label = element.find(".//div[@class='csl-left-margin']")
        text = "" if label is None else _clean(_inside(label))
        parent = None if label is None else label.getparent()
        if label is not None and parent is not None:
            parent.remove(label)
        place = int(str(element.get("id")).removeprefix("ref-r"))
        yield Entry(place, _as_text(text), _clean(_inside(element)))


def _inside(element: html.HtmlElement) -> str:
    """What is inside, in one line: divs of the style's layout become spaces."""
    for part in list(element.iter()):
        if part.tag == "div" and part is not element:
            part.tail = f" {part.tail or ''}"
        if part.tag == "span" and part.get("class") != SMALL_CAPS:
            part.tag = "u"  # not among the tags that stay, and its text does
    inner = str(html.tostring(element, encoding="unicode", with_tail=False))
    return inner[inner.index(">") + 1 : inner.rindex("<")]


def _clean(inner: str) -> str:
    clean = nh3.clean(
        inner,
        tags=TAGS,
        clean_content_tags={"script", "style"},
        attributes={"span": {"class"}},
        attribute_filter=lambda tag, name, value: value if value == SMALL_CAPS else None,
        link_rel=None,
        url_schemes=set(),
    )
    return _SPACE.sub(" ", clean).strip().replace(APOSTROPHE, "’")


def _as_text(clean: str) -> str:
    return " ".join(str(html.fragment_fromstring(f"<div>{clean}</div>").text_content()).split())
