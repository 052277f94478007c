"""The concepts that synthetic courses are made of, in English and Chinese.

General medical words, combined at random. What comes out is no statement about any treatment.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from patients.document.model import TermData


class Concept(NamedTuple):
    en: str
    zh: str

    @property
    def slug(self) -> str:
        return re.sub("[^a-z0-9]+", "-", self.en.lower()).strip("-")


def _concepts(lines: str) -> list[Concept]:
    return [Concept(*pair.strip().split("/")) for pair in lines.replace("\n", ";").split(";")
            if pair.strip()]  # fmt: skip


_SITES = _concepts("""
liver/肝; pancreas/胰腺; stomach/胃; colon/结肠; rectum/直肠; lung/肺; breast/乳腺; kidney/肾
bladder/膀胱; prostate/前列腺; ovary/卵巢; uterus/子宫; cervix/宫颈
thyroid/甲状腺; oesophagus/食管
spleen/脾; gallbladder/胆囊; small bowel/小肠; appendix/阑尾; adrenal gland/肾上腺
skin/皮肤; brain/脑
spinal cord/脊髓; heart/心脏; thymus/胸腺; larynx/喉; tongue/舌; parotid gland/腮腺; femur/股骨
pelvis/骨盆; mediastinum/纵隔; retroperitoneum/腹膜后; testis/睾丸; orbit/眼眶; nasal cavity/鼻腔
peritoneum/腹膜; pleura/胸膜; lymph node/淋巴结; bile duct/胆管; duodenum/十二指肠
""")
_KINDS = _concepts("""
adenocarcinoma/腺癌; neuroendocrine tumour/神经内分泌肿瘤; squamous cell carcinoma/鳞状细胞癌
lymphoma/淋巴瘤; abscess/脓肿; sarcoma/肉瘤; haemangioma/血管瘤; cyst/囊肿; metastasis/转移瘤
lipoma/脂肪瘤; stromal tumour/间质瘤; tuberculosis/结核; inflammatory pseudotumour/炎性假瘤
necrosis/坏死; infarction/梗死; schwannoma/神经鞘瘤; fibromatosis/纤维瘤病; melanoma/黑色素瘤
teratoma/畸胎瘤; amyloidosis/淀粉样变
""")
_DRUGS = _concepts("""
octreotide/奥曲肽; lanreotide/兰瑞肽; everolimus/依维莫司
sunitinib/舒尼替尼; rivaroxaban/利伐沙班
enoxaparin/依诺肝素; warfarin/华法林; cisplatin/顺铂; carboplatin/卡铂; paclitaxel/紫杉醇
docetaxel/多西他赛; gemcitabine/吉西他滨; capecitabine/卡培他滨; oxaliplatin/奥沙利铂
irinotecan/伊立替康; fluorouracil/氟尿嘧啶; temozolomide/替莫唑胺; etoposide/依托泊苷
doxorubicin/多柔比星; cyclophosphamide/环磷酰胺; bevacizumab/贝伐珠单抗; trastuzumab/曲妥珠单抗
rituximab/利妥昔单抗; pembrolizumab/帕博利珠单抗; nivolumab/纳武利尤单抗; sorafenib/索拉非尼
imatinib/伊马替尼; erlotinib/厄洛替尼; tamoxifen/他莫昔芬; letrozole/来曲唑; prednisolone/泼尼松龙
methotrexate/甲氨蝶呤; isoniazid/异烟肼; rifampicin/利福平
vancomycin/万古霉素; meropenem/美罗培南
aspirin/阿司匹林; clopidogrel/氯吡格雷; insulin/胰岛素; metformin/二甲双胍; omeprazole/奥美拉唑
propranolol/普萘洛尔; zoledronic acid/唑来膦酸; denosumab/地舒单抗; interferon alfa/干扰素α
""")
_SURGERY = _concepts("""
partial hepatectomy/肝部分切除术; splenectomy/脾切除术; distal pancreatectomy/胰体尾切除术
gastrectomy/胃切除术; colectomy/结肠切除术; lobectomy/肺叶切除术; mastectomy/乳房切除术
nephrectomy/肾切除术; thyroidectomy/甲状腺切除术; hysterectomy/子宫切除术; craniotomy/开颅术
lymphadenectomy/淋巴结清扫术; thrombectomy/血栓切除术
laparotomy/剖腹探查术; wide excision/广泛切除术
""")
_INTERVENTIONS = _concepts("""
transarterial chemoembolisation/经导管动脉化疗栓塞; hepatic artery embolisation/肝动脉栓塞术
radiofrequency ablation/射频消融; percutaneous drainage/经皮引流; stent placement/支架置入术
portal vein embolisation/门静脉栓塞术; balloon angioplasty/球囊血管成形术; radiotherapy/放射治疗
partial splenic embolisation/部分脾动脉栓塞术; microwave ablation/微波消融
""")
_IMAGING = _concepts("""
CT/计算机断层扫描; MRI/磁共振成像; ultrasound/超声检查; Doppler ultrasound/多普勒超声
PET/正电子发射断层扫描; angiography/血管造影
""")
MODALITIES: Final = ("ct", "mri", "ultrasound", "doppler", "fdg_pet_ct", "angiography")
"""Of the imaging terms, in their order."""
_COMPLAINTS = _concepts("""
abdominal pain/腹痛; fever/发热; weight loss/体重减轻; jaundice/黄疸; cough/咳嗽; diarrhoea/腹泻
haematuria/血尿; headache/头痛; fatigue/乏力; palpable mass/可触及肿块
anaemia/贫血; dyspnoea/呼吸困难
back pain/背痛; vomiting/呕吐; flushing/潮红; dysphagia/吞咽困难
""")
VESSELS: Final = _concepts("portal vein/门静脉; splenic vein/脾静脉; hepatic vein/肝静脉")
ANALYTES: Final = (
    ("Chromogranin A", "ng/mL", 90), ("Haemoglobin", "g/L", 120), ("Bilirubin", "µmol/L", 20),
    ("Creatinine", "µmol/L", 80), ("Alpha-fetoprotein", "ng/mL", 10), ("CA 19-9", "U/mL", 37),
    ("Platelets", "10⁹/L", 200), ("C-reactive protein", "mg/L", 5),
)  # fmt: skip
"""What is measured, its unit, and about how much is usual."""


def term(concept: Concept) -> TermData:
    """Without a code: none was verified."""
    name = concept.en[:1].upper() + concept.en[1:]
    return TermData(concept.slug, name, concept.zh, "", "")


SITES: Final = [term(each) for each in _SITES]
VESSEL_TERMS: Final = [term(each) for each in VESSELS]
DRUGS: Final = [term(each) for each in _DRUGS]
SURGERY: Final = [term(each) for each in _SURGERY]
INTERVENTIONS: Final = [term(each) for each in _INTERVENTIONS]
IMAGING: Final = [term(each) for each in _IMAGING]
COMPLAINTS: Final = [term(each) for each in _COMPLAINTS]
DIAGNOSES: Final = [
    (term(Concept(f"{kind.en} of the {site.en}", f"{site.zh}{kind.zh}")), place)
    for kind in _KINDS
    for place, site in zip(SITES, _SITES, strict=True)
]
"""Every kind at every site, with the site: eight hundred."""
