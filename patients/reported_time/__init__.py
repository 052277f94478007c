"""Reported time in words: read as papers write it, and worded again. Pure: no query, no clock.

`read` takes a line apart clause by clause (`clauses`): a start, an end or a duration, how often.
Each family of wordings has a module of its own, made of small rules that look at the tokens at one
place and answer with what they read and the place behind it. What a rule finds unclear it asks
about (`asking`); nothing is guessed. `entries` puts the parts together and refuses contradictions.

The rules that turn words into days stand where they are applied: weeks, months and years in
`units`, calendar years in `calendar_years`, dates in `calendar_dates`, ages in `ages`, numbered
days and weeks in `numbered`, which event is meant in `matching` and `references`, what counts from
the event told before in `anchored`, how often in `frequencies`, how long in `spans`.
"""

from patients.reported_time.model import (
    Context,
    Duration,
    Entry,
    Frequency,
    KnownEvent,
    Question,
)
from patients.reported_time.reading import read
from patients.reported_time.wording import words

__all__ = [
    "Context",
    "Duration",
    "Entry",
    "Frequency",
    "KnownEvent",
    "Question",
    "read",
    "words",
]
