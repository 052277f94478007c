"""What a clinician asks of the demo base, in English and Chinese, and the cases that answer it.

Each case must stand on the first page. Where `only` is said, nothing else may: such a question has
one answer, and a search that gives everything would not help.
"""

from urllib.parse import urlencode

import pytest

from tests.patients.searching.asking import found

pytestmark = pytest.mark.django_db
SEED = "CB-DM6SDHC"  # liver mass, PNET years later, embolisation, octreotide, anticoagulation
PREGNANT = "CB-WGGSFYE"
SPLENIC_METASTASES = "CB-TDF358P"
TAIL = "CB-G16GCB1"
YOUNG = "CB-YEAF3PC"
DUCT = "CB-6JAAH6J"
NECROSIS = "CB-NJK14XT"
LONG = "CB-BKBQKZH"
SINISTRAL = "CB-C7KW203"
AFTER_BREAST = "CB-ZN9A6GP"
EMBOLI = "CB-AB5NFBR"
GASTRIC = "CB-F7X0DRY"
GIANT = "CB-BAE0120"

ONLY = True
WORDS = [
    ("octreotide", {SEED, AFTER_BREAST, GASTRIC}, ONLY),
    ("奥曲肽", {SEED, AFTER_BREAST, GASTRIC}, ONLY),
    ("Octreotid*", {SEED, AFTER_BREAST, GASTRIC}, ONLY),
    ("hepatic artery embolisation", {SEED, NECROSIS}, not ONLY),
    ("hepatic artery embolization", {SEED, NECROSIS}, not ONLY),
    ("TAE", {SEED, NECROSIS}, not ONLY),
    ("肝动脉栓塞术", {SEED, NECROSIS}, not ONLY),
    ("经导管动脉栓塞术", {SEED, NECROSIS}, not ONLY),
    ("LMWH", {SEED}, ONLY),
    ("低分子肝素", {SEED}, ONLY),
    ("anticoagulant", {SEED}, not ONLY),
    ("抗凝药", {SEED}, not ONLY),
    ("rivaroxaban", {SEED}, ONLY),
    ("利伐沙班", {SEED}, ONLY),
    ("everolimus portal vein", {GIANT, EMBOLI}, not ONLY),
    ("依维莫司", {GIANT, EMBOLI}, not ONLY),
    ("mTOR inhibitor", {GIANT, EMBOLI}, not ONLY),
    ("pregnancy after remission", {PREGNANT}, ONLY),
    ("妊娠", {PREGNANT}, not ONLY),
    ("JAK2", {PREGNANT}, ONLY),
    ("JAK2 V617F 突变", {PREGNANT}, ONLY),
    ("portal vein thrombosis", {SEED, PREGNANT}, not ONLY),
    ("门静脉血栓", {SEED, PREGNANT}, not ONLY),
    ("PVTT", {EMBOLI, GIANT}, not ONLY),
    ("门静脉癌栓", {EMBOLI, GIANT}, not ONLY),
    ("脾静脉癌栓", {TAIL, EMBOLI}, not ONLY),
    ("“splenic vein” tumour thrombus", {TAIL}, not ONLY),
    ("splenic vein tumor thrombus", {TAIL, EMBOLI}, not ONLY),
    ("sinistral portal hypertension", {SINISTRAL}, not ONLY),
    ("区域性门静脉高压", {SINISTRAL}, not ONLY),
    ("partial splenic embolization", {SINISTRAL}, not ONLY),
    ("gastric varices", {SINISTRAL}, not ONLY),
    ("Whipple", {EMBOLI}, ONLY),
    ("胰十二指肠切除术", {EMBOLI}, ONLY),
    ("total pancreatectomy", {DUCT}, not ONLY),
    ("frozen section", {DUCT}, ONLY),
    ("术中冰冻", {DUCT}, ONLY),
    ("carcinoma after breast cancer", {AFTER_BREAST}, not ONLY),
    ("乳腺癌", {AFTER_BREAST}, ONLY),
    ("hypergastrinaemia", {AFTER_BREAST}, not ONLY),
    ("diarrhea", {AFTER_BREAST, EMBOLI}, not ONLY),
    ("RFA", {AFTER_BREAST, SPLENIC_METASTASES}, not ONLY),
    ("射频消融", {AFTER_BREAST, SPLENIC_METASTASES}, ONLY),
    ("anemia", {SPLENIC_METASTASES}, ONLY),
    ("gastric NET", {GASTRIC}, not ONLY),
    ("胃神经内分泌肿瘤", {GASTRIC}, not ONLY),
    ("lanreotide", {GASTRIC}, not ONLY),
    ("PHNET", {YOUNG, LONG}, not ONLY),
    ("原发性肝神经内分泌肿瘤", {YOUNG, LONG}, not ONLY),
    ("taken for hepatocellular carcinoma", {YOUNG}, not ONLY),
    ("HCC 右半肝切除术", {YOUNG}, not ONLY),
    ("liver infarction after embolisation", {NECROSIS}, not ONLY),
    ("肝坏死", {NECROSIS}, not ONLY),
    ("胰腺神经内分泌肿瘤肝转移", {SEED, PREGNANT}, not ONLY),
    ("obstructive jaundice -diarrhoea", set(), ONLY),
    ("EUS-FNA", {TAIL}, not ONLY),
    ("wirsung OR 冰冻切片", {DUCT}, not ONLY),
    ("H01CB02", {SEED, AFTER_BREAST, GASTRIC}, ONLY),
    ("10.3389/fonc.2021.809129", {SEED}, not ONLY),
    (SEED.lower(), {SEED}, ONLY),
]
FILTERS = [
    ("treatment=octreotide&vein=portal-vein", {SEED}, ONLY),
    ("q=everolimus&sex=female", {GIANT, EMBOLI}, not ONLY),
    ("vein_course=partly_recanalised", {SEED}, ONLY),
    ("metastasis=spleen", {SPLENIC_METASTASES}, ONLY),
    ("age=18-29", {YOUNG}, ONLY),
    ("outcome=no_evidence_of_disease&treatment_kind=drug", {GIANT, SPLENIC_METASTASES}, ONLY),
    ("first=embolisation&then=anticoagulant&within=30", {SEED}, ONLY),
    ("first=栓塞&then=抗凝药&within=30", {SEED}, ONLY),
    ("first=hepatectomy&then=octreotide", {SEED, AFTER_BREAST}, ONLY),
    ("first=everolimus&then=surgery&times=certain", {GIANT, EMBOLI}, ONLY),
    ("first=pancreaticoduodenectomy&then=everolimus&direction=before", {EMBOLI}, ONLY),
    ("first=distal pancreatectomy&then=pregnancy&times=certain", {PREGNANT}, ONLY),
]


QUERIES = [(urlencode({"q": words}), words) for words, *_ in WORDS]
QUERIES += [(query, query) for query, *_ in FILTERS]


@pytest.fixture(scope="module")
def answers(from_demo):
    """By question, the accessions of the first page."""
    return from_demo(lambda: {name: set(found(query)) for query, name in QUERIES})


@pytest.mark.parametrize(
    ("asked", "expected", "only"), WORDS + FILTERS, ids=[row[0] for row in WORDS + FILTERS]
)
def test_the_cases_that_answer_stand_on_the_first_page(answers, asked, expected, only):
    assert expected <= answers[asked]
    if only:
        assert answers[asked] == expected


def test_there_are_questions_enough_in_both_languages():
    chinese = [words for words, *_ in WORDS if any("一" <= letter <= "鿿" for letter in words)]
    assert len(WORDS) + len(FILTERS) >= 40
    assert len(chinese) >= 15
