"""Every word of the figure that is not the record's own, in English and Chinese."""

from __future__ import annotations

from dataclasses import dataclass

from patients.clinical_time import DAYS_PER_MONTH, DAYS_PER_YEAR
from patients.timeline.options import Language
from patients.vocabulary import Category, Change, Dimension, Patency


@dataclass(frozen=True, slots=True)
class Phrases:
    timeline_of: str
    day: str
    month: str
    year: str
    day_zero: str
    at_least: str
    after: str
    references: str
    reference: str
    more_series: str
    baseline: str
    reference_range: str
    not_reported: str
    ongoing: str
    exact: str
    bracket: str
    later: str
    earlier: str
    unknown: str
    bar: str
    floating_bar: str
    hatched: str
    goes_on: str
    doses: str
    break_: str
    stretched: str
    order_only: str
    states: str
    comma: str


_ENGLISH = Phrases(
    timeline_of="Timeline of case {accession}: {title}",
    day="day {n}", month="{n} mo", year="{n} y", day_zero="day 0",
    at_least="≥ {length}", after="{length} after {start}",
    references="References {numbers}", reference="Reference {numbers}",
    more_series="{n} more series are in the table",
    baseline="% change from {label}", reference_range="reference {low}–{high}",
    not_reported="Time not reported", ongoing="ongoing",
    exact="Day known", bracket="Within the dashed bracket", later="There or later, in this order",
    earlier="There or earlier", unknown="Time not reported, in the report’s order",
    bar="From start to end", floating_bar="Start not known to the day",
    hatched="End not known to the day", goes_on="Goes on", doses="Repeated doses",
    break_="Time taken out", stretched="Drawn wider than the scale",
    order_only="Order only, not to scale", states="What a scan showed", comma=", ",
)  # fmt: skip
_CHINESE = Phrases(
    timeline_of="病例 {accession} 时间线：{title}",
    day="第{n}天", month="{n}个月", year="{n}年", day_zero="第0天",
    at_least="≥ {length}", after="{start}后 {length}",
    references="参考文献 {numbers}", reference="参考文献 {numbers}",
    more_series="另有 {n} 组数据见表格",
    baseline="相对“{label}”的变化", reference_range="参考范围 {low}–{high}",
    not_reported="时间未报告", ongoing="持续中",
    exact="日期明确", bracket="在虚线范围内", later="此处或更晚，仅示顺序",
    earlier="此处或更早", unknown="时间未报告，按报告顺序",
    bar="起止时段", floating_bar="起点不确定",
    hatched="终点不确定", goes_on="仍在继续", doses="重复给药",
    break_="省略的时间", stretched="此段已放大",
    order_only="仅示顺序，不按比例", states="影像所见", comma="，",
)  # fmt: skip

_CHINESE_LABELS: dict[str, str] = {
    Category.HISTORY: "既往史", Category.PRESENTATION: "起病", Category.DIAGNOSIS: "诊断",
    Category.IMAGING: "影像", Category.PATHOLOGY: "病理", Category.LABORATORY: "检验",
    Category.SURGERY: "手术", Category.INTERVENTION: "介入", Category.DRUG: "药物治疗",
    Category.FOLLOW_UP: "随访", Category.OUTCOME: "结局",
    Change.NEW: "新发", Change.INCREASED: "增大", Change.UNCHANGED: "无变化",
    Change.DECREASED: "缩小", Change.RESOLVED: "消失",
    Patency.PATENT: "通畅", Patency.OBSTRUCTED: "梗阻", Patency.THROMBOSED: "血栓形成",
    Patency.TUMOUR_THROMBUS: "癌栓", Patency.PARTLY_RECANALISED: "部分再通",
    Patency.RECANALISED: "再通",
    Dimension.LONGEST: "最长径", Dimension.PERPENDICULAR: "垂直径", Dimension.THIRD: "第三径",
    Dimension.SHORT_AXIS: "短径",
}  # fmt: skip
_ENGLISH_LABELS: dict[str, str] = {
    value: str(label)
    for choices in (Category, Change, Patency, Dimension)
    for value, label in choices.choices
}


def phrases(language: Language) -> Phrases:
    return _CHINESE if language is Language.CHINESE else _ENGLISH


def label_of(value: str, language: Language) -> str:
    """The word for a value of a closed list; the value itself where it is not known."""
    labels = _CHINESE_LABELS if language is Language.CHINESE else _ENGLISH_LABELS
    return labels.get(value, value)


def tick(day: int, language: Language) -> str:
    """A day for the axis: in days to 99, then to a tenth of a month, from 2 years on of a year."""
    if day == 0:
        return phrases(language).day_zero
    unit, days = _unit(day, language)
    return unit.format(n=_tenths(day / days)).replace("-", "−")


def between(low: int, high: int, language: Language) -> str:
    """`25.5–26.5 y`, both ends in the unit of the further one; `−9.5 to −8.5 y`."""
    unit, days = _unit(max(low, high, key=abs), language)
    link = "–" if low >= 0 else " to " if language is Language.ENGLISH else "至"
    told = f"{_tenths(low / days)}{link}{_tenths(high / days)}"
    return unit.format(n=told).replace("-", "−")


def _unit(day: int, language: Language) -> tuple[str, float]:
    words = phrases(language)
    if abs(day) < 100:
        return words.day, 1
    if abs(day) < 2 * DAYS_PER_YEAR:
        return words.month, DAYS_PER_MONTH
    return words.year, DAYS_PER_YEAR


def _tenths(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def frequency_in_chinese(times: int, days: int) -> str:
    """`每天2次`, `每4周1次`, `每10天1次`; months and years are not told from days."""
    if days % 7 == 0:
        weeks = days // 7
        return f"每{weeks if weeks > 1 else ''}周{times}次"
    return f"每{days if days > 1 else ''}天{times}次"


def lasting(low: int, high: int, language: Language) -> str:
    """`3 d`, `28–31 d`: a length as precisely as it is known."""
    if low == high:
        return length(low, language)
    return f"{low}–{high}天" if language is Language.CHINESE else f"{low}–{high} d"


def length(days: int, language: Language, *, at_least: bool = False) -> str:
    """`3 y 5 mo`, `≥ 3 y`: in months from 3 on, cut off where the length is a lower bound."""
    words = phrases(language)
    months = int((days + 0.5) / DAYS_PER_MONTH) if at_least else round(days / DAYS_PER_MONTH)
    if months < 3:
        told = f"{days}天" if language is Language.CHINESE else f"{days} d"
    else:
        years, rest = divmod(months, 12)
        parts = [words.year.format(n=years)] if years else []
        parts += [words.month.format(n=rest)] if rest else []
        told = " ".join(parts)
    return words.at_least.format(length=told) if at_least else told
