"""Persons and groups as JATS tags them, in articles and in their reference lists."""

from __future__ import annotations

from literature.importers.names import group, parse_name, person
from literature.importers.xml_node import Node, text_of

NAMES = ("name", "string-name", "collab", "institution", "on-behalf-of")


def name_of(node: Node) -> dict[str, str]:
    """The name in a `name`, a `string-name` or a `collab`; empty where it holds none."""
    if node.tag in ("name", "string-name"):
        family, given = node.at("surname"), node.at("given-names")
        if family:
            return person(family, given, node.at("suffix"))
        words = given or text_of(node)
        return parse_name(words) if words else {}
    # The members of a group are listed inside it and are not authors of their own.
    own = Node(node.tag, {}, [part for part in node.parts if not _is_members(part)])
    words = text_of(own)
    return group(words) if words else {}


def _is_members(part: Node | str) -> bool:
    return isinstance(part, Node) and part.tag in ("contrib-group", "contrib", "address", "email")
