"""How often: `twice a day`, `b.i.d.`, `q12h`, `every 4 weeks`, `monthly`, `每日2次`, `隔日`.

A number of times in a number of days is given only where the words give it. A month and a year are
not always as many days, and "daily" says every day but not how many times: those keep their words
alone, as do "regularly" and its like.
"""

from __future__ import annotations

from fractions import Fraction

from patients.reported_time.asking import Asking
from patients.reported_time.model import Frequency
from patients.reported_time.numbers import whole_number
from patients.reported_time.quantities import Limit, quantity
from patients.reported_time.tokens import Typed
from patients.reported_time.units import Unit, unit

Counts = tuple[int, int] | None
"""Times in days."""
MOST = 32_767
_ABBREVIATED: dict[str, tuple[int, int]] = {
    "qd": (1, 1), "od": (1, 1), "bid": (2, 1), "bd": (2, 1), "tid": (3, 1), "tds": (3, 1),
    "qid": (4, 1), "qds": (4, 1), "qod": (1, 2), "eod": (1, 2), "qw": (1, 7), "biw": (2, 7),
    "tiw": (3, 7), "qn": (1, 1), "nightly": (1, 1), "fortnightly": (1, 14), "weekly": (1, 7),
}  # fmt: skip
_ONCE_A_DAY = (
    "every morning", "every evening", "every night", "each morning", "each evening", "each night",
    "at night", "at bedtime", "in the morning", "in the evening", "每晚", "每晨", "每早",
)  # fmt: skip
_DONE = ("随访", "复查", "给药", "注射", "治疗", "检查", "口服")
_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_UNCOUNTED = (
    "daily", "monthly", "yearly", "annually", "quarterly", "hourly", "annual", "half yearly",
    "six monthly", "regularly", "periodically", "intermittently", "occasionally", "repeatedly",
    "at regular intervals", "as needed", "when needed", "prn", "irregularly", "continuously",
    "不定期", "定期", "按需", "间断", "必要时",
)  # fmt: skip
_PER = ("a", "an", "per", "each", "every", "/", "in")
_LY = {"daily": Unit.DAY, "weekly": Unit.WEEK, "monthly": Unit.MONTH, "yearly": Unit.YEAR,
       "annually": Unit.YEAR}  # fmt: skip


def frequency(typed: Typed, place: int) -> tuple[Frequency, int] | None:
    """Raises Asking for `biweekly`, which means two things."""
    for rule in (_times, _every, _han_every, _han_times, _intervals, _short, _uncounted):
        found = rule(typed, place)
        if found is not None:
            counts, end = found
            return _made(counts, typed.words(place, end)), end
    return None


def _made(counts: Counts, words: str) -> Frequency:
    if counts is None or max(counts) > MOST:
        return Frequency(words)
    return Frequency(words, *counts)


def _in(times: int, count: Fraction, of: Unit) -> Counts:
    """`times` in `count` units; None for units that are not always as many days."""
    if of.is_calendar or times < 1 or count <= 0:
        return None
    rate = Fraction(times) / (count * of.value)
    days = count * of.value
    if days.denominator == 1:
        return times, int(days)
    return rate.numerator, rate.denominator


def _times(typed: Typed, place: int) -> tuple[Counts, int] | None:
    """`twice a day`, `once weekly`, `3 times every 2 weeks`, `2×/day`."""
    word = typed.at(place).text
    times, at = _TIMES.get(word, 0), place + 1
    if not times:
        found = whole_number(typed, place)
        behind = typed.after(found[1], "times", "time", "x", "×", "doses") if found else None
        if found is None or behind is None:
            return None
        times, at = found[0], behind
    of = _LY.get(typed.at(at).text)
    if of is not None:
        return _in(times, Fraction(1), of), at + 1
    behind = typed.after(at, *_PER)
    if behind is None:
        return None
    if (other := typed.after(behind, "other", "second")) is not None:
        told = unit(typed, other)
        return (_in(times, Fraction(2), told[0]), told[1]) if told else None
    return _per(typed, behind, times)


def _per(typed: Typed, at: int, times: int) -> tuple[Counts, int] | None:
    told = unit(typed, at)
    if told is not None:
        return _in(times, Fraction(1), told[0]), told[1]
    counted = quantity(typed, at)
    if counted is None or counted[0].limit is not Limit.NONE:
        return None
    count, end = counted
    exact = count.low.value == count.high.value
    return (_in(times, count.low.value, count.unit) if exact else None), end


def _every(typed: Typed, place: int) -> tuple[Counts, int] | None:
    """`every 4 weeks`, `every other day`, `every day`, `q12h`, `each month`."""
    at = typed.after(place, "every", "each", "once every", "q")
    if at is None:
        return None
    other = typed.after(at, "other", "second", "alternate")
    if other is not None:
        told = unit(typed, other)
        return (_in(1, Fraction(2), told[0]), told[1]) if told else None
    told = unit(typed, at)
    if told is not None:
        each = None if told[0] is Unit.DAY and typed.at(place).text != "q" else 1
        return (_in(1, Fraction(1), told[0]) if each else None), told[1]
    return _per(typed, typed.skip(at, "-"), 1)


def _intervals(typed: Typed, place: int) -> tuple[Counts, int] | None:
    """`at 4-week intervals`, `at intervals of 4 weeks`, `4-weekly`, `on alternate days`."""
    end = typed.after(place, "on alternate days", "alternate days")
    if end is not None:
        return (1, 2), end
    of = typed.after(place, "at intervals of")
    if of is not None:
        return _per(typed, of, 1)
    at = typed.skip(place, "at")
    told = _per(typed, at, 1) if quantity(typed, at) is not None else None
    behind = typed.after(told[1], "intervals", "interval") if told else None
    if told is not None and behind is not None:
        return told[0], behind
    found = whole_number(typed, place)
    named = _LY.get(typed.at(typed.skip(found[1], "-")).text) if found else None
    if found is not None and named is not None:
        return _in(1, Fraction(found[0]), named), typed.skip(found[1], "-") + 1
    return None


def _short(typed: Typed, place: int) -> tuple[Counts, int] | None:
    daily = typed.after(place, *_ONCE_A_DAY)
    if daily is not None:
        return (1, 1), typed.skip(daily, "一次", "1次")
    word = typed.at(place).text
    if word in ("biweekly", "bimonthly", "biannually"):
        plain, two = {"biweekly": ("week", "weeks"), "bimonthly": ("month", "months")}.get(
            word, ("year", "years")
        )
        raise Asking(
            f"“{word}” means two things.", word,
            (typed.replaced(place, place + 1, f"every 2 {two}"),
             typed.replaced(place, place + 1, f"twice a {plain}")),
        )  # fmt: skip
    end = typed.after(place, "bi weekly")
    if end is not None:
        raise Asking("“Bi-weekly” means two things.", typed.words(place, end),
                     (typed.replaced(place, end, "every 2 weeks"),
                      typed.replaced(place, end, "twice a week")))  # fmt: skip
    return (_ABBREVIATED[word], place + 1) if word in _ABBREVIATED else None


def _uncounted(typed: Typed, place: int) -> tuple[Counts, int] | None:
    end = typed.after(place, *_UNCOUNTED)
    return (None, end) if end is not None else None


def _han_every(typed: Typed, place: int) -> tuple[Counts, int] | None:
    """`每4周`, `每日2次`, `每12小时1次`, `隔日`, `每月`, `一日三次`."""
    end = typed.after(place, "隔日", "隔天")
    if end is not None:
        return (1, 2), typed.skip(end, "一次", "1次")
    apart = typed.after(place, "每隔")
    if apart is not None:
        raise _asked_about_apart(typed, place, apart)
    at = typed.after(place, "每")
    if at is None and typed.at(place).text == "日":
        at = place
    if at is None:
        found = whole_number(typed, place)
        if found is None or typed.at(found[1]).text not in ("日", "天", "周") or found[0] != 1:
            return None
        at = found[1]
    counted = quantity(typed, at)
    told = unit(typed, at)
    if counted is None and told is None:
        return None
    of, end = (counted[0].unit, counted[1]) if counted else told or (Unit.DAY, at)
    exact = counted is None or counted[0].low.value == counted[0].high.value
    count = counted[0].low.value if counted else Fraction(1)
    times = _han_count(typed, end)
    if times is None and typed.at(place).text != "每":
        return None
    if times is None:
        alone = of is Unit.DAY and count == 1
        return (None if alone or not exact else _in(1, count, of)), end
    return (_in(times[0], count, of) if exact else None), times[1]


def _han_count(typed: Typed, at: int) -> tuple[int, int] | None:
    found = whole_number(typed, typed.skip(at, *_DONE))
    if found is None or typed.at(found[1]).text not in ("次", "回"):
        return None
    return found[0], found[1] + 1


def _asked_about_apart(typed: Typed, place: int, apart: int) -> Asking:
    told = quantity(typed, apart)
    end = told[1] if told else apart
    words = typed.words(apart, end)
    return Asking(
        f"“{typed.words(place, end)}” means two things.", typed.words(place, end),
        (typed.replaced(place, end, f"每{words}"),) if words else (),
    )  # fmt: skip


def _han_times(typed: Typed, place: int) -> tuple[Counts, int] | None:
    """`2次/日`, `3次每天`."""
    found = _han_count(typed, place)
    if found is None:
        return None
    per = typed.after(found[1], "/", "每")
    told = unit(typed, per) if per is not None else None
    return (_in(found[0], Fraction(1), told[0]), told[1]) if told else None
