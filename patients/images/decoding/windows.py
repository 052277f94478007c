"""Measured values → brightness, as DICOM PS3.3 C.11.2.1 defines it."""

from __future__ import annotations

from typing import Any

import numpy

from patients.images.decoding.refused import BROKEN, VALUES, Refused


def windowed(values: Any, centre: float, width: float, function: str) -> Any:
    """`values` are numbers in any shape; gives whole numbers from 0 to 255 in the same shape.

    `function` is LINEAR (C.11.2.1.2.1), LINEAR_EXACT (C.11.2.1.3.2) or SIGMOID (C.11.2.1.3.1).
    Raises Refused.
    """
    if not (numpy.isfinite(centre) and numpy.isfinite(width)):
        raise Refused(BROKEN)
    match function:
        case "LINEAR":
            if width < 1:
                raise Refused(BROKEN)
            if width == 1:  # a step: C.11.2.1.2.1 leaves nothing in between
                part = numpy.where(values <= centre - 0.5, 0.0, 1.0)
            else:
                part = (values - (centre - 0.5)) / (width - 1) + 0.5
        case "LINEAR_EXACT":
            if width <= 0:
                raise Refused(BROKEN)
            part = (values - centre) / width + 0.5
        case "SIGMOID":
            if width <= 0:
                raise Refused(BROKEN)
            steep = numpy.clip(-4 * (values - centre) / width, -500, 500)
            part = 1 / (1 + numpy.exp(steep))
        case _:
            raise Refused(VALUES)
    return _bright(part)


def full_range(values: Any) -> Any:
    """The least value black and the greatest white; where all are the same, black."""
    lowest, highest = values.min(), values.max()
    if not (numpy.isfinite(lowest) and numpy.isfinite(highest)):
        raise Refused(BROKEN)
    if lowest == highest:
        return numpy.zeros(values.shape, numpy.uint8)
    return _bright((values - lowest) / (highest - lowest))


def _bright(part: Any) -> Any:
    return numpy.round(numpy.clip(part, 0, 1) * 255).astype(numpy.uint8)
