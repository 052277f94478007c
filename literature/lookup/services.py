"""The two services that are asked, and nothing else: fixed hosts, how often, how long."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Service:
    key: str
    name: str
    address: str
    interval: float
    """Seconds between two questions, over all processes. Both are well below what the services
    allow: Crossref several a second to who leaves an address, the E-utilities three."""


CROSSREF = Service("crossref", "Crossref", "https://api.crossref.org", 0.5)
PUBMED = Service("pubmed", "PubMed", "https://eutils.ncbi.nlm.nih.gov", 0.4)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, and bytes of one answer."""

    connect: float
    read: float
    total: float
    """Of one try, from the connection to the last byte."""
    tries: int
    longest_wait: float
    """For a turn, or before a try is repeated; longer than that, the look-up is given up."""
    max_bytes: int = 20_000_000
    """200 records of PubMed are two to six million."""


PAGE = Limits(connect=3, read=6, total=12, tries=2, longest_wait=3)
"""Somebody waits for a page."""
PATIENT = Limits(connect=5, read=20, total=60, tries=5, longest_wait=120)
"""For commands."""
