"""pandoc, in a process of its own: no network, no shell, nothing read but what it is given.

Start-up takes about a tenth of a second, 200 references half a second.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import Any

import pypandoc  # type: ignore[import-untyped]

from literature.bibliography.model import BibliographyError, BusyError
from literature.bibliography.styles import Style

SECONDS = 20
"""After which the process is ended."""
MEMORY = "512M"
"""Of its heap."""
MAX_INPUT = 16_000_000
MAX_OUTPUT = 32_000_000
AT_ONCE = 2
"""Processes that one worker runs at the same time."""
PATIENCE = 3
"""Seconds to wait for a turn."""
_BILINGUAL = Path(__file__).with_name("bilingual.lua")
_turns = BoundedSemaphore(AT_ONCE)


@cache
def version() -> str:
    return str(pypandoc.get_pandoc_version())


def format_html(items: Sequence[dict[str, Any]], style: Style, languages: Sequence[str]) -> str:
    """The bibliography as pandoc writes it, in a div for each of `languages` (`terms-zh-CN`); with
    none, once, in the style's own. Nothing in it is to be trusted yet.

    Raises BibliographyError and BusyError.
    """
    with TemporaryDirectory(prefix="casebase-style-") as folder:
        path = Path(folder) / "style.csl"
        path.write_text(style.xml, encoding="utf-8")
        options = ["--from=csljson", "--to=html", "--wrap=none", f"--csl={path}"]
        if languages:
            options += [f"--lua-filter={_BILINGUAL}", f"--metadata=languages:{' '.join(languages)}"]
        else:
            options += ["--citeproc"]
        made = _run(options, json.dumps(items, ensure_ascii=False).encode("utf-8", "replace"),
                    f"The style “{style.title}” cannot be used here: it breaks the rules of its own"
                    " language.")  # fmt: skip
    return made.decode("utf-8", "replace")


def to_docx(html: str) -> bytes:
    """Raises BibliographyError and BusyError. `html` is sanitised."""
    options = ["--from=html", "--to=docx", "--output=-"]
    return _run(options, html.encode(), "The document could not be made.")


def _run(options: list[str], given: bytes, refusal: str) -> bytes:
    if len(given) > MAX_INPUT:
        raise BibliographyError("The records are too long to be formatted at once: take fewer.")
    command = [
        pypandoc.get_pandoc_path(), "+RTS", f"-M{MEMORY}", "-RTS", "--sandbox", *options,
    ]  # fmt: skip
    if not _turns.acquire(timeout=PATIENCE):
        raise BusyError("Other lists are being formatted just now. Try again in a little while.")
    try:
        done = subprocess.run(
            command,
            input=given,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={"LANG": "C.UTF-8", "PATH": "", "HOME": "/nonexistent", "SOURCE_DATE_EPOCH": "0"},
        )
    except subprocess.TimeoutExpired:
        raise BusyError("Formatting took too long. Take fewer references at once.") from None
    finally:
        _turns.release()
    if done.returncode or len(done.stdout) > MAX_OUTPUT:
        raise BibliographyError(refusal)
    return done.stdout
