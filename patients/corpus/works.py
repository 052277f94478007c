"""Synthetic works to cite: a pool that all cases share, and a report for each case."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from patients.corpus.concepts import COMPLAINTS, DIAGNOSES, DRUGS, INTERVENTIONS
from patients.corpus.draws import (
    NAMES,
    WORKS,
    any_of,
    random_of,
    reference_id,
    report_id,
    zipf,
    zipf_of,
)
from patients.corpus.mark import MARK
from patients.document.model import ReferenceData

_BEGINNINGS: Final = ("Bar", "Cor", "Den", "Fal", "Gri", "Hol", "Jar", "Kel", "Lom", "Mar", "Nor",
                      "Pel", "Ros", "Sil", "Tor", "Ver")  # fmt: skip
_MIDDLES: Final = (
    "a",
    "be",
    "di",
    "en",
    "fo",
    "ga",
    "li",
    "mo",
    "ni",
    "ra",
    "su",
    "to",
    "va",
    "we",
)
_ENDS: Final = ("bek", "dal", "fors", "gren", "kin", "lund", "man", "nov", "ric", "sen", "ski",
                "stad", "ton", "vik", "well", "zer")  # fmt: skip
_INITIALS: Final = "ABCDEFGHJKLMNPRSTVW"
_JOURNALS: Final = [
    f"{kind} of {field}"
    for kind in ("Journal", "Annals", "Archives", "Reports", "Reviews", "Letters")
    for field in ("Synthetic Oncology", "Synthetic Surgery", "Synthetic Radiology",
                  "Synthetic Medicine", "Synthetic Endocrinology", "Synthetic Pathology")
]  # fmt: skip
_DESIGNS: Final = ("cohort", "case_series", "case_report", "trial", "narrative_review", "guideline",
                   "registry", "meta_analysis")  # fmt: skip
_ASPECTS: Final = (
    "outcome after", "survival after", "complications of", "early results of", "imaging before",
    "long-term follow-up of", "dose of", "quality of life after", "risk factors of",
    "the learning curve of",
)  # fmt: skip


@lru_cache(maxsize=20_000)
def work(seed: int, number: int) -> ReferenceData:
    """The work `number` of the pool; its place in a list is left at 0."""
    random = random_of(seed, WORKS, number)
    treatment = zipf_of(random, INTERVENTIONS if random.random() < 0.4 else DRUGS)
    diagnosis, _ = zipf_of(random, DIAGNOSES)
    title = (
        f"{MARK}{any_of(random, _ASPECTS)} {treatment.display.lower()} in "
        f"{diagnosis.display.lower()} with {zipf_of(random, COMPLAINTS).display.lower()}: "
        f"study {number + 1}"
    )
    names = [_name(seed, zipf(random, 20_000)) for _ in range(1 + int(random.random() * 5))]
    return _work(
        reference_id(seed, number), title, names, any_of(random, _JOURNALS),
        1990 + int(random.random() * 35), f"10.5555/synthetic.{seed}.{number}",
        any_of(random, _DESIGNS), int(random.random() * 900),
    )  # fmt: skip


def report(seed: int, case: int, diagnosis: str, year: int) -> ReferenceData:
    """The work that tells of the case `case`."""
    names = [_name(seed, case * 7 % 20_000), _name(seed, case * 13 % 20_000)]
    return _work(
        report_id(seed, case), f"{MARK}a case of {diagnosis.lower()}", names,
        _JOURNALS[case % len(_JOURNALS)], year, f"10.5555/synthetic.report.{seed}.{case}",
        "case_report", case % 900,
    )  # fmt: skip


def _work(
    id: str, title: str, names: list[str], journal: str, year: int, doi: str, design: str, page: int
) -> ReferenceData:
    families = [name.rpartition(" ")[0] for name in names]
    who = families[0]
    if len(names) == 2:
        who = f"{families[0]} and {families[1]}"
    elif len(names) > 2:
        who = f"{families[0]} et al."
    return ReferenceData(
        number=0, id=id, type="article-journal", authors=", ".join(names), title=title,
        container_title=journal, published=f"{journal} {year};{year - 1980}:{page + 1}–{page + 9}",
        year=year, doi=doi, pmid="", pmcid="", study_design=design, short=f"{who} {year}",
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def _name(seed: int, rank: int) -> str:
    """Made of syllables: some forty thousand, none of them somebody's on purpose."""
    random = random_of(seed, NAMES, rank)
    family = any_of(random, _BEGINNINGS) + any_of(random, _MIDDLES) + any_of(random, _MIDDLES)
    return f"{family}{any_of(random, _ENDS)} {any_of(random, _INITIALS)}{any_of(random, _INITIALS)}"
