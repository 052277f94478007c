"""The files of images: a large and a small one each, in a folder that is this process's alone.

Nothing is ever served from here by its path: `patients.image_views` asks who may see it first.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from patients.images.model import Decoded

PRIVATE: Final = 0o700
SMALL: Final = "-small"
YOUNG: Final = 3600
"""Seconds: a file younger than this may be of a row that is being written just now."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file on the disk that belongs to the image `name`."""

    name: str
    path: Path
    age: float
    """Seconds since it was written."""


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "images"


def path_of(name: str, ending: str, *, small: bool = False) -> Path:
    """`name` is the random one of an ImageFile."""
    return folder() / name[:2] / f"{name}{SMALL if small else ''}.{ending}"


def keep(made: Decoded) -> str:
    """Writes both images; returns their name. Where one cannot be written, none stays."""
    name = secrets.token_hex(16)
    parts = ((made.large, False), (made.small, True))
    try:
        for data, small in parts:
            path = path_of(name, made.ending, small=small)
            path.parent.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
            _write(path, data)
    except BaseException:
        throw_away(name)
        raise
    return name


def throw_away(name: str) -> None:
    """Removes both images, as far as they are there."""
    for path in (folder() / name[:2]).glob(f"{name}*"):
        path.unlink(missing_ok=True)


def throw_away_all(names: Iterable[str]) -> None:
    for name in names:
        throw_away(name)


def all_kept() -> Iterator[Kept]:
    """Every file there is, in no order."""
    now = time.time()
    for path in folder().glob("??/*"):
        with contextlib.suppress(FileNotFoundError):  # thrown away meanwhile
            name = path.name.partition(".")[0].removesuffix(SMALL)
            yield Kept(name, path, now - path.stat().st_mtime)


def make_ready() -> None:
    """Makes the folder, closed to everybody else. Raises ImproperlyConfigured where that cannot be
    done, or nothing can be written to it."""
    place = folder()
    try:
        place.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        if stat.S_IMODE(place.stat().st_mode) != PRIVATE:
            place.chmod(PRIVATE)
        probe = place / f".probe-{secrets.token_hex(4)}"
        _write(probe, b"")
        probe.unlink()
    except OSError as error:
        raise ImproperlyConfigured(
            f"Images cannot be kept in {place}: {error.strerror}. Set CASEBASE_MEDIA to a folder "
            "that belongs to the user who runs the web process."
        ) from error


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
