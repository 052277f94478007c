"""What is mended in a style before it is used."""

from __future__ import annotations

from lxml import etree

from literature.bibliography.model import BibliographyError
from literature.csl import MAX_NAMES

CSL = "{http://purl.org/net/xbiblio/csl}"
HYPHEN_IN_PAGES = ("nlm-", "national-library-of-medicine")
"""Citing Medicine writes ranges of pages with a hyphen; the style leaves the sign to the language,
where it is a dash."""
_TELLS_NAMES_APART = ("disambiguate-add-names", "disambiguate-add-givenname")


def mended(text: str, name: str) -> str:
    """`text` with

    - `<name/>` in every `<names>` that holds only a label, where pandoc leaves the names out and
      the specification has them printed,
    - "et al." allowed where the style never says it, for records that say it themselves,
    - a comma before "et al." after one name, where the style has it after several,
    - nothing of what only tells citations in the text apart, which takes pandoc long.

    Raises BibliographyError for bad XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        raise BibliographyError(f"The style “{name}” is damaged.") from None
    for names in root.iter(f"{CSL}names"):
        if [child.tag for child in names] == [f"{CSL}label"]:
            names.insert(0, etree.Element(f"{CSL}name"))
    _use_comma_before_et_al(root)
    _allow_et_al(root)
    if not adds_letters(root):
        for citation in root.iter(f"{CSL}citation"):
            for attribute in _TELLS_NAMES_APART:
                citation.attrib.pop(attribute, "")
    if name.startswith(HYPHEN_IN_PAGES):
        _use_hyphen(root)
    return etree.tostring(root, encoding="unicode")


def adds_letters(root: etree._Element) -> bool:
    """Whether what the list says of a work may depend on others like it: `2016a`."""
    marks = ("disambiguate-add-year-suffix", "disambiguate")
    return any(element.get(mark) == "true" for element in root.iter() for mark in marks)


def _allow_et_al(root: etree._Element) -> None:
    """Without a limit pandoc would print the mark itself ("others"); this one is never reached."""
    bibliography = root.find(f"{CSL}bibliography")
    if bibliography is None or "et-al-min" in bibliography.attrib or "et-al-min" in root.attrib:
        return
    bibliography.set("et-al-min", str(2 * MAX_NAMES))
    bibliography.set("et-al-use-first", str(2 * MAX_NAMES - 1))


def _use_comma_before_et_al(root: etree._Element) -> None:
    """Only for a record that names one author and then says "et al."; where the style cuts long
    lists itself it names several, and has its usual sign after them."""
    bibliography = root.find(f"{CSL}bibliography")
    if bibliography is None:
        return
    told = any(element.get("delimiter-precedes-et-al") for element in root.iter())
    first = bibliography.get("et-al-use-first") or root.get("et-al-use-first") or "1"
    if not told and first.isdecimal() and int(first) > 1:
        bibliography.set("delimiter-precedes-et-al", "always")


def _use_hyphen(root: etree._Element) -> None:
    locale = root.find(f"{CSL}locale")
    if locale is None:
        locale = etree.Element(f"{CSL}locale")
        info = root.find(f"{CSL}info")
        root.insert(0 if info is None else root.index(info) + 1, locale)
    terms = locale.find(f"{CSL}terms")
    if terms is None:
        terms = etree.SubElement(locale, f"{CSL}terms")
    term = etree.SubElement(terms, f"{CSL}term", name="page-range-delimiter")
    term.text = "-"
