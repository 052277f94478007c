"""A record of XML as a small tree, and its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

_RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
_UNSEEN = frozenset({"xref", "fn", "tex-math", "sec-meta", "label-alternatives"})
"""What is printed beside a text, not in it."""


@dataclass(slots=True)
class Node:
    """An element: `tag` is its local name, `parts` its elements and texts in their order."""

    tag: str
    attributes: dict[str, str]
    parts: list[Node | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Node]:
        return (part for part in self.parts if isinstance(part, Node))

    def find(self, *path: str) -> Node | None:
        """The first element at the end of a path of child names."""
        node: Node | None = self
        for tag in path:
            if node is None:
                return None
            node = next((child for child in node if child.tag == tag), None)
        return node

    def all(self, *path: str) -> Iterator[Node]:
        """Every element at the end of a path of child names."""
        if not path:
            yield self
            return
        for child in self:
            if child.tag == path[0]:
                yield from child.all(*path[1:])

    def within(self, *tags: str) -> Iterator[Node]:
        """Every element below this one with one of these names, in their order."""
        for child in self:
            if child.tag in tags:
                yield child
            yield from child.within(*tags)

    def at(self, *path: str) -> str:
        """The text at the end of a path, or nothing."""
        node = self.find(*path)
        return text_of(node) if node else ""

    def get(self, attribute: str) -> str:
        """An attribute by its local name."""
        for name, value in self.attributes.items():
            if name.rpartition(":")[2] == attribute:
                return value
        return ""


def text_of(node: Node) -> str:
    """The text of an element on one line. Raised and lowered figures become the characters that
    mean the same (`10⁶`, `CO₂`), so that no meaning goes with the mark-up."""
    return " ".join(_text(node).split())


def _text(node: Node) -> str:
    text = "".join(
        part if isinstance(part, str) else "" if part.tag in _UNSEEN else _text(part)
        for part in node.parts
    )
    if node.tag == "sup":
        return raised(text)
    return lowered(text) if node.tag in ("sub", "inf") else text


def raised(text: str) -> str:
    return _translated(text, _RAISED)


def lowered(text: str) -> str:
    return _translated(text, _LOWERED)


def _translated(text: str, table: dict[int, int]) -> str:
    return text.translate(table) if all(ord(char) in table for char in text.strip()) else text
