"""Every time is worded so that its words are read back as the same time; any text is survived."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from patients.clinical_time import Bounds
from patients.reported_time import (
    Context,
    Duration,
    Entry,
    Frequency,
    KnownEvent,
    Question,
    read,
    words,
)
from patients.reported_time.wording import without_words
from patients.vocabulary import Category
from tests.patients.bounds_strategies import all_bounds
from tests.patients.reported_time import contexts

FAR = 50_000  # with an anchor's own 4000 days, still within 150 years
MOST_TESTS = settings(max_examples=200, deadline=None)
PIECES = (
    "MRI", "surgery", "after", "before", "3", "days", "第二次", "栓塞", "术后", "“", "”", '"', ":",
    ",", " ", "until", "of the", "2020", "event", "ø", "for", "-", "#", "the", "TACE",
)  # fmt: skip

labels = (
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map(" ".join)
    | st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=200)
).filter(lambda label: bool(label.strip()))


@st.composite
def cases(draw: st.DrawFn) -> Context:
    """Up to six events, some called alike, some of unknown time."""
    called = draw(st.lists(labels, min_size=1, max_size=6))
    called += called[: draw(st.integers(0, 2))]
    events = [
        KnownEvent(
            id=f"id-{number}",
            label=label,
            category=draw(st.sampled_from(Category.values)),
            start=draw(all_bounds(4000)),
            names=tuple(draw(st.lists(labels, max_size=2))),
        )
        for number, label in enumerate(called)
    ]
    previous = draw(st.sampled_from(["", *(event.id for event in events)]))
    return Context(tuple(events), previous, day_zero_year=draw(st.none() | st.just(2016)))


@st.composite
def entries(draw: st.DrawFn, case: Context) -> Entry:
    """Any time that a row may hold."""
    anchor = draw(st.sampled_from(["", *(event.id for event in case.events)]))
    start = draw(all_bounds(FAR))
    shape = draw(st.sampled_from(["point", "end", "duration", "ongoing"]))
    end, duration = None, None
    if shape == "end":
        end = draw(all_bounds(FAR))
        assume(start.low is None or end.high is None or end.high >= start.low)
    if shape == "duration":
        low, high = sorted((draw(st.integers(0, FAR)), draw(st.integers(0, FAR))))
        duration = Duration(low, high)
    return Entry(start, end, duration, shape == "ongoing", anchor, draw(frequencies))


frequencies = (
    st.none()
    | st.builds(Frequency, st.just(""), st.integers(1, 32_767), st.integers(1, 32_767))
    | st.sampled_from(["monthly", "daily", "every 3 months", "regularly", "每月"]).map(Frequency)
)


@MOST_TESTS
@given(data=st.data(), case=cases())
def test_words_are_read_back_as_the_same_time(data: st.DataObject, case: Context) -> None:
    entry = data.draw(entries(case))
    understood = read(words(entry, case), case)
    assert not isinstance(understood, Question), understood
    assert without_words(understood) == without_words(entry)


@MOST_TESTS
@given(data=st.data(), case=cases(), typed=labels)
def test_words_that_were_kept_do_not_change_what_is_read_back(
    data: st.DataObject, case: Context, typed: str
) -> None:
    entry = data.draw(entries(case))
    kept = replace(entry, start=replace(entry.start, reported_as=typed[:200]))
    understood = read(words(kept, case), case)
    assert not isinstance(understood, Question), understood
    assert without_words(understood) == without_words(entry)


@given(frequency=frequencies, duration=st.none() | st.builds(Duration, st.just(3), st.just(5)))
def test_day_zero_itself_is_worded_and_read_back(
    frequency: Frequency | None, duration: Duration | None
) -> None:
    entry = Entry(Bounds(0, 0), duration=duration, frequency=frequency)
    case = replace(contexts.CASE, is_index=True)
    understood = read(words(entry, case), case)
    assert isinstance(understood, Entry)
    assert without_words(understood) == without_words(entry)


fragments = st.sampled_from((
    *PIECES, "every", "4", "weeks", "year", "a", "half", "within", "more than", "at", "on", "POD",
    "b.i.d.", "once", "daily", "for", "until", "ongoing", "since", "then", "between", "and", "from",
    "to", "June", "12", "2020-06-12", "6/2020", "06/07/2020", "57", "years of age", "每", "次",
    "年", "月", "日", "第", "天", "后", "前", "至", "持续", "共", "半", "½", "1/2", "〇", "²",
    "٣", "ﬁ", "٪", "🄁", "⅟", "㋀", "①", "q", "h", "x", "(", ")", "～", ".", "one", "hundred",
    "999999999", "day 0", "🙂", "\u200f", "\x00",
))  # fmt: skip
texts = (
    st.text(max_size=250)
    | st.lists(fragments, max_size=30).map(" ".join)
    | st.lists(fragments, max_size=30).map("".join)
)


@settings(max_examples=1000, deadline=None)
@given(text=texts, dated=st.booleans(), is_index=st.booleans())
def test_any_text_is_read_or_asked_about(text: str, *, dated: bool, is_index: bool) -> None:
    case = replace(
        contexts.WITH_DEATH, is_index=is_index, day_zero_date=date(2016, 3, 17) if dated else None
    )
    understood = read(text, case)
    if isinstance(understood, Question):
        assert understood.reason
        assert all(isinstance(read(each, case), Entry) for each in understood.suggestions)
    else:
        again = read(words(understood, case), case)
        assert isinstance(again, Entry)
        assert without_words(again) == without_words(understood)
