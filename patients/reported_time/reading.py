"""Words → an entry, or a question. Nothing is guessed, and nothing typed raises an error."""

from __future__ import annotations

import unicodedata

from patients.reported_time.asking import Asking
from patients.reported_time.clauses import parts_of
from patients.reported_time.entries import entry_of
from patients.reported_time.model import Context, Entry, Question
from patients.reported_time.tokens import Typed, tokenize

LONGEST = 200
_MOST_SUGGESTED = 6
_READABLE = frozenset(
    ("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf",
     "Po", "Sm", "Sc", "Sk", "Zs")
)  # fmt: skip
"""General categories of Unicode: letters, marks, figures, punctuation, signs, spaces."""


def read(text: str, context: Context) -> Entry | Question:
    """What `text` says of the time of the event that `context` surrounds."""
    try:
        return understood(text, context)
    except Asking as asked:
        fragment = asked.fragment or " ".join(text.split())[:LONGEST]
        return Question(asked.reason, fragment, _readable(asked.instead, text, context))


def understood(text: str, context: Context) -> Entry:
    """As `read`, but raises Asking with the question."""
    words = " ".join(text.split())
    _refuse_what_is_no_wording(text, words)
    typed = Typed(words, tokenize(words))
    if not len(typed):
        raise Asking("Nothing is told here. Leave it empty, or say “not reported”.", words,
                     ("not reported",))  # fmt: skip
    return entry_of(parts_of(typed, context), typed, context)


def _refuse_what_is_no_wording(text: str, words: str) -> None:
    if len(text) > LONGEST:
        raise Asking(
            f"This is {len(text)} characters long; a time has at most {LONGEST}. Put what else is "
            "told into the details.",
            words[:60].strip(),
        )
    for character in words:
        if unicodedata.category(character) not in _READABLE:
            name = unicodedata.name(character, f"character U+{ord(character):04X}").lower()
            rest = "".join(c for c in words if unicodedata.category(c) in _READABLE)
            raise Asking(f"This holds a sign that no wording of time has: {name}.", "", (rest,))


def _readable(instead: tuple[str, ...], text: str, context: Context) -> tuple[str, ...]:
    """Those that would be understood, each once."""
    offered: list[str] = []
    for words in dict.fromkeys(" ".join(words.split()) for words in instead[:12]):
        if words and words != text and len(offered) < _MOST_SUGGESTED:
            try:
                understood(words, context)
            except Asking:
                continue
            offered.append(words)
    return tuple(offered)
