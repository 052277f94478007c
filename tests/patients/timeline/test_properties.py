"""What holds of every figure, whatever the case."""

import random
import re
from xml.etree import ElementTree

import pytest

from patients.timeline import Axis, FigureOptions, Form, Medium, draw
from patients.timeline.axis import AxisPlan, fit
from patients.timeline.marks import marks_of
from patients.timeline.options import Language
from patients.timeline.sizes import SCREEN
from patients.timeline.stretches import GapKind, stretches_of
from patients.vocabulary import Category
from tests.patients.timeline.documents import document, event, every_four_weeks

CASES = 1000
LABELS = ["CT", "肝动脉栓塞", "Right lobe hepatectomy with lymph node dissection", "TACE", "😀 ok"]


def random_case(seed: int):
    """A case of 1 to 200 events of every kind of time, the same for the same seed."""
    rng = random.Random(seed)
    reach = rng.choice([30, 400, 5000])
    count = rng.choice([1, 2, 3, 5, 8, 14, 14, 20, 30, 60, 200 if seed % 10 == 0 else 25])
    return document([_random_event(rng, place, reach) for place in range(count)])


def _random_event(rng: random.Random, place: int, reach: int):
    low = rng.randint(-reach // 4, reach)
    bounds = rng.choice(
        [(low, low)] * 5
        + [(low, low + rng.randint(1, 800)), (low, None), (None, low), (None, None)]
    )
    told = {
        "category": rng.choice(Category.values),
        "label": rng.choice(LABELS) + rng.choice(["", f" {place}", " " + "long " * 20]),
        "cites": rng.sample(range(1, 80), rng.randint(0, 8)),
    }
    kind = rng.choice(["point", "point", "ongoing", "lasting", "end"])
    if kind == "ongoing":
        told["ongoing"] = True
    elif kind == "lasting":
        told["lasting"] = rng.randint(1, 700)
    elif kind == "end":
        first = (low if bounds[0] is None else bounds[0]) + rng.randint(0, 700)
        told["end"] = rng.choice([(first, first), (first, first + 200), (first, None)])
    if told["category"] == "drug" and rng.random() < 0.5:
        told["drug"] = every_four_weeks()
    return event(place, *bounds, **told)


def ruler_of(case, axis=Axis.ELASTIC, width=1000):
    marks = marks_of(case, (), Language.ENGLISH)
    stretches = stretches_of(marks, elastic=axis is Axis.ELASTIC)
    return marks, stretches, fit(AxisPlan(stretches, axis, SCREEN), 100, 100 + width)


def place_of(mark, ruler):
    return ruler.floats[mark.place] if mark.place in ruler.floats else ruler.at(mark.low)


def overlapping(figure):
    """Pairs of texts that cover each other, found by a sweep from top to bottom."""
    boxes = sorted(figure.texts, key=lambda box: box.y0)
    found = []
    for place, box in enumerate(boxes):
        for other in boxes[place + 1 :]:
            if other.y0 >= box.y1:
                break
            if box.overlaps(other):
                found.append((box, other))
    return found


@pytest.mark.parametrize("block", range(20))
def test_positions_of_a_thousand_cases(block):
    for seed in range(block * CASES // 20, (block + 1) * CASES // 20):
        case = random_case(seed)
        for axis in (Axis.ELASTIC, Axis.ORDINAL):
            marks, stretches, ruler = ruler_of(case, axis)
            _positions_keep_order(marks, ruler)
            _none_in_a_break(marks, ruler)
            _distinct_days_are_apart(marks, ruler)
            _breaks_are_as_long_as_they_say(stretches, ruler)
        _positions_keep_order(*ruler_of(case, Axis.LINEAR)[::2])


def _positions_keep_order(marks, ruler):
    """What is certainly earlier stands further left; the same exact day, at the same place."""
    known = [(mark, place_of(mark, ruler)) for mark in marks]
    for one, x in known:
        for two, y in known:
            if one.high is not None and two.low is not None and one.high < two.low:
                assert x < y, (one.label, two.label)
            if one.is_exact and two.is_exact and one.low == two.low:
                assert x == y
            if one.low is not None and two.is_exact and one.low >= two.low and one is not two:
                assert x >= y


def _none_in_a_break(marks, ruler):
    for mark in marks:
        place = place_of(mark, ruler)
        assert not any(row.start < place < row.end for row in ruler.breaks)
        assert ruler.start - 1e-6 <= place <= ruler.end + 1e-6


def _distinct_days_are_apart(marks, ruler):
    days = sorted({mark.low for mark in marks if mark.is_exact})
    places = [ruler.at(day) for day in days]
    for left, right in zip(places, places[1:], strict=False):
        assert right - left >= SCREEN.least_step - 1e-6
    floats = sorted(ruler.floats.values())
    for left, right in zip(floats, floats[1:], strict=False):
        assert right - left >= SCREEN.least_step - 1e-6


def _breaks_are_as_long_as_they_say(stretches, ruler):
    gaps = [gap for gap in stretches.gaps if gap.kind is GapKind.BREAK]
    assert [row.days for row in ruler.breaks] == [gap.days for gap in gaps]
    for row in ruler.breaks:
        index = stretches.days.index(row.left_day)
        assert stretches.days[index + 1] - row.left_day == row.days


@pytest.mark.parametrize("block", range(20))
def test_drawings_of_a_thousand_cases(block):
    for seed in range(block * CASES // 20, (block + 1) * CASES // 20):
        case = random_case(seed)
        options = (
            FigureOptions(),
            FigureOptions(width=350, form=Form.VERTICAL),
            FigureOptions(width=255.1, medium=Medium.PRINT, caption=True),
        )[seed % 3]
        figure = draw(case, options)
        assert overlapping(figure) == [], seed
        for box in figure.texts:
            assert box.x0 >= -0.5, (seed, box)
            assert box.x1 <= figure.width + 0.5, (seed, box)
            assert box.y1 <= figure.height + 0.5, (seed, box)
        _every_event_is_a_stop(case, figure, options)


def _every_event_is_a_stop(case, figure, options):
    root = ElementTree.fromstring(figure.svg)
    name = "{http://www.w3.org/2000/svg}"
    stops = [link for link in root.iter(f"{name}a") if "tabindex" not in link.attrib]
    if options.medium is Medium.PRINT:
        assert not stops
        return
    assert [link.get("href") for link in stops] == [f"#event-{row.id}" for row in case.events]
    for link in stops:
        title = link.find(f"{name}title")
        assert title is not None
        assert title.text


def test_break_labels_are_true():
    figure = draw(document([event(0), *(event(n, 1500 + n, 1500 + n) for n in range(1, 8))]))
    words = [box.text for box in figure.texts if re.match(r"\d+ y", box.text)]
    assert "4 y 1 mo" in words
    assert pytest.approx(4 + 1 / 12, abs=1 / 24) == 1501 / 365.25
