"""The operation that "postoperative", "POD" and 术后 count from."""

from __future__ import annotations

from patients.reported_time.asking import Asking
from patients.reported_time.matching import fitting
from patients.reported_time.model import Context
from patients.reported_time.references import apart
from patients.reported_time.tokens import Typed


def operation(typed: Typed, begin: int, end: int, context: Context, offered: str) -> str:
    """The id of the one operation of the case, or where there is none of the one intervention.

    `offered` says the same of a named event, `day 7 after {}`, to choose from where several fit.
    """
    words = typed.words(begin, end)
    for word in ("surgery", "procedure"):
        events = apart(fitting(word, context))
        if len(events) == 1:
            return events[0].id
        if events:
            labels = ", ".join(f"“{event.label}”" for event in events[:3])
            named = [offered.format(f"“{event.label}”") for event in events[:3]]
            raise Asking(
                f"“{words}” may be counted from {len(events)} events: {labels}. Which?",
                words,
                tuple(typed.replaced(begin, end, name) for name in named),
            )
    named = [offered.format(f"“{event.label}”") for event in context.events[:3]]
    raise Asking(
        f"No event of this case is an operation that “{words}” could be counted from.",
        words,
        tuple(typed.replaced(begin, end, name) for name in named),
    )
