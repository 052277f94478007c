"""Words that stand for an event without being its name: "surgery", "embolisation", "诊断"."""

from __future__ import annotations

from dataclasses import dataclass

from patients.reported_time.tokens import key_of
from patients.vocabulary import Category

_OPERATIONS = (Category.SURGERY,)
_PROCEDURES = (Category.SURGERY, Category.INTERVENTION)
_TREATMENTS = (*_PROCEDURES, Category.DRUG)

CATEGORY_WORDS: dict[str, tuple[Category, ...]] = {
    **dict.fromkeys(("surgery", "operation", "surgical treatment", "手术", "术"), _OPERATIONS),
    **dict.fromkeys(("procedure", "操作", "术式"), _PROCEDURES),
    **dict.fromkeys(("intervention", "介入", "介入治疗", "介入术"), (Category.INTERVENTION,)),
    **dict.fromkeys(("treatment", "therapy", "治疗"), _TREATMENTS),
    **dict.fromkeys(("drug", "drug therapy", "medication", "用药", "药物治疗"), (Category.DRUG,)),
    **dict.fromkeys(("imaging", "scan", "影像", "影像学检查"), (Category.IMAGING,)),
    **dict.fromkeys(("diagnosis", "诊断", "确诊"), (Category.DIAGNOSIS,)),
    **dict.fromkeys(
        ("presentation", "admission", "onset", "就诊", "发病", "入院", "起病"),
        (Category.PRESENTATION,),
    ),
    **dict.fromkeys(("pathology", "histology", "病理"), (Category.PATHOLOGY,)),
    **dict.fromkeys(("follow up", "随访"), (Category.FOLLOW_UP,)),
    **dict.fromkeys(("outcome", "结局"), (Category.OUTCOME,)),
}
"""Words for every event of a category. A name that fits comes before them."""

POINTING_BACK = frozenset(
    key_of(word)
    for word in ("treatment", "therapy", "procedure", "scan", "intervention", "治疗", "操作")
)
"""Words so wide that they mean the event just told, where that is one of the kind."""

_EMBOLISATION = (
    "embolisation", "chemoembolisation", "radioembolisation", "TACE", "TAE", "HAE", "TARE", "PSE",
    "栓塞", "栓塞术",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KindOfEvent:
    """`asked` is any of these words; `means` are the words in an event's names that it covers."""

    asked: tuple[str, ...]
    means: tuple[str, ...]
    categories: tuple[Category, ...]


KINDS = (
    KindOfEvent(("embolisation", "栓塞", "栓塞术"), _EMBOLISATION, _PROCEDURES),
    # Chemoembolisation is an embolisation; an embolisation need not be one.
    KindOfEvent(
        ("TACE", "chemoembolisation", "化疗栓塞", "化疗栓塞术"),
        ("TACE", "chemoembolisation", "化疗栓塞", "化疗栓塞术"),
        _PROCEDURES,
    ),
    KindOfEvent(("chemotherapy", "化疗"), ("chemotherapy", "化疗"), (Category.DRUG,)),
    KindOfEvent(
        ("radiotherapy", "放疗"), ("radiotherapy", "radiation", "放疗"), (Category.INTERVENTION,)
    ),
    KindOfEvent(("ablation", "消融"), ("ablation", "RFA", "MWA", "消融"), _PROCEDURES),
    KindOfEvent(("resection", "切除", "切除术"), ("resection", "切除"), _OPERATIONS),
    KindOfEvent(("hepatectomy", "肝切除", "肝切除术"), ("hepatectomy", "肝切除"), _OPERATIONS),
    KindOfEvent(
        ("transplantation", "移植"), ("transplantation", "transplant", "移植"), _PROCEDURES
    ),
    KindOfEvent(("biopsy", "活检"), ("biopsy", "活检"), (Category.PATHOLOGY, *_PROCEDURES)),
    KindOfEvent(("drainage", "引流"), ("drainage", "引流"), _PROCEDURES),
    KindOfEvent(("MRI", "磁共振"), ("MRI", "磁共振"), (Category.IMAGING,)),
    KindOfEvent(("CT",), ("CT",), (Category.IMAGING,)),
    KindOfEvent(("ultrasound", "超声"), ("ultrasound", "超声"), (Category.IMAGING,)),
    KindOfEvent(("recurrence", "复发"), ("recurrence", "recurred", "复发"), ()),
    KindOfEvent(("discharge", "出院"), ("discharge", "discharged", "出院"), ()),
    KindOfEvent(
        ("admission", "hospitalisation", "入院", "住院"),
        ("admission", "admitted", "hospitalisation", "hospitalised", "入院", "住院"),
        (),
    ),
    KindOfEvent(("death", "死亡"), ("death", "died", "deceased", "dead", "死亡"), ()),
)
"""No categories: of whichever category an event with such a name is."""


def categories_of(key: tuple[str, ...]) -> tuple[Category, ...]:
    return _CATEGORIES.get(key, ())


def kind_of(key: tuple[str, ...]) -> KindOfEvent | None:
    """The kind that the whole of `key` asks for."""
    return _KINDS.get(key)


_CATEGORIES = {key_of(word): categories for word, categories in CATEGORY_WORDS.items()}
_KINDS = {key_of(word): kind for kind in KINDS for word in kind.asked}
_MEANS = {
    key_of(word): {key_of(also) for also in kind.means} for kind in KINDS for word in kind.asked
}


def covers(word: tuple[str, ...]) -> set[tuple[str, ...]]:
    """What a word of a name may read, to be what `word` asks for."""
    return {word} | _MEANS.get(word, set())
