"""DOIs, PMIDs, PMCIDs and links to them, out of what somebody typed or pasted into a box.

Sources: the DOI Handbook 2.2; addresses as doi.org, PubMed and PubMed Central print them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from literature import identifiers
from literature.lookup.found import Found, Kind

_BETWEEN = re.compile(
    r"[\s，；、\u200b\ufeff]+|[,;|]+(?=[\s,;|]|$|10\.[0-9]{4}|https?://|PMC[0-9]|doi|pmid)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"^[0-9]{1,9}(?:[,;|][0-9]{1,9})+$")
"""A DOI may hold a comma or a semicolon; between two numbers it divides."""
_LABEL = re.compile(r"^(?:doi|pmid|pmcid|pubmed(?:\s?id)?|pmc)\s*[:：=#]?$", re.IGNORECASE)
_LABELLED = re.compile(
    r"^(?:(?P<doi>doi)|(?P<pmid>pmid|pubmed(?:id)?)|(?P<pmcid>pmcid|pmc))\s*[:：=#]\s*(?P<rest>.+)$",
    re.IGNORECASE,
)
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
_DOI_BEGINS = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/", re.IGNORECASE)
_LINK = re.compile(r"^(?:https?://)?(?P<host>[A-Za-z0-9.-]+\.[A-Za-z]{2,})(?P<path>/\S*)$")
_PMC_PATH = re.compile(r"/(?:pmc/)?(?:articles/)?(?P<id>PMC[0-9]+)\b", re.IGNORECASE)
_PUBMED_PATH = re.compile(r"^/(?:pubmed/|m/pubmed/|entrez/query\.fcgi\S*list_uids=)?(?P<id>[0-9]+)")
_DIGITS = re.compile(r"^[0-9]{1,9}$")
_OPENERS = {")": "(", "]": "[", "}": "{", ">": "<"}
_TRAILING = ".,;:'\"”’»*"
_PAGE_OF_DOI = re.compile(
    r"(?:/(?:full|abstract|pdf|epdf|fulltext|summary|references|pdfdirect|full-text|html|meta)"
    r"(?:\.html?|\.pdf)?|\.pdf|\.full|\.html?)$",
    re.IGNORECASE,
)
"""What publishers add to a DOI in the paths of their pages."""
_LONGEST = 2_000


def identifiers_in(text: str) -> list[Found]:
    """Every identifier of `text` once, in order; what is none is a `Found` of `Kind.NONE`.

    A bare number counts as a PMID. Words that are no identifier are given line by line, joined.
    """
    found: dict[tuple[Kind, str], Found] = {}
    rest: list[Found] = []
    for number, line in enumerate(text.splitlines(), 1):
        strange: list[str] = []
        for kind, value, typed in _of_line(line):
            if kind is Kind.NONE:
                strange.append(typed)
            else:
                found.setdefault((kind, value), Found(kind, value, number, typed))
        if strange:
            rest.append(Found(Kind.NONE, "", number, " ".join(strange)))
    return sorted([*found.values(), *rest], key=lambda one: one.line)


def only_identifiers(text: str) -> bool:
    """Whether `text` holds identifiers and nothing else: no reference list, no file."""
    found = identifiers_in(text)
    return bool(found) and all(one.kind for one in found)


def _of_line(line: str) -> Iterator[tuple[Kind, str, str]]:
    label, used = "", True
    for word in _words(line):
        if _LABEL.match(word):
            if not used:
                yield Kind.NONE, "", label
            label, used = word.rstrip(":：=#"), False
            continue
        kind, value = _read(f"{label}:{word}" if label else word)
        yield kind, value, word if used else f"{label} {word}"
        used = True
        # `PMID: 1, 2, 3`: the label holds for all the numbers that follow it.
        label = label if kind and word.strip(_TRAILING).isdecimal() else ""
    if not used:
        yield Kind.NONE, "", label


def _words(line: str) -> Iterator[str]:
    for word in _BETWEEN.split(line):
        if _NUMBERS.match(word):
            yield from re.split(r"[,;|]", word)
        elif word:
            yield word


def _read(word: str) -> tuple[Kind, str]:
    if len(word) > _LONGEST:
        return Kind.NONE, ""
    if labelled := _LABELLED.match(word):
        return _labelled(_kind_of(labelled), labelled["rest"])
    word = _without_wrapping(word)
    link = _LINK.match(word)
    return _of_link(link["host"].lower(), link["path"]) if link else _bare(word)


def _kind_of(match: re.Match[str]) -> Kind:
    return next(kind for kind in (Kind.DOI, Kind.PMID, Kind.PMCID) if match[kind.value])


def _labelled(kind: Kind, rest: str) -> tuple[Kind, str]:
    rest = _without_wrapping(rest)
    if kind is Kind.PMCID and _DIGITS.match(rest):
        return _checked(Kind.PMCID, f"PMC{rest}")
    link = _LINK.match(rest)
    found = _of_link(link["host"].lower(), link["path"]) if link else _bare(rest)
    return found if found[0] is kind else (Kind.NONE, "")


def _bare(word: str) -> tuple[Kind, str]:
    if match := _DOI.match(word):
        return _checked(Kind.DOI, _balanced(match[0]))
    if word[:3].upper() == "PMC":
        return _checked(Kind.PMCID, re.sub(r"\.[0-9]+$", "", word))
    if _DIGITS.match(word):
        return _checked(Kind.PMID, word)
    return Kind.NONE, ""


def _of_link(host: str, path: str) -> tuple[Kind, str]:
    """What a link leads to: its host decides first, then a DOI in the path of any publisher."""
    if host in ("doi.org", "dx.doi.org", "www.doi.org"):
        return _bare(unquote(path[1:]))
    if host == "pubmed.ncbi.nlm.nih.gov" or host.removeprefix("www.") == "ncbi.nlm.nih.gov":
        if pmc := _PMC_PATH.search(path):
            return _checked(Kind.PMCID, pmc["id"])
        if pubmed := _PUBMED_PATH.match(path):
            return _checked(Kind.PMID, pubmed["id"])
    if (host in ("pmc.ncbi.nlm.nih.gov", "europepmc.org")) and (pmc := _PMC_PATH.search(path)):
        return _checked(Kind.PMCID, pmc["id"])
    if host == "europepmc.org" and (
        med := re.match(r"^/(?:article|abstract)/med/(\d+)", path, re.I)
    ):
        return _checked(Kind.PMID, med[1])
    return _doi_in_path(path)


def _doi_in_path(path: str) -> tuple[Kind, str]:
    """`https://link.example.org/article/10.5555/abc.pdf?lang=en` holds `10.5555/abc`."""
    path = unquote(path.partition("#")[0])
    begins = _DOI_BEGINS.search(path)
    if not begins:
        return Kind.NONE, ""
    doi = path[begins.start() :].partition("?" if "?" not in path[: begins.start()] else "&")[0]
    doi = _PAGE_OF_DOI.sub("", doi.rstrip("/"))
    return _bare(doi)


def _without_wrapping(word: str) -> str:
    """`<10.5555/a>` and `(10.5555/a).` without what is around them; a DOI may end in a bracket."""
    word = word.lstrip("<([{\"'“‘«*•-").rstrip(_TRAILING)
    return word if _DOI_BEGINS.search(word) else word.rstrip(_TRAILING + ")]}>")


def _balanced(doi: str) -> str:
    """Without closing brackets that were not opened within it, and what stands after them."""
    doi = doi.rstrip(_TRAILING)
    while doi and doi[-1] in _OPENERS and doi.count(doi[-1]) > doi.count(_OPENERS[doi[-1]]):
        doi = doi[:-1].rstrip(_TRAILING)
    return doi


def _checked(kind: Kind, value: str) -> tuple[Kind, str]:
    check = {
        Kind.DOI: identifiers.normalise_doi,
        Kind.PMID: identifiers.normalise_pmid,
        Kind.PMCID: identifiers.normalise_pmcid,
    }[kind]
    try:
        return kind, check(value)
    except ValueError:
        return Kind.NONE, ""
