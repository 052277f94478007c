"""Spellings that are one word: accents and case, full width, British and American. Pure.

Text that is indexed and words that are asked for go through the same functions, so the two meet.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

MAX_WORD: Final = 60
"""Characters of a word that count: longer ones are no words of a language."""

_LETTERS: Final = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
    "µ": "u", "μ": "u",
}  # fmt: skip
"""Letters that Unicode does not take apart."""

AMERICAN: Final = (
    (r"aemi", r"emi"),  # anaemia, ischaemia
    (r"haem", r"hem"),
    (r"paed", r"ped"),
    (r"gynae", r"gyne"),
    (r"oede", r"ede"),
    (r"oesoph", r"esoph"),
    (r"oestr", r"estr"),
    (r"foet", r"fet"),
    (r"rrhoea", r"rrhea"),
    (r"caec", r"cec"),
    (r"anaesth", r"anesth"),
    (r"leuco", r"leuko"),
    (r"(tum|hum|col|behavi|fav)our", r"\1or"),
    (r"(fib|cent|lit|met)re(s?)$", r"\1er\2"),
    (r"logue(s?)$", r"log\1"),
    (r"sulph", r"sulf"),
    (r"is(ation|ations)$", r"iz\1"),
    (r"((ol|al|er|il|im|or|at|an|ar|ag|et|iv)i)s(e|ed|es|er|ers|ing)$", r"\1z\3"),
)
"""British spelling and what it becomes, within a word; `$` is the end of a word. The library's
function in the database, `literature_search_vector`, has the same: a test compares the two."""
_AMERICAN: Final = tuple((re.compile(pattern), into) for pattern, into in AMERICAN)


@lru_cache(maxsize=8192)
def folded_character(character: str) -> str:
    """What a character counts as: `É` is `e`, a wide `Ａ` is `a`, `ß` is `ss`; a lone accent is
    nothing."""
    low = unicodedata.normalize("NFKD", character).lower()
    plain = "".join(each for each in low if not unicodedata.combining(each))
    return "".join(_LETTERS.get(each, each) for each in plain)


@lru_cache(maxsize=65536)
def folded_word(word: str) -> str:
    """`embolisation` is `embolization`, `tumour` is `tumor`. `word` has its letters folded."""
    for pattern, into in _AMERICAN:
        word = pattern.sub(into, word)
    return word


def is_chinese(character: str) -> bool:
    """Whether a character is of a script without spaces: Han, or Japanese kana."""
    code = ord(character)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x3040 <= code <= 0x30FF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x3FFFF
    )
