"""Text brought down to what stays the same however a record was typed: pure, and symmetrical.

Nothing here is shown to anybody; two texts are folded alike and then compared.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,60}>")
_NO_WORD = re.compile(r"[^\w]+|_")
_ARTICLES = frozenset({"a", "an", "the"})
_LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th",
    "α": " alpha ", "β": " beta ", "γ": " gamma ", "δ": " delta ", "ε": " epsilon ",
    "κ": " kappa ", "λ": " lambda ", "μ": " mu ", "ω": " omega ", "&": " and ", "'": "", "’": "",
    "‘": "", "`": "", "\u00ad": "", "\u200b": "",
})  # fmt: skip
_SPELLINGS = (
    (re.compile(r"our(s|ed|ing|al|able)?$"), r"or\1"),
    (re.compile(r"is(e|ed|es|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"lys(e|ed|es|ing)$"), r"lyz\1"),
    (re.compile(r"^(.{2,})tre$"), r"\1ter"),
    (re.compile(r"^programmes?$"), "program"),
    (re.compile(r"[ao]e"), "e"),
)
"""British and American spelling brought together: tumour, randomised, centre, haemorrhage."""
_PARTICLE_WORDS = (
    "af al da dal de del della den der di do dos du el la le lo ten ter van vande vander vom von "
    "zu zum zur"
)
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def without_markup(text: str) -> str:
    """Without HTML tags and entities: `<i>TP53</i> &amp; more` is `TP53 & more`."""
    return _TAG.sub("", html.unescape(text)) if "<" in text or "&" in text else text


def plain(text: str) -> str:
    """Lower case, compatible forms brought together, accents taken away."""
    text = text.casefold()
    if text.isascii():
        return text.replace("&", " and ").replace("'", "").replace("`", "")
    text = unicodedata.normalize("NFKD", text)
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return text.translate(_LETTERS)


def words(text: str) -> tuple[str, ...]:
    """The folded words of a title, without articles: in order, for telling what differs."""
    found = _NO_WORD.sub(" ", plain(without_markup(text))).split()
    return tuple(_american(word) for word in found if word not in _ARTICLES)


def squashed(found: tuple[str, ...]) -> str:
    """Words without the spaces: `follow-up`, `followup` and `follow up` are one."""
    return "".join(found)


@lru_cache(maxsize=20_000)
def _american(word: str) -> str:
    if len(word) < 4 or word.isdigit():
        return word
    for pattern, spelling in _SPELLINGS:
        word = pattern.sub(spelling, word)
    return word


def family(name: str) -> str:
    """A family name for comparing: `Öberg`, `Oberg` and `Oeberg` are one, so are `van Dijk` and
    `Dijk`."""
    parts = _NO_WORD.sub(" ", plain(name)).split()
    while len(parts) > 1 and parts[0] in _PARTICLES:
        del parts[0]
    folded = "".join(parts)
    return folded.replace("oe", "o").replace("ae", "a").replace("ue", "u")


_LANGUAGES = {
    "en": "of in with and for after by from to on is are",
    "de": "der die das und bei mit von nach durch zur eine einer im",
    "fr": "de des du les et dans chez avec apres sur par une aux",
    "es": "de del los las y con por tras una en el",
    "it": "della dei delle degli e nel nella con dopo di il",
    "pt": "de do da dos das em com apos e uma na no",
    "nl": "het een van bij met na voor",
}
_SMALL_WORDS = {language: frozenset(small.split()) for language, small in _LANGUAGES.items()}


def language_of(found: tuple[str, ...]) -> str:
    """The language that a title's small words speak for; empty where they do not say."""
    counts = {name: sum(word in small for word in found) for name, small in _SMALL_WORDS.items()}
    best = max(counts, key=lambda name: counts[name])
    others = [count for name, count in counts.items() if name != best]
    return best if counts[best] > max(others) else ""


def is_cjk(text: str) -> bool:
    """Whether it is written in Chinese, Japanese or Korean rather than in Latin letters."""
    return len(_CJK.findall(text)) * 2 > len(_LATIN.findall(text))
