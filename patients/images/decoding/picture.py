"""What reading gives: pixels alone, in greyscale or colour."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageChops

from patients.images.decoding.refused import PIXELS, Refused
from patients.images.limits import MAX_PIXELS, MAX_SIDE


@dataclass(slots=True)
class Picture:
    """`image` is of mode L or RGB."""

    image: Image.Image
    came_as: str
    says_burned_in: bool = False


def refuse_large(width: int, height: int) -> None:
    """Before any pixel is read. Raises Refused."""
    if width < 1 or height < 1:
        raise Refused("broken")
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise Refused(PIXELS, width, height)


def is_grey(image: Image.Image) -> bool:
    """Whether red, green and blue are the same in every pixel of an RGB image."""
    green = image.getchannel("G")
    return all(
        ImageChops.difference(image.getchannel(other), green).getbbox() is None
        for other in ("R", "B")
    )
