"""Good inputs, damaged at random by a seed."""

from __future__ import annotations

import random
from collections.abc import Sequence

MARKS = [
    b"\0", b"\xff", b"\xed\xa0\x80", b"{", b"}", b'"', b"<", b">", b"&", b"&x;", b"]]>", b"<!--",
    b"\n\n", b"\r", b"TY  - ", b"ER  - ", b"PMID- ", b"@article{", b"#", b"\\", b"$", b"[", b"]",
    b"%", b" and ", b"<PubmedArticle>", b"</record>", b"<ref>", b"1-", b"9" * 30, b"\xe2\x80\xae",
    b"<!DOCTYPE a [", b"<!ENTITY a 'b'>", b"crossref=", b"@string{a=a#a}", b"\\begin{a}", b"10.",
    b"null", b"-1", b"1e400", b"\\u0000", b"\\ud800", b",", b":", b"[]", b"{}", b"\xe2\x80\x8b",
]  # fmt: skip


def damaged(raw: bytes, others: Sequence[bytes], dice: random.Random) -> bytes:
    """`raw`, changed in one to three ways; pieces of `others` may be put into it."""
    held = bytearray(raw)
    for _ in range(dice.randint(1, 3)):
        if held:
            way = dice.choice(("flip", "cut", "end", "double", "splice", "mark"))
            _damage(held, way, others, dice)
    return bytes(held)


def _damage(held: bytearray, way: str, others: Sequence[bytes], dice: random.Random) -> None:
    start, end = _piece(held, dice)
    match way:
        case "flip":
            for _ in range(dice.randint(1, 8)):
                held[dice.randrange(len(held))] = dice.randrange(256)
        case "cut":
            del held[start:end]
        case "end":
            del held[start:]
        case "double":
            held[end:end] = held[start:end] * dice.randint(1, 3)
        case "splice":
            other = dice.choice(others)
            first, last = _piece(other, dice)
            held[start:start] = other[first:last]
        case "mark":
            for _ in range(dice.randint(1, 6)):
                at = dice.randrange(len(held) + 1)
                held[at:at] = dice.choice(MARKS) * dice.choice([1, 1, 1, 2, 40])


def _piece(held: bytes | bytearray, dice: random.Random) -> tuple[int, int]:
    first, last = sorted(dice.randrange(len(held) + 1) for _ in range(2))
    return first, last
