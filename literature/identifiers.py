"""Identifiers of published works: their patterns and their one normal form.

Sources: the DOI Handbook 2.2 (a prefix `10.` and a registrant code, a slash, any graphic
characters; compared without case), and PubMed's and PubMed Central's own forms.
"""

import re

DOI_PATTERN = r"^10\.[0-9]{4,9}(\.[0-9]+)*/[^[:space:]]+$"
PMID_PATTERN = r"^[1-9][0-9]{0,8}$"
PMCID_PATTERN = r"^PMC[1-9][0-9]{0,8}$"

_DOI_RE = re.compile(r"10\.[0-9]{4,9}(\.[0-9]+)*/\S+")
_DOI_PREFIX_RE = re.compile(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
MAX_DOI_LENGTH = 500


def normalise_doi(text: str) -> str:
    """The bare DOI in lower case. Raises ValueError for what is no DOI."""
    doi = _DOI_PREFIX_RE.sub("", text.strip()).lower()
    if len(doi) > MAX_DOI_LENGTH or not _DOI_RE.fullmatch(doi):
        raise ValueError("is not a DOI: it should look like 10.1000/182")
    return doi


def normalise_pmid(text: str) -> str:
    """The PMID as digits. Raises ValueError for what is no PMID."""
    pmid = text.strip().removeprefix("PMID:").strip()
    if not re.fullmatch(PMID_PATTERN, pmid):
        raise ValueError("is not a PMID: it should be a whole number of up to nine digits")
    return pmid


def normalise_pmcid(text: str) -> str:
    """The PMCID as `PMC` and digits. Raises ValueError for what is no PMCID."""
    pmcid = text.strip().upper()
    if not re.fullmatch(PMCID_PATTERN, pmcid):
        raise ValueError("is not a PMCID: it should look like PMC1234567")
    return pmcid
