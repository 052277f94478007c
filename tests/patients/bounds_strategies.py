"""Generated times for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from patients.clinical_time import MAX_DAYS, Bounds, Precision, bounds_problem

Parts = tuple[int | None, int | None, Precision]


def days(limit: int = MAX_DAYS) -> st.SearchStrategy[int | None]:
    """Small numbers meet often, so that order and equality are both tried; and the limits."""
    near = st.integers(-3, 3)
    return st.none() | near | st.integers(-limit - 2, limit + 2) | st.sampled_from([-limit, limit])


def any_parts(limit: int = MAX_DAYS) -> st.SearchStrategy[Parts]:
    """Low, high and precision, whether they fit or not."""
    return st.tuples(days(limit), days(limit), st.sampled_from(list(Precision)))


@st.composite
def all_bounds(draw: st.DrawFn, limit: int = MAX_DAYS) -> Bounds:
    """Bounds that fit, of every precision alike."""
    precision = draw(st.sampled_from(list(Precision)))
    ends = st.integers(-3, 3) | st.integers(-limit, limit)
    low, high = sorted((draw(ends), draw(ends)))
    match precision:
        case Precision.DAY:
            high = low
        case Precision.UNKNOWN:
            return Bounds(None, None, precision)
        case Precision.BEFORE:
            return Bounds(None, high, precision)
        case Precision.AFTER:
            return Bounds(low, None, precision)
    assert bounds_problem(low, high, precision) is None
    return Bounds(low, high, precision)
