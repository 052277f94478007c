"""JATS: articles by their front; where a front is missing, the items of the reference lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from literature.importers.blocks import numbered
from literature.importers.draft import broken_entry
from literature.importers.jats_article import article_draft
from literature.importers.jats_citation import citation_draft
from literature.importers.model import Entry
from literature.importers.xml_head import elements_in, first_element
from literature.importers.xml_node import Node
from literature.importers.xml_stream import Piece, pieces

ROOTS = {"article", "pmc-articleset", "ref-list", "back", "front", "ref", "collection"}
RECORDS = frozenset({"front", "ref"})
UNREAD = frozenset({"body", "floats-group", "sub-article", "response", "aff", "kwd-group"})
_NUMBER = re.compile(r"\W{0,3}(\d{1,6})\W{0,3}")


class Jats:
    name = "jats"
    label = "JATS XML"

    def recognises(self, head: bytes) -> float:
        root = first_element(head)
        if not root:
            return 0.0
        seen = elements_in(head)
        if root in ROOTS and seen & {"article-meta", "front", "ref", "journal-meta", "body"}:
            return 0.97
        return 0.7 if {"article", "article-meta"} <= seen else 0.0

    def read(self, source: BinaryIO) -> Iterator[Entry]:
        return numbered(self._entries(source))

    def _entries(self, source: BinaryIO) -> Iterator[Entry]:
        told: dict[str, str] | None = None  # the article whose front was read
        for piece in pieces(source, RECORDS, UNREAD):
            article = next((found for tag, found in reversed(piece.around) if tag == "article"), {})
            if piece.node is None:
                yield broken_entry(0, piece.line, piece.original, piece.reason)
            elif piece.node.tag == "front":
                told = article if piece.around else None
                yield _article_entry(piece, piece.node, article)
            elif told is None or told is not article:
                yield _listed_entry(piece, piece.node)


def _article_entry(piece: Piece, front: Node, article: dict[str, str]) -> Entry:
    return article_draft(front, article).entry(0, piece.line, piece.original)


def _listed_entry(piece: Piece, ref: Node) -> Entry:
    entry = citation_draft(ref).entry(0, piece.line, piece.original)
    printed = _NUMBER.fullmatch(ref.at("label"))
    return replace(entry, number=int(printed.group(1))) if printed else entry
