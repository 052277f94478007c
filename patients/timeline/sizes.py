"""Lengths of the figure, by medium: CSS pixels on screen, points in print."""

from __future__ import annotations

from dataclasses import dataclass

from patients.timeline.options import Medium


@dataclass(frozen=True, slots=True)
class Sizes:
    font: float
    small: float
    """Superscripts."""
    line: float
    """From one line of text to the next."""
    marker: float
    """Across a marker."""
    bar: float
    """The height of a bar."""
    step: float
    """The wished distance of two times that differ, where the axis is not to scale."""
    least_step: float
    """The least distance of two times that differ."""
    pad: float
    """Between a break and what stands next to it."""
    break_width: float
    cluster: float
    """The least room between two breaks, so that labels fit."""
    soft_low: float
    soft_high: float
    """The width of a block of which only the year or so is known."""
    gutter: float
    """The column of lane names; 0 puts each name above its lane."""
    gap: float
    """Between rows, and between a marker and its label."""
    track: float
    """The height of a measurement's curve."""


SCREEN = Sizes(
    font=13, small=10, line=17, marker=12, bar=18, step=30, least_step=6, pad=16, break_width=38,
    cluster=190, soft_low=110, soft_high=220, gutter=112, gap=6, track=52,
)  # fmt: skip
PRINT = Sizes(
    font=7, small=6, line=9, marker=6.6, bar=8.6, step=15, least_step=4.5, pad=9, break_width=20,
    cluster=95, soft_low=55, soft_high=110, gutter=60, gap=3.2, track=28,
)  # fmt: skip
NARROW = 0.62
"""Below this many gutters times ten, lane names stand above their lanes."""


def sizes_for(medium: Medium) -> Sizes:
    return PRINT if medium is Medium.PRINT else SCREEN
