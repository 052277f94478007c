"""RIS reference types and languages of tags as tables (source: the RIS specification of 2011, and
what Zotero and EndNote write)."""

from __future__ import annotations

TYPES: dict[str, str] = {
    "ABST": "article-journal", "BLOG": "post", "BOOK": "book", "CHAP": "chapter",
    "COMP": "software", "CONF": "paper-conference", "CPAPER": "paper-conference",
    "DATA": "dataset", "DBASE": "dataset", "EBOOK": "book", "ECHAP": "chapter", "EDBOOK": "book",
    "EJOU": "article-journal", "EJOUR": "article-journal", "ELEC": "webpage",
    "ENCYC": "entry-encyclopedia", "GEN": "document", "GENERIC": "document",
    "GOVDOC": "report", "INPR": "article-journal", "JFULL": "article-journal",
    "JOUR": "article-journal", "MGZN": "article-magazine", "NEWS": "article-newspaper",
    "PREPRINT": "article", "RPRT": "report", "SER": "book", "STAND": "standard",
    "THES": "thesis", "UNPB": "article", "WEB": "webpage",
}  # fmt: skip
BOOKS = {"BOOK", "EBOOK", "EDBOOK", "SER"}
IN_BOOKS = {"CHAP", "ECHAP", "CPAPER", "CONF", "ENCYC"}

TITLE = ("TI", "T1", "CT")
CONTAINER = ("JF", "T2", "JO", "JA", "J2", "J1")
CONTAINER_SHORT = ("JA", "J2", "J1")
TEXTS = {
    "VL": "volume", "IS": "issue", "ET": "edition", "PB": "publisher", "CY": "publisher-place",
    "PP": "publisher-place",
}  # fmt: skip
"""Tags of one meaning whatever the type. `IS` is the issue here; in PubMed's format the ISSN."""
ABSTRACT = ("AB", "N2")
DATES = ("PY", "Y1", "DA")
LINKS = ("UR", "LK", "L1", "L2", "L3", "L4")

_KNOWN = """
    TY ER TI T1 CT T2 T3 BT JF JO JA J1 J2 AU A1 A2 A3 A4 ED TA PY Y1 Y2 DA AB N1 N2 VL IS CP SP EP
    SN DO UR LK L1 L2 L3 L4 M1 M2 M3 C1 C2 C3 C4 C5 C6 C7 C8 KW LA PB CY PP ET ID AN AD DB DP CA CN
    NV OP RN RP SE SV ST TT U1 U2 U3 U4 U5 AV
"""
KNOWN = frozenset(_KNOWN.split())
"""Tags that are read as such where the file is sloppy with the two spaces before the hyphen."""
