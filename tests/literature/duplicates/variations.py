"""Rules that make a pair of a record: the same work told otherwise, or another work that looks
like it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from copy import deepcopy

from tests.literature.duplicates.base_records import BASES
from tests.literature.duplicates.notation import Csl, Pair, Truth

Rule = Callable[[Csl, int], tuple[Csl, Csl]]
ABBREVIATED = {
    "British Journal of Surgery": "Br J Surg",
    "Scandinavian Journal of Gastroenterology": "Scand J Gastroenterol",
    "World Journal of Surgery": "World J Surg",
    "Annals of Surgery": "Ann Surg",
    "The Lancet Oncology": "Lancet Oncol",
    "Journal of Surgical Case Reports": "J Surg Case Rep",
    "European Journal of Surgical Oncology": "Eur. J. Surg. Oncol.",
    "HPB (Oxford)": "HPB",
    "Polish Archives of Internal Medicine": "Pol Arch Intern Med",
    "World Journal of Gastroenterology": "World J Gastroenterol",
    "The New England Journal of Medicine": "N Engl J Med",
    "Radiology": "Radiology",
    "Journal of the American College of Surgeons": "J Am Coll Surg",
    "Neuroendocrinology": "Neuroendocrinology",
    "Journal of Clinical Epidemiology": "J Clin Epidemiol",
    "Thrombosis and Haemostasis": "Thromb Haemost",
    "Journal of Hepatology": "J Hepatol",
    "Endocrine-Related Cancer": "Endocr Relat Cancer",
    "JAMA Oncology": "JAMA Oncol",
    "Korean Journal of Gastroenterology": "Korean J Gastroenterol",
    "Annals of Surgical Oncology": "Ann Surg Oncol",
    "Surgery": "Surgery",
    "Clinical Endocrinology": "Clin Endocrinol (Oxf)",
    "Seminars in Nuclear Medicine": "Semin Nucl Med",
    "Transplant International": "Transpl Int",
    "The Journal of Clinical Endocrinology and Metabolism": "J Clin Endocrinol Metab",
    "Gastrointestinal Endoscopy": "Gastrointest Endosc",
    "Clinical Journal of Gastroenterology": "Clin J Gastroenterol",
    "Diabetes Care": "Diabetes Care",
    "American Journal of Gastroenterology": "Am J Gastroenterol",
}


def changed(csl: Csl, **changes: object) -> Csl:
    """A copy with `changes`, underscores in names for hyphens; None takes a field away."""
    new = deepcopy(csl)
    for name, value in changes.items():
        field = name.replace("_", "-")
        new.pop(field, None)
        if value is not None:
            new[field] = value
    return new


def year(csl: Csl, by: int) -> Csl:
    return changed(csl, issued={"date-parts": [[csl["issued"]["date-parts"][0][0] + by]]})


def plain_names(csl: Csl) -> Csl:
    """As typed without accents, first names as initials."""
    new = deepcopy(csl)
    for name in new["author"]:
        text = unicodedata.normalize("NFKD", name["family"])
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
        name["family"] = text.translate(str.maketrans({"ø": "o", "ł": "l", "Ł": "L", "ß": "ss"}))
    return new


def american(csl: Csl) -> Csl:
    title = csl["title"]
    for british, spelling in (("tumour", "tumor"), ("isation", "ization"), ("aem", "em"),
                              ("centre", "center"), ("analogue", "analog")):  # fmt: skip
        title = title.replace(british, spelling)
    return changed(csl, title=title)


def first_letter_only(csl: Csl) -> Csl:
    new = deepcopy(csl)
    for name in new["author"]:
        name["given"] = name["given"][0] + "."
    return new


def abbreviated_pages(csl: Csl) -> Csl:
    first, last = csl["page"].split("-")
    return changed(csl, page=f"{first}-{last[-2:]}")


def abbreviated_journal(csl: Csl) -> Csl:
    return changed(csl, container_title=ABBREVIATED[csl["container-title"]])


def first_page_only(csl: Csl) -> Csl:
    return changed(csl, issue=None, page=csl["page"].split("-")[0])


def swapped_pages(csl: Csl) -> Csl:
    return changed(csl, page="-".join(reversed(csl["page"].split("-"))))


def typed_wrong(csl: Csl) -> Csl:
    """Two letters of a long word in the middle change places."""
    words = csl["title"].split()
    place = max(range(1, len(words)), key=lambda index: len(words[index]))
    word = words[place]
    words[place] = word[:4] + word[5] + word[4] + word[6:]
    return changed(csl, title=" ".join(words))


def marked_up(csl: Csl) -> Csl:
    words = csl["title"].split()
    words[1] = f"<i>{words[1]}</i>"
    return changed(csl, title=" ".join(words).replace(" and ", " &amp; ") + ".")


def one_author_et_al(csl: Csl) -> Csl:
    return changed(csl, author=csl["author"][:1], custom={"authors_truncated": True})


def without_subtitle(csl: Csl) -> Csl:
    words = csl["title"].split(": ")[0].split()
    return changed(csl, title=" ".join(words if ":" in csl["title"] else words[:-2]))


def with_doi(csl: Csl, number: int) -> Csl:
    return changed(csl, DOI=f"10.5555/made.up.{number}")


SAME: dict[str, Rule] = {
    "journal abbreviated": lambda c, n: (c, abbreviated_journal(c)),
    "accents and initials": lambda c, n: (c, first_letter_only(plain_names(c))),
    "British and American": lambda c, n: (c, american(c)),
    "capitals and full stop": lambda c, n: (c, changed(c, title=c["title"].upper() + ".")),
    "markup in the title": lambda c, n: (c, marked_up(c)),
    "et al.": lambda c, n: (c, one_author_et_al(c)),
    "pages abbreviated": lambda c, n: (c, abbreviated_pages(c)),
    "pages swapped": lambda c, n: (c, swapped_pages(c)),
    "online a year before": lambda c, n: (c, year(c, -1)),
    "no issue, no last page": lambda c, n: (c, first_page_only(c)),
    "no volume or pages": lambda c, n: (c, changed(c, volume=None, issue=None, page=None)),
    "no authors": lambda c, n: (c, changed(c, author=None)),
    "no journal": lambda c, n: (c, changed(c, container_title=None)),
    "no year": lambda c, n: (c, changed(c, issued=None)),
    "title typed wrong": lambda c, n: (c, typed_wrong(c)),
    "subtitle cut": lambda c, n: (c, without_subtitle(c)),
    "same DOI, little else": lambda c, n: (
        with_doi(c, n),
        {"type": c["type"], "title": c["title"], "DOI": f"10.5555/made.up.{n}"},
    ),
}  # fmt: skip
OTHER: dict[str, tuple[Truth, Rule]] = {
    "erratum": (Truth.RELATED, lambda c, n: (
        c, year(changed(c, title=f"Erratum to: {c['title']}", page="1001"), 1))),
    "erratum on the same page": (Truth.RELATED, lambda c, n: (
        c, changed(c, title=f"Correction: {c['title']}"))),
    "retraction notice": (Truth.RELATED, lambda c, n: (
        c, year(changed(c, title=f"Retraction notice to “{c['title']}”", page="77"), 2))),
    "comment": (Truth.RELATED, lambda c, n: (
        c, changed(c, title=f"Comment on: {c['title']}", page="900-901",
                   author=[{"family": "Reader", "given": "A"}]))),
    "reply": (Truth.RELATED, lambda c, n: (
        c, year(changed(c, title=f"Reply to: {c['title']}", page="902"), 1))),
    "preprint": (Truth.RELATED, lambda c, n: (
        c, year(changed(c, type="article", container_title="medRxiv", volume=None, issue=None,
                        page=None, DOI=f"10.1101/2020.01.{n:02}.2000{n}"), -1))),
    "conference abstract": (Truth.RELATED, lambda c, n: (
        c, year(changed(c, container_title="Gastroenterology", volume="138", issue="5 Suppl 1",
                        page=f"S{100 + n}"), -1))),
    "abstract in the same volume": (Truth.RELATED, lambda c, n: (
        c, changed(c, issue="Suppl 2", page=f"A{40 + n}"))),
    "parts": (Truth.RELATED, lambda c, n: (
        changed(c, title=f"{c['title']}. Part I"),
        changed(c, title=f"{c['title']}. Part II", issue="9", page="1200-1210"))),
    "other work of the same authors": (Truth.DIFFERENT, lambda c, n: (
        c, changed(c, title=BASES[(n + 1) % len(BASES)]["title"], page="1500-1510"))),
    "neighbours in one issue": (Truth.DIFFERENT, lambda c, n: (
        c, changed(BASES[(n + 1) % len(BASES)], container_title=c["container-title"],
                   volume=c["volume"], issue=c.get("issue"), issued=c["issued"],
                   page=_next_page(c)))),
    "two letters on one page": (Truth.DIFFERENT, lambda c, n: (
        c, changed(BASES[(n + 1) % len(BASES)], container_title=c["container-title"],
                   volume=c["volume"], issue=c.get("issue"), issued=c["issued"], page=c["page"]))),
    "same title, other people": (Truth.DIFFERENT, lambda c, n: (
        changed(c, title="Insulinoma"),
        changed(BASES[(n + 7) % len(BASES)], title="Insulinoma"))),
    "DOI of another work": (Truth.DIFFERENT, lambda c, n: (
        with_doi(c, n), with_doi(BASES[(n + 3) % len(BASES)], n))),
}  # fmt: skip


def _next_page(csl: Csl) -> str:
    last = int(re.sub(r"\D", "", csl["page"].split("-")[1]))
    return f"{last + 1}-{last + 8}"


def generated() -> list[Pair]:
    pairs = [
        Pair(category, Truth.SAME, *rule(base, number))
        for category, rule in SAME.items()
        for number, base in enumerate(BASES)
    ]
    pairs += [
        Pair(category, truth, *rule(base, number))
        for category, (truth, rule) in OTHER.items()
        for number, base in enumerate(BASES)
    ]
    return [pair for pair in pairs if pair.a != pair.b]
