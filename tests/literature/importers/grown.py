"""Files grown by the grammar of each format: well-formed mostly, with values that are not.

Damaged files seldom get past the outermost brackets; these reach what lies behind.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from literature.csl import TYPES
from tests.fuzzing.values import json_value, text
from tests.literature.importers import samples

Dice = random.Random
_TAG = re.compile(r"^([A-Z][A-Z0-9]{1,3}) *- ", re.M)
_ELEMENT = re.compile(r"<([A-Za-z][\w:-]*)")
_ATTRIBUTE = re.compile(r"\s([A-Za-z][\w:-]*)=[\"']")
_BIBTEX = re.compile(r"^\s*([a-z-]+)\s*=", re.M | re.I)
RIS_TYPES = ["JOUR", "CHAP", "BOOK", "CONF", "ELEC", "THES", "GEN", "NOPE", ""]
BIBTEX_TYPES = ["article", "book", "incollection", "misc", "string", "preamble", "comment", "nope"]
VARIABLES = [
    "id", "title", "author", "editor", "issued", "DOI", "PMID", "PMCID", "ISSN", "ISBN", "URL",
    "page", "volume", "issue", "container-title", "abstract", "language", "note", "custom",
    "accessed", "nope",
]  # fmt: skip


def grown(name: str, dice: Dice) -> bytes:
    """A file of the format of this name."""
    made = _GROWERS[name](dice)
    return made.encode("utf-8", "surrogatepass" if dice.random() < 0.1 else "replace")


def _records(dice: Dice, one: Callable[[], str], between: str = "\n") -> str:
    return between.join(one() for _ in range(dice.choice([1, 1, 2, 3, 8])))


def _value(dice: Dice) -> str:
    return text(dice) if dice.random() < 0.9 else text(dice).replace("\n", " ") + "\n      more"


def _ris(dice: Dice) -> str:
    tags = sorted(
        {*_TAG.findall(samples.RIS), "AU", "A2", "N1", "N2", "UR", "Y1", "DA", "C2", "M1"}
    )

    def one() -> str:
        lines = [f"{dice.choice(tags)}  - {_value(dice)}" for _ in range(dice.randint(0, 15))]
        return "\n".join([f"TY  - {dice.choice(RIS_TYPES)}", *lines, "ER  - ", ""])

    return _records(dice, one)


def _nbib(dice: Dice) -> str:
    tags = sorted(
        {*_TAG.findall(samples.NBIB), "FAU", "DP", "LID", "AID", "PT", "AB", "RIN", "EIN"}
    )

    def one() -> str:
        lines = [f"{dice.choice(tags):4}- {_value(dice)}" for _ in range(dice.randint(0, 15))]
        return "\n".join([f"PMID- {_value(dice)}", *lines, ""])

    return _records(dice, one)


def _bibtex(dice: Dice) -> str:
    names = sorted(
        {*_BIBTEX.findall(samples.BIBTEX), "author", "year", "month", "pages", "crossref"}
    )

    def value() -> str:
        told = _value(dice)
        return dice.choice([
            f"{{{told}}}", f'"{told}"', f"{{{{{told}}}}}", told, f'"{told}" # jan', "jan # a # b",
            rf"{{\'e {told} \textit{{{told}}}}}", f"${told}$", "2016",
        ])  # fmt: skip

    def one() -> str:
        fields = (f"  {dice.choice(names)} = {value()}" for _ in range(dice.randint(0, 12)))
        key = dice.choice(["a", "b", text(dice)])
        return f"@{dice.choice(BIBTEX_TYPES)}{{{key},\n" + ",\n".join(fields) + "\n}\n"

    return _records(dice, one)


def _xml(sample: str, record: str, before: str, after: str) -> Callable[[Dice], str]:
    names, attributes = _ELEMENT.findall(sample), _ATTRIBUTE.findall(sample)
    records = re.findall(rf"<{record}[\s>].*?</{record}>", sample, re.S)
    leaf = re.compile(r">([^<>]+)</([A-Za-z][\w:-]*)>")

    def element(dice: Dice, depth: int) -> str:
        name = dice.choice(names)
        told = "".join(f" {a}={quoteattr(text(dice))}" for a in {dice.choice(attributes)})
        inside = _marked(dice)
        if depth < 6:
            inside += "".join(element(dice, depth + 1) for _ in range(dice.randint(0, 3)))
        return f"<{name}{told if dice.random() < 0.4 else ''}>{inside}</{name}>"

    def one(dice: Dice) -> str:
        """A good record, with other texts and more elements in it; or elements at random."""
        if dice.random() < 0.3:
            return f"<{record}>" + "".join(element(dice, 1) for _ in range(4)) + f"</{record}>"
        often = dice.random()

        def other(found: re.Match[str]) -> str:
            told = _marked(dice) if dice.random() < often else found[1]
            more = element(dice, 4) if dice.random() < 0.1 else ""
            return f">{told}</{found[2]}>{more}"

        return leaf.sub(other, dice.choice(records))

    return lambda dice: before + _records(dice, lambda: one(dice)) + after


def _marked(dice: Dice) -> str:
    """Text between two marks; NUL and other control characters cannot stand there."""
    told = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", _value(dice))
    return escape(told) if dice.random() < 0.9 else f"<i>{escape(told)}</i>&amp;&#x1F600;"


def _csl_json(dice: Dice) -> str:
    def name() -> dict[str, object]:
        parts = ["family", "given", "literal", "suffix", "nope"]
        return {dice.choice(parts): json_value(dice, 2) for _ in range(2)}

    def date() -> dict[str, object]:
        parts = [dice.choice([2016, 5, "2016", "5", None, -1, 10**9, 1.5, []]) for _ in range(3)]
        return {dice.choice(["date-parts", "raw", "literal"]): [parts[: dice.randint(0, 3)]]}

    def one() -> object:
        if dice.random() < 0.05:
            return json_value(dice)
        item: dict[str, object] = {
            "type": dice.choice([*sorted(TYPES), text(dice)]),
            "title": text(dice),
        }
        for variable in dice.sample(VARIABLES, dice.randint(0, 9)):
            made = dice.choice([
                lambda: text(dice), lambda: [name()], date, lambda: json_value(dice, 1),
            ])()  # fmt: skip
            item[variable] = made
        return item

    items = [one() for _ in range(dice.choice([1, 1, 2, 5]))]
    return json.dumps(
        dice.choice([items, items[0], {"items": items}]), ensure_ascii=dice.random() < 0.5
    )


def _pasted(dice: Dice) -> str:
    lines = [line for line in samples.PASTED.splitlines() if line.strip()]
    joins = [". ", ", ", "; ", ":", " (", ") ", "–", "[J]. ", " In: ", " doi: ", " et al. ", " "]

    def one() -> str:
        if dice.random() < 0.4:
            words = dice.choice(lines).split(" ")
            words[dice.randrange(len(words))] = text(dice)
            return " ".join(words)
        return "".join(text(dice, 0.1) + dice.choice(joins) for _ in range(dice.randint(1, 12)))

    number = dice.choice(["{}. ", "[{}] ", "({}) ", "", "{} ", "{}) "])
    return "\n".join(f"{number.format(at)}{one()}" for at in range(1, dice.choice([2, 2, 4, 12])))


_JATS = (
    _xml(samples.JATS, "article", "", ""),
    _xml(samples.JATS_LIST, "ref", "<ref-list>", "</ref-list>"),
)
_GROWERS: dict[str, Callable[[Dice], str]] = {
    "ris": _ris,
    "nbib": _nbib,
    "bibtex": _bibtex,
    "pubmed-xml": _xml(
        samples.PUBMED,
        "PubmedArticle",
        '<?xml version="1.0"?><PubmedArticleSet>',
        "</PubmedArticleSet>",
    ),
    "jats": lambda dice: dice.choice(_JATS)(dice),
    "endnote-xml": _xml(samples.ENDNOTE, "record", "<xml><records>", "</records></xml>"),
    "csl-json": _csl_json,
    "pasted": _pasted,
}
