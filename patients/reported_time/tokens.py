"""Text → tokens, and the one way in which rules look at them.

A token is an English word, a number, one Chinese character or one mark. Full-width forms count as
their plain ones, and letters as small ones. Every token knows its place in the text, so that the
words can be kept exactly as they were typed.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import lru_cache


class Kind(Enum):
    WORD = "word"
    NUMBER = "number"
    HAN = "one Chinese character"
    MARK = "mark"
    END = "end of the text"


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str
    begin: int
    end: int
    """Of the text: `text[begin:end]` is what was typed."""


DASHES = frozenset("-‐‑‒–—―−")
WAVES = frozenset("~～〜")
QUOTES = {"“": "”", '"': '"', "「": "」", "『": "』", "«": "»", "„": "“", "‘": "’"}
APOSTROPHES = frozenset("'’‘")
SEPARATORS = frozenset(",;.。、；，:()[]")
_END = Token(Kind.END, "", 0, 0)


@lru_cache(maxsize=4096)
def plain(character: str) -> str:
    """A character as it is compared: full-width as plain, small, without accent; `½` as `1/2`."""
    if character in DASHES:
        return "-"
    if character in WAVES:
        return "~"
    folded = unicodedata.normalize("NFKD", character).replace("\u2044", "/").casefold()
    return "".join(part for part in folded if not unicodedata.combining(part)) or character


def is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or character == "〇"


def tokenize(text: str) -> tuple[Token, ...]:
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        token = _token_at(text, at)
        at = token.end
        if token.text and not _joins_letters(token, text):
            tokens.append(token)
    return tuple(tokens)


def _token_at(text: str, at: int) -> Token:
    character = text[at]
    folded = plain(character)
    if character.isspace():
        return Token(Kind.MARK, "", at, at + 1)
    if is_han(character):
        return Token(Kind.HAN, character, at, at + 1)
    if _is_broken_number(folded):
        return Token(Kind.NUMBER, folded, at, at + 1)
    if _figure_at(text, at):
        return _number_at(text, at)
    if folded.isalpha():
        return _word_at(text, at)
    return Token(Kind.MARK, folded, at, at + 1)


def _number_at(text: str, at: int) -> Token:
    """`12`, `2.5`. Each figure is one character, so a number is as long as its figures."""
    end, parts = at, [""]
    while end < len(text):
        folded = plain(text[end])
        if _figure_at(text, end):
            parts[-1] += folded
        elif folded == "." and parts[-1] and _figure_at(text, end + 1):
            parts.append("")
        else:
            break
        end += 1
    if len(parts) == 2 and 4 not in map(len, parts):
        return Token(Kind.NUMBER, ".".join(parts), at, end)
    return Token(Kind.NUMBER, parts[0], at, at + len(parts[0]))  # parts of a date: 12.6.2020


def _figure_at(text: str, at: int) -> bool:
    """True for 0 to 9, full-width too. A figure set small or in a circle is a note, no number."""
    return at < len(text) and text[at].isdecimal() and plain(text[at]).isascii()


def _is_broken_number(folded: str) -> bool:
    """`1/2`, of `½`."""
    above, _, below = folded.partition("/")
    return above.isdecimal() and below.isdecimal() and below.strip("0") != ""


def _word_at(text: str, at: int) -> Token:
    """A run of letters. Abbreviations lose their points: `b.i.d.` is `bid`."""
    end, letters = at, ""
    while end < len(text) and (plain(text[end]).isalpha() and not is_han(text[end])):
        letters += plain(text[end])
        end += 1
        if end < len(text) and text[end] in APOSTROPHES and _letter_at(text, end + 1):
            end += 1
    if len(letters) == 1:
        while end + 1 < len(text) and text[end] == "." and _lone_letter_at(text, end + 1):
            letters += plain(text[end + 1])
            end += 2
        if len(letters) > 1 and end < len(text) and text[end] == ".":
            end += 1
    return Token(Kind.WORD, letters, at, end)


def _letter_at(text: str, at: int) -> bool:
    return at < len(text) and plain(text[at]).isalpha() and not is_han(text[at])


def _lone_letter_at(text: str, at: int) -> bool:
    return _letter_at(text, at) and not _letter_at(text, at + 1)


def _joins_letters(token: Token, text: str) -> bool:
    """A hyphen between letters, or an apostrophe, says nothing: `follow-up`, `weeks'`."""
    if text[token.begin] in APOSTROPHES:
        return True
    if token.text != "-" or token.begin == 0:
        return False
    return _letter_at(text, token.begin - 1) and _letter_at(text, token.end)


@lru_cache(maxsize=4096)
def key_of(text: str) -> tuple[str, ...]:
    """What two wordings have in common that differ in case, marks, articles or spelling alone."""
    return tuple(stem(token) for token in tokenize(text) if counts(token))


def counts(token: Token) -> bool:
    """True for a token that carries meaning when names are compared."""
    return token.kind is not Kind.MARK and token.text not in ("the", "a", "an")


def stem(token: Token) -> str:
    """`embolizations` and `embolisation`, `tumors` and `tumour`, `anemia` and `anaemia` are one."""
    word = token.text
    if token.kind is not Kind.WORD:
        return word
    for american, british in (("iz", "is"), ("ae", "e"), ("oe", "e"), ("our", "or")):
        word = word.replace(american, british)
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


@lru_cache(maxsize=1024)
def _parts(phrase: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokenize(phrase))


@dataclass(frozen=True, slots=True)
class Typed:
    """The text under reading. Rules ask for what stands at a place and get the place behind it."""

    text: str
    tokens: tuple[Token, ...]

    def __len__(self) -> int:
        return len(self.tokens)

    def at(self, place: int) -> Token:
        return self.tokens[place] if 0 <= place < len(self.tokens) else _END

    def is_mark(self, place: int, marks: str) -> bool:
        token = self.at(place)
        return token.kind is Kind.MARK and token.text in marks

    def is_separator(self, place: int) -> bool:
        token = self.at(place)
        return token.kind is Kind.MARK and token.text in SEPARATORS

    def after(self, place: int, *phrases: str) -> int | None:
        """The place behind the longest of `phrases` that stands at `place`."""
        ends = [end for phrase in phrases if (end := self._behind(place, phrase)) is not None]
        return max(ends, default=None)

    def skip(self, place: int, *phrases: str) -> int:
        """`place`, or the place behind one of `phrases`."""
        end = self.after(place, *phrases)
        return place if end is None else end

    def _behind(self, place: int, phrase: str) -> int | None:
        for part in _parts(phrase):
            if self.at(place).text != part:
                return None
            place += 1
        return place

    def words(self, begin: int, end: int) -> str:
        """What was typed from token `begin` up to token `end`, as it was typed."""
        if begin >= end or begin >= len(self.tokens):
            return ""
        return self.text[self.tokens[begin].begin : self.tokens[end - 1].end]

    def touches(self, place: int) -> bool:
        """True where no space lies between the token at `place` and the one before it."""
        return place > 0 and self.at(place - 1).end == self.at(place).begin

    def replaced(self, begin: int, end: int, words: str) -> str:
        """The whole text with tokens `begin` up to `end` put in other words."""
        first = self.at(begin).begin if begin < len(self.tokens) else len(self.text)
        last = self.tokens[end - 1].end if end > begin else first
        whole = f"{self.text[:first]}{words}{self.text[last:]}"
        whole = whole.replace(", ,", ",").replace("，，", "，").replace("()", "")
        return whole.rstrip(" ,;，；([").lstrip(" ,;.，；。)]")


def fraction(token: Token) -> Fraction | None:
    """The number of a number token."""
    return Fraction(token.text) if token.kind is Kind.NUMBER else None
