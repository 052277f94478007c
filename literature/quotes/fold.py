"""Texts folded: what two printings of the same words may differ in is taken away.

- Unicode forms: NFKC, which also undoes ligatures, full-width letters and raised figures; letters
  without case; characters that are not seen, such as soft hyphens, are dropped.
- White space: any run is one space between words. It is dropped beside other signs, between a
  figure and its unit (30mm), and beside Chinese, Japanese and Korean letters.
- Dashes of every kind, with the white space around them: dropped, so that a word broken at the end
  of a line is whole again, except before a digit. There they are one hyphen, so that 12–15 stays a
  range and -5 keeps its sign.
- Quotation marks, apostrophes and primes of every kind: one apostrophe.

No letter and no digit is ever dropped: a changed word or figure stays a changed one.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass

CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3100-\u312f\u31a0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
DASHES = (
    "-\u058a\u05be\u2010-\u2015\u207b\u208b\u2212\u2e3a\u2e3b\u2e40\ufe31\ufe32\ufe58\ufe63\uff0d"
)
QUOTES = (
    "'\"`\u00b4\u00ab\u00bb\u02b9-\u02bf\u02dd\u02ee\u2018-\u201f\u2032-\u2037\u2039\u203a\u2057"
    "\u300c-\u300f\u301d-\u301f\ufe41-\ufe44\uff02\uff07\uff40\uff62\uff63"
)
UNSEEN = (
    "\u0000-\u0008\u000e-\u001b\u007f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\U000e0000-\U000e0fff"
)
_MARKS = (
    "\u0300-\u034e\u0350-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a"
    "\ufe20-\ufe2f\uff9e\uff9f"
)
"""What is written over or under the letter before it."""
_JAMO = "[\u1100-\u115e][\u1161-\u11a7][\u11a8-\u11ff]?"

_TOKEN = re.compile(
    f"(?P<word>[A-Za-z0-9]+(?![{_MARKS}]))|(?P<space>\\s+)"
    f"|(?P<unseen>\u00ad+[ \\t]*[\\r\\n]\\s*|[{UNSEEN}]+)"
    "|(?P<same>[\u3001\u3002\u3400-\u4dbf\u4e00-\u9fff]+)"
    f"|(?P<dash>[{DASHES}]+)|(?P<quote>[{QUOTES}]+)|(?P<sign>[!-/:-@[-`{{-~](?![{_MARKS}]))"
    f"|(?P<other>{_JAMO}|[\\s\\S][{_MARKS}]*)"
)
_CJK = re.compile(f"[{CJK}]")
_DASH = re.compile(f"[{DASHES}]")
_QUOTE = re.compile(f"[{QUOTES}]")
_UNSEEN = re.compile(f"[{UNSEEN}]")
_INSIDE_NUMBERS = ".,:;"


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, and where its characters come from.

    From `starts[n]` on, the characters of `text` come one by one from the original at `origins[n]`
    on, or, where fewer stand there, all from that place.
    """

    text: str
    starts: array[int]
    origins: array[int]
    sizes: array[int]
    """How many characters of the original each piece takes."""

    def origin(self, index: int) -> int:
        """Where in the original the character at `index` begins."""
        piece = bisect_right(self.starts, index) - 1
        within = index - self.starts[piece]
        return self.origins[piece] + min(within, self.sizes[piece] - 1)

    def end(self, index: int) -> int:
        """Where in the original the character at `index` ends."""
        piece = bisect_right(self.starts, index) - 1
        within = index - self.starts[piece] + 1
        after = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        is_last = index + 1 == after
        return self.origins[piece] + (self.sizes[piece] if is_last else within)


def is_cjk(char: str) -> bool:
    """Whether `char` is written without spaces between words."""
    return _CJK.match(char) is not None


def fold(text: str) -> Folded:
    """`text` folded, in linear time."""
    return _Folding().of(text)


def folded(text: str) -> str:
    """The words of `text` alone, as they are stored and compared."""
    return fold(text).text


class _Folding:
    """Writes the pieces one after the other; a gap waits until it is known what follows."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.length = 0
        self.starts, self.origins, self.sizes = array("L"), array("L"), array("L")
        self.last, self.before_last = "", ""
        self.spaced = self.dashed = False
        self.space_at = self.dash_at = 0

    def of(self, text: str) -> Folded:
        for token in _TOKEN.finditer(text):
            kind, at = token.lastgroup, token.start()
            match kind:
                case "word":
                    self._emit(token.group().lower(), at, token.end() - at)
                case "space":
                    self._space(token.end() - 1)
                case "dash":
                    self._dash(at)
                case "quote":
                    self._quote(at)
                case "sign" | "same":
                    self._emit(token.group(), at, token.end() - at)
                case "other":
                    self._other(token.group(), at)
        return Folded("".join(self.out), self.starts, self.origins, self.sizes)

    def _space(self, at: int) -> None:
        self.spaced, self.space_at = True, at

    def _dash(self, at: int) -> None:
        if not self.dashed:
            self.dashed, self.dash_at = True, at

    def _quote(self, at: int) -> None:
        if self.last != "'":
            self._emit("'", at, 1)

    def _other(self, cluster: str, at: int) -> None:
        """Anything beyond ASCII, a letter with its marks at a time."""
        whole = unicodedata.normalize("NFKC", cluster).casefold()
        if whole[:1] == " ":  # a mark that stands by itself, such as ¨
            return
        for char in unicodedata.normalize("NFKC", whole):
            if char.isspace():
                self._space(at)
            elif _DASH.match(char):
                self._dash(at)
            elif _QUOTE.match(char):
                self._quote(at)
            elif not _UNSEEN.match(char):
                self._emit(char, at, len(cluster))

    def _emit(self, piece: str, at: int, size: int) -> None:
        if self.dashed:
            if piece[0].isdigit():
                self._write("-", self.dash_at, 1)
        elif self.spaced and self.last and self._is_space_kept(piece[0]):
            self._write(" ", self.space_at, 1)
        self.spaced = self.dashed = False
        self._write(piece, at, size)

    def _is_space_kept(self, following: str) -> bool:
        last = self.last
        if last.isalnum() and following.isalnum():
            before_unit = last.isdigit() and not following.isdigit()
            return not (before_unit or is_cjk(last) or is_cjk(following))
        # "1, 2" is a list, and "1,2" may be a number.
        return last in _INSIDE_NUMBERS and following.isdigit() and self.before_last.isdigit()

    def _write(self, piece: str, at: int, size: int) -> None:
        self.starts.append(self.length)
        self.origins.append(at)
        self.sizes.append(size)
        self.out.append(piece)
        self.length += len(piece)
        self.before_last = piece[-2] if len(piece) > 1 else self.last
        self.last = piece[-1]
