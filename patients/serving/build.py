"""Which program this is: what it sends may change with every file that takes part in it."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

FOLDERS = ("templates", "patients", "literature", "casebase")
ENDINGS = {".py", ".html", ".txt", ".json"}


@cache
def build_id() -> str:
    """16 hexadecimal digits, the same for the same files; read once a process."""
    digest = sha256()
    for path in _files():
        digest.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _files() -> list[Path]:
    base = Path(settings.BASE_DIR)
    found = [
        path
        for folder in FOLDERS
        for path in sorted((base / folder).rglob("*"))
        if path.suffix in ENDINGS
    ]
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    return [*found, manifest] if manifest.exists() else found
