"""The synthetic case of a seed and a number: a course of about ten events, 25 citations."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from patients.corpus import phrases
from patients.corpus.citing import Citing
from patients.corpus.concepts import (
    COMPLAINTS,
    DIAGNOSES,
    DRUGS,
    IMAGING,
    INTERVENTIONS,
    SURGERY,
)
from patients.corpus.draws import CASES, accession, any_of, random_of, zipf_of
from patients.corpus.events import Course
from patients.corpus.mark import MARK
from patients.corpus.works import report
from patients.derived import block_of
from patients.document.model import SCHEMA_VERSION, CaseDocument, PatientData

CHINESE_SHARE = 0.2
COUNTRIES = ("CN", "US", "JP", "GB", "DE", "IN", "IT", "FR", "KR", "BR", "TR", "ES")
ADULT = 18


def make(seed: int, number: int, pool: int) -> CaseDocument:
    """The same document for the same numbers, on any machine. `pool` is how many works there are
    to cite."""
    random = random_of(seed, CASES, number)
    course = Course(seed, number, random, is_chinese=random.random() < CHINESE_SHARE)
    diagnosis, site = zipf_of(random, DIAGNOSES)
    complaint = zipf_of(random, COMPLAINTS)
    treatment = zipf_of(random, INTERVENTIONS if random.random() < 0.5 else SURGERY)
    drug = zipf_of(random, DRUGS)
    outcome, outcome_en, outcome_zh = zipf_of(random, phrases.OUTCOMES)
    patient = _patient(course.new_id(), random)

    course.presentation(complaint)
    course.imaging(-int(random.random() * 20) - 3, zipf_of(random, IMAGING), site)
    course.diagnosis(-2, diagnosis, site)
    course.treatment(treatment, site)
    last = course.course_of(drug, random, more=2 + int(random.random() * 7))
    course.outcome(last + 30 + int(random.random() * 400), outcome)

    year = 1995 + int(random.random() * 30)
    citing = Citing(course, report(seed, number, diagnosis.display, year), pool)
    events, findings = citing.cited(course)
    words = _summary(course.is_chinese, random)
    told = {"complaint": complaint, "diagnosis": diagnosis, "treatment": treatment, "drug": drug}
    if course.is_chinese:
        named = {name: each.display_zh for name, each in told.items()} | {"outcome": outcome_zh}
        title = f"{MARK}{named['diagnosis']}，{named['treatment']}后应用{named['drug']}"
    else:
        named = {name: each.display.lower() for name, each in told.items()}
        named["outcome"] = outcome_en
        title = f"{MARK}{named['diagnosis']} after {named['treatment']} and {named['drug']}"
    summary = words.format(**named)
    document = CaseDocument(
        schema_version=SCHEMA_VERSION, accession=accession(seed, number), title=title,
        summary=summary[:1].upper() + summary[1:], patient=patient, diagnosis=diagnosis,
        primary_site=site, day_zero_year=year - 1 if random.random() < 0.6 else None,
        source=citing.source.id, events=events, imaging_findings=findings,
        lesions=course.lesions(site), citations=citing.of_case, references=citing.references,
        problems=[],
    )  # fmt: skip
    return replace(document, derived=block_of(document))


def _summary(is_chinese: bool, random: Random) -> str:
    return any_of(random, phrases.SUMMARY_ZH if is_chinese else phrases.SUMMARY_EN)


def _patient(id: str, random: Random) -> PatientData:
    """Ages as in a hospital: most between 40 and 75, a few of 90 and over, a few not reported."""
    sex = "female" if random.random() < 0.5 else "male" if random.random() < 0.96 else ""
    country = any_of(random, COUNTRIES) if random.random() < 0.7 else ""
    age = int(random.gauss(58, 16))
    if random.random() < 0.03:
        return PatientData(id, sex, country, None, None, "")
    if age >= 90:
        return PatientData(id, sex, country, 90, None, "90 years and over")
    age = max(age, 1)
    if age < ADULT:
        return PatientData(id, sex, country, age, age, "1 year" if age == 1 else f"{age} years")
    low = age // 5 * 5
    return PatientData(id, sex, country, low, low + 4, f"{low} to {low + 4} years")
