"""What a title, a journal or a page number says about the kind of record it is: tables and words.

Signs that two records do not share keep them apart: an erratum and its original have the same
words in their titles.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Notice(StrEnum):
    """A record about another record. The words go into sentences: `One is a correction`."""

    CORRECTION = "a correction"
    RETRACTION = "a retraction notice"
    CONCERN = "an expression of concern"
    REPLY = "a reply"
    COMMENT = "a comment"


_OF = r"(?:\s+(?:to|on|for|of|in|about|regarding)\b)?"
_END = r"\s*[:.\-–—\]]*\s*"
_COLON = r"\s*[:\-–—\]]+\s*"
_NOTICES: tuple[tuple[Notice, re.Pattern[str]], ...] = tuple(
    (notice, re.compile(rf"^\W*(?:{'|'.join(patterns)})", re.IGNORECASE))
    for notice, patterns in (
        (
            Notice.CORRECTION,
            (
                rf"(?:author|publisher)['’]?s?\s+(?:correction|erratum){_OF}{_END}",
                rf"(?:errat(?:um|a)|corrigend(?:um|a)|addend(?:um|a))\b{_OF}{_END}",
                rf"(?:corrections?|amendments?)(?:\s+notice)?(?:\s+to\b{_END}|{_COLON})",
                rf"(?:勘误|更正){_END}",
            ),
        ),
        (
            Notice.RETRACTION,
            (
                rf"(?:notice|statement)\s+of\s+retraction{_OF}{_END}",
                rf"(?:retraction|withdrawal)\s+(?:notice|note|statement){_OF}{_END}",
                rf"(?:retraction|withdrawal)(?:\s+to\b{_END}|{_COLON})",
                rf"撤稿(?:声明)?{_END}",
            ),
        ),
        (Notice.CONCERN, (rf"(?:editorial\s+)?expression\s+of\s+concern{_OF}{_END}",)),
        (
            Notice.REPLY,
            (
                rf"(?:the\s+)?authors?['’]?s?['’]?\s+(?:reply|response){_OF}{_END}",
                rf"(?:in\s+)?reply\b{_OF}(?:\s+(?:letter|comments?){_OF})?{_END}",
                rf"(?:in\s+)?response(?:{_COLON}|\s+to\s+(?:the\s+)?(?:letter|comment|editor)\w*"
                rf"{_OF}{_END})",
            ),
        ),
        (
            Notice.COMMENT,
            (
                rf"(?:invited\s+)?comment(?:ary|s)?(?:\s+(?:on|to)\b{_END}|{_COLON})",
                rf"re\s*:\s*|regarding\s*:\s*|editorial{_COLON}|discussion\s+(?:of|on)\b{_END}",
                rf"letter(?:\s+to\s+the\s+editor)?(?:\s+(?:on|regarding|re)\b{_END}|{_COLON})",
                rf"(?:述评|评论){_COLON}",
            ),
        ),
    )
)
"""What stands before the title of the work that a notice is about. "Correction of a deformity" and
"Response to everolimus" are titles of works, so those words need more beside them."""
_REPLY_AT_END = re.compile(
    r"[:.\-–—(\[]\s*(?:(?:the\s+)?authors?['’]?s?['’]?\s+)?reply\W*$", re.IGNORECASE
)
_CORRECTION_AT_END = re.compile(
    r"[:.\-–—(\[]\s*(?:an?\s+)?(?:erratum|corrigendum|correction)\W*$", re.IGNORECASE
)
_COMMENT_AT_END = re.compile(r"[:.\-–—(\[]\s*(?:invited\s+)?comment(?:ary)?\W*$", re.IGNORECASE)
RETRACTED = re.compile(
    r"^\W*(?:retracted|withdrawn)(?:\s+(?:article|paper))?\s*[:.\-–—\]]+", re.IGNORECASE
)
"""Publishers put it before the title of the work itself."""


_SAYING_SO = (
    "errat", "corrig", "correct", "addend", "amend", "retract", "withdraw", "concern", "reply",
    "response", "comment", "re:", "re :", "regarding", "letter", "editorial", "discussion",
    "勘误", "更正", "撤稿", "述评", "评论",
)  # fmt: skip
"""Every pattern holds one of these: most titles have none and need no closer look."""


def notice_of(title: str) -> tuple[Notice | None, str]:
    """What kind of notice a title announces, and the title without saying so."""
    lower = title.lower()
    if not any(word in lower for word in _SAYING_SO):
        return None, title
    for notice, pattern in _NOTICES:
        found = pattern.match(title)
        if found and (rest := title[found.end() :].strip(" \"'“”‘’[]")):
            return notice, rest
        if found and found.end() == len(title):
            return notice, title
    for notice, pattern in (
        (Notice.REPLY, _REPLY_AT_END),
        (Notice.CORRECTION, _CORRECTION_AT_END),
        (Notice.COMMENT, _COMMENT_AT_END),
    ):
        found = pattern.search(title)
        if found and found.start() > 10:
            return notice, title[: found.start()].strip()
    return None, title


_ABSTRACT_TITLE = re.compile(
    r"^\W*(?:(?:poster|oral|conference|meeting)?\s*abstracts?\s*(?:no\.?\s*)?[A-Z]{0,3}[-#]?\d*\b\W+"
    r"|(?:abs|[PO])\s?-?\d{2,5}\s*[:.\-–—]\s*|poster\s*[:\-–—]|会议摘要)",
    re.IGNORECASE,
)
_ABSTRACT_WORDS = ("abstract", "poster", "会议摘要")
_ABSTRACT_NUMBER = re.compile(r"\W*(?:abs|[po])\s?-?\d")
_ABSTRACT_AT_END = re.compile(
    r"[\[(]\s*(?:meeting|conference|poster)?\s*(?:abstract|poster)\s*[\])]\W*$", re.IGNORECASE
)
_SUPPLEMENT = re.compile(r"suppl|meeting|_s\d|\bs\d|spec(?:ial)?\b|abstr", re.IGNORECASE)
_SUPPLEMENT_PAGE = re.compile(r"^\W*(?:s|a|suppl|abstr)\W*\d|abstr", re.IGNORECASE)


def abstract_title(title: str) -> tuple[bool, str]:
    """Whether the title says that it is a conference abstract, and the title without that."""
    lower = title.lower()
    if not any(word in lower for word in _ABSTRACT_WORDS) and not _ABSTRACT_NUMBER.match(lower):
        return False, title
    for pattern in (_ABSTRACT_TITLE, _ABSTRACT_AT_END):
        rest = pattern.sub("", title).strip()
        if rest and rest != title.strip():
            return True, rest
    return False, title


def in_supplement(volume: str, issue: str, page: str) -> bool:
    """Where conference abstracts stand: a supplement, or a page such as S12 or A304."""
    return bool(
        _SUPPLEMENT.search(volume) or _SUPPLEMENT.search(issue) or _SUPPLEMENT_PAGE.search(page)
    )


_PREPRINT_DOI = re.compile(
    r"^10\.(?:1101/(?:20\d\d\.|\d{6})|21203/rs\.|2139/ssrn|20944/preprints|48550/arxiv|26434/"
    r"|31219/|31234/|31235/|22541/au|2196/preprints)",
    re.IGNORECASE,
)
"""Prefixes of bioRxiv and medRxiv, Research Square, SSRN, Preprints.org, arXiv, ChemRxiv, OSF,
PsyArXiv, SocArXiv, Authorea and JMIR Preprints, as their DOIs show."""
_PREPRINT_SERVERS = (
    "biorxiv", "medrxiv", "chemrxiv", "psyarxiv", "socarxiv", "arxiv", "research square", "ssrn",
    "preprint", "authorea", "osf.io",
)  # fmt: skip


def is_preprint(doi: str, places: str, genre: str) -> bool:
    """By its DOI, by the server among its container, publisher and address, or by its genre."""
    if "preprint" in genre.lower():
        return True
    lower = places.lower()
    return bool(_PREPRINT_DOI.match(doi)) or any(name in lower for name in _PREPRINT_SERVERS)


_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_ROMAN = {numeral: number for number, numeral in enumerate(_NUMERALS, 1)}
_COUNTED = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "first": 1, "second": 2,
    "third": 3, "fourth": 4, "fifth": 5, "一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2,
}  # fmt: skip
_PART = re.compile(
    r"\b(?:part|section|chapter|volume|vol|series|instalment|installment|teil|partie)\s+"
    r"(?P<latin>[ivx]+|\d{1,2}|one|two|three|four|five|six)\b"
    r"|\b(?P<ordinal>first|second|third|fourth|fifth)\s+part\b"
    r"|[((]?第?(?P<chinese>[一二三四上下])(?:部分|[))]|$)"
)
_TRAILING_ROMAN = re.compile(r"\s(?P<latin>ii|iii|iv|vi|vii|viii|i)(?=[.:,]|$)")


def part_of_series(title: str) -> int | None:
    """`Part II`, `Part 2`, a Roman number at the end: which part a title says that it is."""
    lower = title.lower()
    found = _PART.search(lower) or _TRAILING_ROMAN.search(lower)
    if found is None:
        return None
    word = next(text for text in found.groups() if text)
    return int(word) if word.isdigit() else _ROMAN.get(word) or _COUNTED.get(word)


_COMMON_TITLES = """
    abstract abstracts announcement answer authorreply authorsreply bookreview bookreviews
    casereport casereports clinicalimage comment commentary comments conclusion contents
    correction correspondence discussion editorial editorials editorialcomment erratum errata
    foreword frontmatter guesteditorial imageofmonth index inreply inthisissue introduction
    invitedcommentary issueinformation letter lettertoeditor letterstoeditor letters news
    notes obituary preface quiz reply response retraction review summary tableofcontents
    whatisyourdiagnosis 编者按 致读者 述评 读者来信
"""
GENERIC = frozenset(_COMMON_TITLES.split())
"""Titles, folded and squashed, that stand on many works."""
MIN_TELLING = 16
MIN_TELLING_CJK = 8
"""Characters of a folded title that tell a work from others; `Insulinoma` does not."""


def is_telling(squashed_title: str, cjk: bool) -> bool:
    least = MIN_TELLING_CJK if cjk else MIN_TELLING
    return len(squashed_title) >= least and squashed_title not in GENERIC
