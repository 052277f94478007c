"""Numbers that a hospital, a state or an insurer gave to a person."""

from __future__ import annotations

import re
from collections.abc import Callable

from patients.screening.rules.rule import digits_in, rule
from patients.vocabulary import HitKind

RECORD, NATIONAL = HitKind.RECORD_NUMBER, HitKind.NATIONAL_ID
_VALUE = r"(?P<value>[A-Za-z]{0,4}[-/]?[0-9][0-9A-Za-z/-]{0,20})(?![0-9A-Za-z_])"
_SPACED = r"(?P<value>[A-Za-z]{0,3} ?[0-9][0-9A-Za-z]{0,12}(?:[ -][0-9A-Za-z]{1,8}){0,5})"
_SAYS = r"(?: was| is| were|:|=|,| \()? {0,2}#? ?"
_NUMBER_WORD = r"(?:numbers?|nos?\b\.?|nr\b\.?|num\b\.?|ids?\b|identifiers?|code|#)"
_LABELS = (
    "medical record|med(?:ical)? rec|health record|electronic record|hospital|chart|patient|file"
    "|unit|admission|inpatient|outpatient|episode|visit|encounter|record|accession|specimen|sample"
    "|pathology|histology|cytology|slide|block|biopsy|biobank|radiology|imaging|scan|study|registry"
    "|registration|report|lab(?:oratory)?|case|account|enrol?ment|subject|participant|clinic"
)
_PUBLIC = re.compile(r"(?i:[A-Z]{1,2}_?[0-9]{5,8}|GSE[0-9]{1,9}|SR[RPX][0-9]{1,9}|CB-.{7})\Z")
_ARCHIVES = re.compile(r"(?i:genbank|geo|ncbi|refseq|clinvar|ena|ega|sra|uniprot|casebase|pdb)\b")
_CHINESE_LABELS = (
    "住院|病案|病历|门诊|急诊|就诊卡|就诊|登记|检查|影像|放射|超声|CT|MRI|MR|X线|病理|标本|切片|蜡块"
    "|档案|床|患者|登录|条码|流水|挂号|诊疗卡|胃镜|肠镜|内镜|床位|ID"
)


def _is_of_a_person(match: re.Match[str]) -> bool:
    """A short number counts something, and the accession of an archive names a sequence."""
    value = match["value"]
    if digits_in(value) < 4:
        return False
    before = match.string[max(0, match.start() - 30) : match.start()]
    is_accession = "accession" in match[0].lower()
    return not (is_accession and (_PUBLIC.match(value) or _ARCHIVES.search(before)))


def _has_digits(least: int) -> Callable[[re.Match[str]], bool]:
    return lambda match: digits_in(match["value"]) >= least


RULES = (
    rule(
        "labelled record number",
        RECORD,
        rf"\b(?i:(?:{_LABELS})(?: (?:accession|record|identification|case|reference|study))?"
        rf"'?s? ?{_NUMBER_WORD}{_SAYS}){_VALUE}",
        keep=_is_of_a_person,
    ),
    rule(
        "MRN", RECORD, rf"\b(?:MRN|mrn|UHID|URN|CHI|UPI)\b{_SAYS}\.? ?{_VALUE}", keep=_has_digits(3)
    ),
    rule("bed", RECORD, r"\b(?i:bed|room) (?i:no\b\.?|number) ?[0-9]{1,4}\b"),
    rule(
        "number of a specimen",
        RECORD,
        r"(?<![\w/.-])(?!CD|ICD|HLA|COVID)[A-Z]{1,3}-?[0-9]{2}-[0-9]{4,7}(?![\w-])",
    ),
    rule(
        "Chinese record number",
        RECORD,
        rf"(?:{_CHINESE_LABELS}) ?(?:编)?号(?:码)? ?[:是为]? ?#?{_VALUE}",
    ),
    rule(
        "Chinese identity card",
        NATIONAL,
        r"(?<![0-9A-Za-z])[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])"
        r"(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9A-Za-z])",
    ),
    rule(
        "Chinese labelled number",
        NATIONAL,
        r"(?:身份证|护照|社保|医保|社会保障|通行证|军官证|医疗保险|驾驶证|学生证|工作证)(?:卡|证)?"
        rf"(?:号码|编号|号)? ?[:是为]? ?{_SPACED}",
        keep=_has_digits(5),
    ),
    rule(
        "social security number", NATIONAL, r"(?<![0-9A-Za-z-])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![0-9-])"
    ),
    rule(
        "labelled national number",
        NATIONAL,
        r"\b(?i:SSN|social security|passport|national insurance|national id(?:entity)?"
        r"|identity card"
        r"|id card|driv(?:er'?s?|ing) licen[cs]e|NHS|medicare|medicaid|aadhaar|DNI|NIE|BSN|CPR"
        r"|tax(?:payer)?|health card|health insurance|insurance|policy|voter)(?i: card| policy)?"
        rf"(?i: ?{_NUMBER_WORD})?{_SAYS}{_SPACED}",
        keep=_has_digits(5),
    ),
    rule(
        "national insurance number",
        NATIONAL,
        r"(?<![\w-])[A-CEGHJ-PR-TW-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D](?![\w-])",
    ),
    rule("fiscal code", NATIONAL, r"(?<!\w)[A-Z]{6}[0-9]{2}[A-Z][0-9]{2}[A-Z][0-9]{3}[A-Z](?!\w)"),
)
