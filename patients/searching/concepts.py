"""A term as a word of the index, so that its names in any language find what is coded with it."""

from __future__ import annotations

import hashlib


def concept(slug: str) -> str:
    """A word that stands in no text. The same for ever: it is in the index."""
    return "qz" + hashlib.md5(slug.encode(), usedforsecurity=False).hexdigest()[:12]
