"""What reading each format costs beside the best library for it.

    .venv/bin/pip install --requirement bench/requirements.txt
    .venv/bin/python -m bench.parsing

Both read the same made-up records from memory, in turns (ours, theirs, theirs, ours) in one
process; printed is the median of the ratios. Ours gives checked CSL with full pages, names in parts
and the original text of each record; a library gives what it gives. For XML the other side is only
lxml building the tree, and for CSL-JSON only json.loads: floors, not readers of literature.
"""

from __future__ import annotations

import importlib
import json
import logging
from collections.abc import Callable
from io import BytesIO
from statistics import median
from time import perf_counter

from literature.importers.registry import IMPORTERS

RECORDS = 500
ROUNDS = 9
ABSTRACT = "Liver metastases were treated and followed. " * 12


def ris() -> str:
    return "".join(
        f"TY  - JOUR\nAU  - Family{n}, Anna\nAU  - Other, B. C.\nTI  - Title number {n}\n"
        f"JF  - Journal of Tests\nPY  - 2016/05/12/\nVL  - 12\nIS  - 3\nSP  - {n}\nEP  - {n + 9}\n"
        f"DO  - 10.5555/{n}\nAB  - {ABSTRACT}\nER  - \n\n"
        for n in range(RECORDS)
    )


def bibtex() -> str:
    return "".join(
        f'@article{{key{n},\n  author = {{Family{n}, Anna and M{{\\"u}}ller, B. C.}},\n'
        f"  title = {{Title {{N}}umber {n}}},\n  journal = {{Journal of Tests}},\n  year = 2016,\n"
        f"  volume = 12,\n  number = 3,\n  pages = {{{n}--{n + 9}}},\n  doi = {{10.5555/{n}}},\n"
        f"  abstract = {{{ABSTRACT}}}\n}}\n\n"
        for n in range(RECORDS)
    )


def nbib() -> str:
    return "".join(
        f"PMID- {n + 1}\nOWN - NLM\nTI  - Title number {n}.\nFAU - Family, Anna\nAU  - Family A\n"
        f"JT  - Journal of tests\nDP  - 2016 May 12\nVI  - 12\nIP  - 3\nPG  - {n}-{n + 9}\n"
        f"LID - 10.5555/{n} [doi]\nAB  - {ABSTRACT}\n\n"
        for n in range(RECORDS)
    )


def pubmed() -> str:
    return f"<PubmedArticleSet>{''.join(map(_pubmed_article, range(RECORDS)))}</PubmedArticleSet>"


def _pubmed_article(n: int) -> str:
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{n + 1}</PMID><Article><Journal><JournalIssue>"
        "<Volume>12</Volume><Issue>3</Issue><PubDate><Year>2016</Year></PubDate></JournalIssue>"
        f"<Title>Journal of tests</Title></Journal><ArticleTitle>Title number {n}.</ArticleTitle>"
        f"<Abstract><AbstractText>{ABSTRACT}</AbstractText></Abstract><AuthorList><Author>"
        "<LastName>Family</LastName><ForeName>Anna</ForeName></Author></AuthorList></Article>"
        "</MedlineCitation></PubmedArticle>\n"
    )


def jats() -> str:
    return "<ref-list>" + "".join(
        f'<ref><label>{n + 1}</label><element-citation publication-type="journal"><name><surname>'
        f"Family</surname><given-names>A</given-names></name><article-title>Title number {n}"
        "</article-title><source>Journal of tests</source><year>2016</year><volume>12</volume>"
        f"<fpage>{n}</fpage><lpage>{n + 9}</lpage></element-citation></ref>\n"
        for n in range(RECORDS)
    ) + "</ref-list>"  # fmt: skip


def endnote() -> str:
    return "<xml><records>" + "".join(
        '<record><ref-type name="Journal Article">17</ref-type><contributors><authors><author>'
        '<style face="normal">Family, Anna</style></author></authors></contributors><titles>'
        f'<title><style face="normal">Title number {n}</style></title><secondary-title>Journal of '
        f"tests</secondary-title></titles><pages>{n}-{n + 9}</pages><volume>12</volume><dates>"
        f"<year>2016</year></dates><abstract>{ABSTRACT}</abstract></record>\n"
        for n in range(RECORDS)
    ) + "</records></xml>"  # fmt: skip


def csl_json() -> str:
    return json.dumps(
        [
            {"id": str(n), "type": "article-journal", "title": f"Title number {n}",
             "author": [{"family": "Family", "given": "Anna"}], "container-title": "Journal",
             "issued": {"date-parts": [[2016, 5]]}, "volume": "12", "page": f"{n}-{n + 9}",
             "DOI": f"10.5555/{n}", "abstract": ABSTRACT}
            for n in range(RECORDS)
        ]
    )  # fmt: skip


def _rispy(text: str) -> object:
    return importlib.import_module("rispy").loads(text)


def _bibtexparser(text: str) -> object:
    library = importlib.import_module("bibtexparser")
    plain = library.middlewares.LatexDecodingMiddleware()
    return library.parse_string(text, append_middleware=[plain]).entries


def _nbib(text: str) -> object:
    return importlib.import_module("nbib").read(text)


def _lxml(text: str) -> object:
    return importlib.import_module("lxml.etree").fromstring(text.encode())


OTHERS: dict[str, tuple[Callable[[], str], str, Callable[[str], object]]] = {
    "ris": (ris, "rispy", _rispy),
    "bibtex": (bibtex, "bibtexparser", _bibtexparser),
    "nbib": (nbib, "nbib", _nbib),
    "pubmed-xml": (pubmed, "lxml", _lxml),
    "jats": (jats, "lxml", _lxml),
    "endnote-xml": (endnote, "lxml", _lxml),
    "csl-json": (csl_json, "json", json.loads),
}
"""For each format: its records, the library beside it, and how that reads them."""


def in_turns(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """The median seconds of ours, and the median ratio of ours to theirs."""
    ours()
    theirs()
    seconds, ratios = [], []
    for _ in range(ROUNDS):
        taken = [_timed(task) for task in (ours, theirs, theirs, ours)]
        seconds += [taken[0], taken[3]]
        ratios.append((taken[0] + taken[3]) / (taken[1] + taken[2]))
    return median(seconds), median(ratios)


def _timed(task: Callable[[], object]) -> float:
    started = perf_counter()
    task()
    return perf_counter() - started


def main() -> None:
    logging.disable(logging.WARNING)
    print(f"{RECORDS} records of each format")
    for name, (make, library, read) in OTHERS.items():
        text = make()
        raw = text.encode()
        found = list(IMPORTERS[name].read(BytesIO(raw)))
        assert len(found) == RECORDS
        assert not any(entry.problems for entry in found), found[0].problems
        try:
            read(text)
        except ImportError:
            print(f"{name:12} {library} is not installed (see bench/requirements.txt)")
            continue
        seconds, ratio = in_turns(
            lambda: list(IMPORTERS[name].read(BytesIO(raw))),  # noqa: B023
            lambda: read(text),  # noqa: B023
        )
        print(f"{name:12} {RECORDS / seconds:8,.0f} records/s   {ratio:6.2f} × {library}")


if __name__ == "__main__":
    main()
