"""LaTeX in the text fields of BibTeX, as characters. Never for addresses: they may hold `%`."""

from __future__ import annotations

import re

from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import Entry, Field

from literature.importers.xml_node import lowered, raised

LONGEST = 20_000
"""Characters that are decoded; a longer text only loses its braces."""
MAX_NESTED = 30
_NEEDED = re.compile(r"[\\$~]|``|''|--")
_BARE = re.compile(r"(?<!\\)((?:\\\\)*)([%&#])")
_MATH = re.compile(r"(?<!\\)\$([^$]{1,300})\$")
_SCRIPT = re.compile(r"([_^])(?:\{([0-9+\-()n]{1,12})\}|([0-9n]))")
_TEXT_SCRIPT = re.compile(r"\\text(super|sub)script\s?\{([0-9+\-()]{1,12})\}")
_CIRCUM = re.compile(r"\\textasciicircum\s?(?:\{\})?")
"""The library reads it as the accent alone, which is another sign."""
_BRACE = re.compile(r"\\textbrace(left|right)\s?(?:\{\})?")
_ESCAPED_BRACE = re.compile(r"\\([{}])")
_DECODER = LatexDecodingMiddleware(keep_math_mode=False)


def plain(text: str) -> str:
    """`text` without LaTeX: accents, dashes, Greek letters, raised and lowered figures decoded,
    grouping braces gone. What cannot be decoded keeps everything but its braces."""
    text = _BRACE.sub(lambda match: r"\{" if match.group(1) == "left" else r"\}", text)
    if not _NEEDED.search(text) or len(text) > LONGEST or _depth(text) > MAX_NESTED:
        return _without_braces(text)
    text = _TEXT_SCRIPT.sub(_text_script, text)
    text = _MATH.sub(lambda match: f"${_SCRIPT.sub(_script, match.group(1))}$", text)
    text = _CIRCUM.sub("^", _BARE.sub(r"\1\\\2", text))
    block = _DECODER.transform_entry(Entry("misc", "key", [Field("text", text)]), Library())
    decoded = block.fields_dict["text"].value if isinstance(block, Entry) else None
    return str(decoded) if decoded is not None else _without_braces(text)


def _depth(text: str) -> int:
    depth = deepest = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        deepest = max(deepest, depth)
    return deepest + text.count("\\begin") + text.count("\\left")


def _without_braces(text: str) -> str:
    if "\\" not in text:
        return text.replace("{", "").replace("}", "")
    text = _ESCAPED_BRACE.sub(lambda match: "\x02" if match.group(1) == "{" else "\x03", text)
    return text.replace("{", "").replace("}", "").replace("\x02", "{").replace("\x03", "}")


def _script(match: re.Match[str]) -> str:
    figures = match.group(2) or match.group(3)
    return raised(figures) if match.group(1) == "^" else lowered(figures)


def _text_script(match: re.Match[str]) -> str:
    return raised(match.group(2)) if match.group(1) == "super" else lowered(match.group(2))
