"""Whether two names are of one journal: in full, abbreviated, or as initials."""

from __future__ import annotations

import re
from functools import lru_cache

from literature.duplicates.folding import plain, without_markup

_SMALL_WORDS = (
    "a an and at by de den der des di do du e el en et for für fur im in la le les of on och og "
    "para per pour the to und van voor y zu zur"
)
_STOP_WORDS = frozenset(_SMALL_WORDS.split())
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\s[=:]\s.*$|:\s.*$|\s/\s.*$")
"""`(Oxford)`, `: official journal of …`, ` = Zhonghua …`: not part of the name."""
_NO_WORD = re.compile(r"[^\w]+|_")
_CONTRACTIONS = {
    "amer": "american", "assn": "association", "dtsch": "deutsche", "govt": "government",
    "hlth": "health", "intl": "international", "jnl": "journal", "jour": "journal",
    "jrnl": "journal", "mtg": "meeting", "natl": "national", "qtrly": "quarterly",
    "suppl": "supplement", "univ": "university",
}  # fmt: skip
MIN_DROPPED = 2
"""Letters that an abbreviation leaves out at least: `Cancer` is no abbreviation of `Cancers`."""


@lru_cache(maxsize=20_000)
def name_words(name: str) -> tuple[str, ...]:
    """The words that tell a journal from others: `The Journal of X (Oxford)` is `journal`, `x`."""
    folded = plain(_ASIDE.sub(" ", without_markup(name)))
    folded = folded.replace("ae", "e").replace("oe", "e").replace("our", "or")
    found = _NO_WORD.sub(" ", folded).split()
    return tuple(word for word in found if word not in _STOP_WORDS) or tuple(found)


def same_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """`World J Surg` and `World Journal of Surgery`; `JAMA` and the name it stands for."""
    if a == b or "".join(a) == "".join(b):
        return True
    if len(a) != len(b):
        return _is_initials(a, b) or _is_initials(b, a)
    return all(_same_word(one, other) for one, other in zip(a, b, strict=True))


def _same_word(a: str, b: str) -> bool:
    if a == b or _CONTRACTIONS.get(a, a) == _CONTRACTIONS.get(b, b):
        return True
    short, long = sorted((a, b), key=len)
    return len(long) - len(short) >= MIN_DROPPED and long.startswith(short)


def _is_initials(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """`bmj` of `british medical journal`; a name of one or two words has no initials."""
    if len(short) != 1 or len(long) < 3 or not 3 <= len(short[0]) <= 6:
        return False
    initials = "".join(word[0] for word in long)
    return initials.startswith(short[0]) and len(initials) - len(short[0]) <= 2
