"""Identifiers and addresses, taken out of an item before its other fields are read."""

from __future__ import annotations

import re

from literature.identifiers import normalise_doi, normalise_pmcid, normalise_pmid
from literature.importers.pasted.found import CERTAIN, SURE, Found

_DOI = re.compile(
    r"(?:https?://(?:www\.)?(?:dx\.)?doi\.org/"
    r"|\bdoi\s?[:：]?\s?(?:https?://(?:dx\.)?doi\.org/)?|(?<![\w./]))"
    r"(10\.\d{4,9}(?:\.\d{1,9}){0,4}/[^\s\"“”，。；、｡]{1,500})",
    re.I,
)
_PMCID = re.compile(
    r"(?:https?://(?:www\.|pmc\.)?ncbi\.nlm\.nih\.gov/(?:pmc/)?(?:articles/)?|"
    r"\bPMCID\s?[:：]\s?|\bPubMed Central PMCID\s?[:：]\s?|\b(?=PMC\d))(PMC[1-9]\d{0,8})\b/?",
    re.I,
)
_PMID = re.compile(
    r"(?:https?://(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed/|https?://pubmed\.ncbi\.nlm\.nih\.gov/|"
    r"(?:\bPubMed\s)?\bPMID\s?[:：]?\s?)([1-9]\d{0,8})\b/?",
    re.I,
)
_ARXIV = re.compile(r"\barXiv:\s?(\d{4}\.\d{4,5}(?:v\d{1,2})?|[a-z-]{2,12}/\d{7})", re.I)
_URL = re.compile(r"(?:https?://|\bwww\.)[^\s，。；、]{3,1000}", re.I)
_ISBN = re.compile(r"\bISBN(?:-1[03])?\s?[:：]?\s?((?:97[89][- ]?)?\d[\d -]{7,12}[\dXx])\b")
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}
_GLUED = re.compile(r"(?:PMID|PMCID|https?:|\[(?:PubMed|CrossRef|Google|DOI))", re.I)
_LEFT_OVER = re.compile(
    r"[\[(]?(?:\b(?:available|retrieved|accessed)\b (?:from|at|online)|\bURL|\bdoi)\s?[:：]?\s*"
    r"[\])]?\s*(?=$|[.;,])",
    re.I,
)


def take_links(text: str, found: Found) -> str:
    """Puts DOI, PMID, PMCID, ISBN and URL into `found`; returns the text without them."""
    text = _take_dois(text, found)
    for pattern, name, normal in (
        (_PMCID, "PMCID", normalise_pmcid),
        (_PMID, "PMID", normalise_pmid),
    ):
        match = pattern.search(text)
        if match:
            found.put(name, normal(match.group(1)), CERTAIN)
            text = pattern.sub(" ", text)
    match = _ISBN.search(text)
    if match:
        found.put("ISBN", match.group(1).strip(), CERTAIN)
        text = _ISBN.sub(" ", text)
    match = _ARXIV.search(text)
    if match:
        found.put("URL", f"https://arxiv.org/abs/{match.group(1)}", CERTAIN)
        text = _ARXIV.sub(" ", text)
    return _tidy(_take_address(text, found))


def trimmed(link: str) -> str:
    """A link without the sentence's punctuation after it: brackets stay while they balance."""
    glued = _GLUED.search(link, 8)
    link = link[: glued.start()] if glued else link
    counts = {sign: link.count(sign) for pair in _PAIRS.items() for sign in pair}
    end = len(link)
    while end:
        last = link[end - 1]
        opening = _PAIRS.get(last)
        if last not in ".,;:'’‘*" and (opening is None or counts[last] <= counts[opening]):
            break
        if last in counts:
            counts[last] -= 1
        end -= 1
    return link[:end]


def _take_dois(text: str, found: Found) -> str:
    kept: list[str] = []
    start = 0
    for match in _DOI.finditer(text):
        if match.start() < start:
            continue
        printed = trimmed(match.group(1))
        try:
            doi = normalise_doi(printed)
        except ValueError:
            continue
        if found.fields.get("DOI", doi) != doi:
            found.warn("DOI", f"a second DOI is printed here and was left out: {doi}")
        found.put("DOI", doi, CERTAIN)
        kept.append(text[start : match.start()])
        start = match.start(1) + len(printed)
    return " ".join((*kept, text[start:]))


def _take_address(text: str, found: Found) -> str:
    match = _URL.search(text)
    if match is None:
        return text
    address = trimmed(match.group())
    if address.lower().startswith("www."):
        address = f"https://{address}"
    if not re.match(r"https?://[^\s/]+", address, re.I):
        return text
    found.put("URL", re.sub(r"^https?", lambda m: m.group().lower(), address, flags=re.I), SURE)
    return text[: match.start()] + " " + text[match.start() + len(trimmed(match.group())) :]


def _tidy(text: str) -> str:
    """Without empty brackets and marks that stood around a link."""
    text = re.sub(r"[(\[（]\s*[)\]）]", " ", " ".join(text.split()))
    text = " ".join(_LEFT_OVER.sub(" ", text).split())
    text = re.sub(r"\s?[,;:]+\s?\.?$", ".", text)
    text = re.sub(r"(?<![.?!。])\s+([.,;:])(?=\s|$)", r"\1", text)
    return re.sub(r"([.?!。])(?:\s+[.,;:。]|\.$)+(?=\s|$)", r"\1", text).strip(" ,;:")
