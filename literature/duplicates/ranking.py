"""Which matches are shown, and in which order."""

from __future__ import annotations

from collections.abc import Iterable

from literature.duplicates.model import Likeness, Match

ORDER = list(Likeness)
MAX_MATCHES = 10


def best_first(matches: Iterable[Match]) -> list[Match]:
    """Certain before probable before related; what differs is left out."""
    alike = [match for match in matches if match.comparison.likeness is not Likeness.DIFFERENT]
    alike.sort(key=lambda match: (ORDER.index(match.comparison.likeness),
                                  match.reference_id or 0, match.position or 0))  # fmt: skip
    return alike[:MAX_MATCHES]
