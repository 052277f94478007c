"""Whether a text holds the words of a quote, and where. Pure: texts in, places out, no query."""

from literature.quotes.find import Found, Quote, find_quote
from literature.quotes.fold import Folded, fold, folded
from literature.quotes.nearest import Passage, nearest_passage

__all__ = [
    "Folded",
    "Found",
    "Passage",
    "Quote",
    "find_quote",
    "fold",
    "folded",
    "nearest_passage",
]
