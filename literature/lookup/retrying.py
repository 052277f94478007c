"""How long to wait before a question is asked once more."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_FIRST = 0.5
_LONGEST = 30.0
_LONGEST_SAID = 24 * 3600.0


def back_off(attempt: int) -> float:
    """Seconds after the failed `attempt` (from 1): doubled each time, and a little by chance, so
    that many who failed together do not come back together."""
    return min(_LONGEST, _FIRST * 2.0 ** (attempt - 1)) * random.uniform(0.5, 1.5)


def retry_after(header: str) -> float | None:
    """The seconds that a `Retry-After` header says (RFC 9110: a number, or a date), a day at most;
    None where it says nothing that can be read."""
    header = header.strip()
    if header.isascii() and header.isdecimal() and len(header) < 10:
        return min(float(header), _LONGEST_SAID)
    try:
        at = parsedate_to_datetime(header)
    except (ValueError, TypeError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max(0.0, (at - datetime.now(UTC)).total_seconds()), _LONGEST_SAID)
