"""The shape of an image in the case document: what is told of it, never where it is stored."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImageData:
    """A picture on a finding, and a small one of it; the addresses end in `id.ending` and
    `id-small.ending`. Sizes are in pixels."""

    id: str
    case: str
    finding: str
    caption: str
    credit: str
    ending: str
    """`png` or `jpg`."""
    width: int
    height: int
    small_width: int
    small_height: int
    removed: bool = False
    """Destroyed for somebody's privacy, from every version: there is nothing to show any more, and
    what was said of it went too."""
