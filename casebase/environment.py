"""Settings as text from the environment. What cannot be read is refused by name."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str) -> str:
    return os.environ.get(name, "").strip()


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name).lower()
    if value not in ("", "0", "1", "false", "true"):
        raise ImproperlyConfigured(f"Set {name} to 1 or 0, or leave it out; it is {value!r}.")
    return value in ("1", "true") if value else default


def number(name: str, default: int, *, least: int = 0) -> int:
    value = text(name)
    if value and not value.isdecimal():
        raise ImproperlyConfigured(f"Set {name} to a whole number; it is {value!r}.")
    if value and int(value) < least:
        raise ImproperlyConfigured(f"Set {name} to {least} or more; it is {value!r}.")
    return int(value) if value else default


def words(name: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def path(name: str) -> Path | None:
    value = text(name)
    return Path(value).expanduser().absolute() if value else None
