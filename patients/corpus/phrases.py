"""What synthetic reports say, in English and Chinese, with gaps for concepts."""

from typing import Final

SUMMARY_EN: Final = (
    "A patient presented with {complaint} and was found to have {diagnosis}. {treatment} was "
    "followed by {drug}. {outcome}",
    "{diagnosis} was seen after {complaint} of some weeks. The course was treated by {treatment}, "
    "then by {drug}. {outcome}",
    "After {complaint} a lesion was found and read as {diagnosis}. Treatment was {treatment}; "
    "{drug} was added. {outcome}",
)
SUMMARY_ZH: Final = (
    "患者因{complaint}就诊，诊断为{diagnosis}。先行{treatment}，随后给予{drug}。{outcome}",
    "因{complaint}入院，检查提示{diagnosis}，予{treatment}治疗，并联合{drug}。{outcome}",
)
DETAIL_EN: Final = (
    "{a} was noted together with {b}; the team chose to wait.",
    "No sign of {a}; {b} was unchanged on review.",
    "The course was uneventful, without {a} or {b}.",
    "{a} improved slowly, while {b} needed treatment of its own.",
    "Reviewed by a multidisciplinary team because of {a}; {b} had been ruled out before.",
    "Tolerated well. {a} was mild and {b} resolved without treatment.",
)
DETAIL_ZH: Final = (
    "查见{a}，伴{b}，予以观察。", "未见{a}，{b}较前无变化。", "过程顺利，无{a}及{b}。",
    "{a}逐渐好转，{b}另行处理。", "因{a}行多学科讨论，已排除{b}。",
    "耐受良好，{a}轻微，{b}自行缓解。",
)  # fmt: skip
DESCRIPTION_EN: Final = (
    "A well-defined lesion with {a}.", "Ill-defined margins; {a} is possible.",
    "Several lesions, the largest next to a vessel.", "No new lesion.",
)  # fmt: skip
DESCRIPTION_ZH: Final = (
    "边界清楚的病灶，伴{a}。",
    "边界不清，可能为{a}。",
    "多发病灶，较大者邻近血管。",
    "未见新发病灶。",
)
OUTCOMES: Final = (
    ("stable_disease", "The disease was stable at the last visit.", "末次随访病情稳定。"),
    ("partial_response", "The lesion had shrunk at the last visit.", "末次随访病灶缩小。"),
    ("no_evidence_of_disease", "No disease was seen at the last visit.", "末次随访未见病灶。"),
    ("progression", "The disease had progressed at the last visit.", "末次随访病情进展。"),
    ("improved", "The complaint had improved at the last visit.", "末次随访症状好转。"),
    ("died", "The patient died.", "患者死亡。"),
    ("complete_remission", "Remission was complete at the last visit.", "末次随访完全缓解。"),
    ("complication", "A complication of treatment followed.", "其后出现治疗并发症。"),
)
REASONS: Final = (
    "Tells of the course.", "Gives the rate that this rests on.", "Uses the same method.",
    "A case with the same finding.", "Comes to another conclusion.",
)  # fmt: skip
