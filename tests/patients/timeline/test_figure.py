"""What one figure shows, and how it takes bad input."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from patients.document.model import DrugData
from patients.timeline import (
    Axis,
    Clock,
    Colours,
    FigureOptions,
    Form,
    Language,
    Medium,
    draw,
)
from patients.timeline.figure import MOST_EVENTS, FigureTooLargeError
from patients.timeline.text import clean, ranges, width, wrap
from tests.patients.timeline.documents import document, event, every_four_weeks, sized_lesion
from tests.patients.timeline.test_properties import overlapping

EVERY_FORM = [
    FigureOptions(),
    FigureOptions(width=350, form=Form.VERTICAL),
    FigureOptions(width=255.1, medium=Medium.PRINT, caption=True, footer="CB-TESTTES v1"),
    FigureOptions(width=510.2, medium=Medium.PRINT, colours=Colours.GREY),
    FigureOptions(axis=Axis.LINEAR),
    FigureOptions(axis=Axis.ORDINAL),
]
SCRIPT = "</text><script>alert(1)</script>\"'&"


def texts(figure):
    return [box.text for box in figure.texts]


def place(figure, words):
    return next(box.x0 for box in figure.texts if box.text == words)


@pytest.mark.parametrize("options", EVERY_FORM)
@pytest.mark.parametrize(
    "events",
    [
        [],
        [event(0)],
        [event(0), event(1, 5, 5)],
        [event(n, None, None) for n in range(30)],
        [event(n, 7, 7) for n in range(30)],
        [event(0, -55_000, -55_000), event(1), event(2, 55_000, 55_000)],
        [event(n, n, n, label="مرحبا بالعالم") for n in range(3)],
        [event(n, n, n, label="😀" * 40) for n in range(3)],
        [event(n, n, n, label="word " * 100) for n in range(5)],
        [event(n, n, n, label="W" * 500) for n in range(5)],
        [event(n, n, n, label=SCRIPT, words=SCRIPT) for n in range(3)],
        [event(0, 10, 20, ongoing=True, category="drug", drug=every_four_weeks())],
    ],
)
def test_any_input_gives_a_readable_figure(options, events):
    figure = draw(document(events, title=SCRIPT), options)
    root = ElementTree.fromstring(figure.svg)
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
    assert "<script" not in figure.svg
    assert overlapping(figure) == []


def test_a_figure_of_too_many_events_is_refused_with_what_to_do():
    many = document([event(n, n, n) for n in range(MOST_EVENTS + 1)])
    with pytest.raises(FigureTooLargeError, match=r"1001 events.*Choose fewer lanes"):
        draw(many)
    assert draw(many, FigureOptions(lanes=("surgery",))).height > 0


def test_the_same_document_gives_the_same_bytes():
    case = document([event(n, n * 9, n * 9, cites=[1, 2]) for n in range(14)])
    assert draw(case).svg == draw(case).svg


def test_a_long_empty_stretch_is_a_marked_break_and_a_short_one_is_not():
    with_gap = document([event(n, day, day) for n, day in enumerate([0, 3, 9, 14, 1400, 1404])])
    without = document([event(n, day, day) for n, day in enumerate([0, 300, 600, 900, 1400])])
    assert "3 y 10 mo" in texts(draw(with_gap))
    assert not any(" y " in words for words in texts(draw(without)))


def test_a_break_next_to_an_imprecise_time_says_at_least():
    case = document([event(0), event(1, 3, 3), event(2, 1096, 1826), event(3, 1826, 1826)])
    assert "≥ 3 y" not in texts(draw(case))
    later = document([event(0), event(1, 0, None), event(2, 1096, 1826), event(3, 1096, 1826)])
    assert "≥ 3 y after day 0" in texts(draw(later))


def test_no_break_lies_within_the_bounds_of_an_imprecise_event():
    events = [event(0), event(1, 1, 1), event(2, 0, 1500), event(3, 1500, 1500)]
    words = texts(draw(document(events)))
    assert not any(" y 1 mo" in line for line in words)
    assert "Time taken out" not in words


def test_years_stand_on_the_axis_unless_only_relative_time_is_asked_for():
    case = document([event(0, words="2016"), event(1, 1096, 1826, words="2020")], year=2016)
    assert {"2016", "2020"} <= set(texts(draw(case)))
    relative = texts(draw(case, FigureOptions(clock=Clock.RELATIVE)))
    assert not {"2016", "2020"} & set(relative)
    assert "3–5 y" in relative


def test_another_event_can_be_day_zero():
    case = document([event(0), event(1, 10, 10), event(2, 14, 14)])
    assert "day 4" in texts(draw(case, FigureOptions(day_zero="EV1")))
    assert "day −10" in texts(draw(case, FigureOptions(day_zero="EV1")))
    with pytest.raises(ValueError, match="no event EV9"):
        draw(case, FigureOptions(day_zero="EV9"))


def test_only_the_chosen_lanes_are_drawn():
    case = document([event(0, category="surgery"), event(1, 4, 4, category="imaging")])
    words = texts(draw(case, FigureOptions(lanes=("surgery",))))
    assert "Surgery" in words
    assert "Imaging" not in words


def test_a_repeated_kind_is_one_row_with_a_count_in_a_dense_figure():
    dense = document([event(n, 30 * n, 30 * n, label="CT") for n in range(50)])
    words = texts(draw(dense))
    assert "CT ×50" in words
    assert "CT" not in words
    few = document([event(n, 30 * n, 30 * n, label="CT") for n in range(10)])
    assert texts(draw(few)).count("CT") == 10


def test_a_lesion_runs_as_a_track_with_change_from_its_named_baseline():
    lesion, findings = sized_lesion({0: ("60", "60"), 1: ("45", "45"), 2: ("30", "50")})
    events = [event(0, label="First MRI"), event(1, 40, 40), event(2, 80, 80)]
    words = texts(draw(document(events, lesions=[lesion], findings=findings)))
    assert {"60", "45 (−25 %)", "30–50"} <= set(words)
    assert "% change from First MRI" in " ".join(words)


def test_only_marks_that_are_used_are_in_the_legend():
    exact = texts(draw(document([event(0), event(1, 5, 5)])))
    assert "Day known" in exact
    assert "Within the dashed bracket" not in exact
    assert "Within the dashed bracket" in texts(draw(document([event(0), event(1, 5, 50)])))


def test_chinese_words_stand_where_the_record_has_none():
    words = texts(
        draw(document([event(0, category="surgery")]), FigureOptions(language=Language.CHINESE))
    )
    assert "手术" in words
    assert "日期明确" in words


def test_print_sets_no_text_below_seven_points_and_numbers_at_six():
    case = document([event(n, n * 9, n * 9, cites=[1, 2]) for n in range(5)])
    svg = draw(case, FigureOptions(width=255.1, medium=Medium.PRINT, caption=True)).svg
    assert "font-size:7px" in svg
    assert ".s{font-size:6px" in svg
    assert "<a " not in svg
    assert "href" not in svg


def test_a_pointed_out_event_differs_from_the_others():
    case = document([event(0), event(1, 5, 5)])
    assert draw(case, FigureOptions(highlight="EV1")).svg.count(" here") == 1


def test_words_are_cleaned_measured_wrapped_and_joined():
    assert clean("a\n\tb\u202e c\x00") == "a b c"
    assert width("ab", 10) == pytest.approx(11.12)
    assert wrap("one two three", 10, 40, lines=2) == ["one two", "three"]
    assert wrap("x" * 50, 10, 40, lines=1)[0].endswith("…")
    assert ranges([3, 1, 2, 9, 7]) == "1–3,7,9"


def breaks_in(figure):
    """The left and right ends of the breaks that are drawn."""
    root = ElementTree.fromstring(figure.svg)
    rects = [
        row for row in root.iter("{http://www.w3.org/2000/svg}rect") if row.get("class") == "n"
    ]
    return [(float(row.get("x")), float(row.get("x")) + float(row.get("width"))) for row in rects]


@pytest.mark.parametrize("width_mm", [90, 120, 180])
def test_no_words_stand_in_a_break_but_its_length(width_mm):
    lesion, findings = sized_lesion({0: ("30", "30"), 3: ("21", "21")})
    lesion = replace(lesion, label="Liver mass that was removed by the right lobe hepatectomy")
    events = [event(n, n, n) for n in range(3)] + [event(n, 3000 + n, 3000 + n) for n in (3, 4)]
    options = FigureOptions(width=width_mm * 72 / 25.4, medium=Medium.PRINT)
    figure = draw(document(events, lesions=[lesion], findings=findings), options)
    ends = breaks_in(figure)
    assert len(ends) == 1
    foot = next(box.y0 for box in figure.texts if box.text == "Day known")
    within = [
        box.text
        for box in figure.texts
        for start, end in ends
        if box.y1 <= foot and box.x0 < end - 1 and start + 1 < box.x1
    ]
    assert within == ["8 y 3 mo"]


def test_words_are_kept_whole_and_a_number_keeps_its_unit():
    line = width("calcium, 0.4", 10) + 1
    assert wrap("calcium, 0.4 ml twice", 10, line) == ["calcium,", "0.4 ml twice"]
    assert wrap("Low-molecular-weight", 10, width("Low-molecular-we", 10)) == [
        "Low-molecular-",
        "weight",
    ]
    assert wrap("利伐沙班，20 mg，28天", 10, width("利伐沙班，20", 10))[0] == "利伐沙班，"
    assert wrap("奥曲肽每4周1次", 10, width("奥曲肽每4周", 10))[0] == "奥曲肽每4周"
    assert wrap("奥曲肽每4周1次", 10, width("奥曲肽每4", 10) + 1)[0] == "奥曲肽每"
    figure = draw(
        document([event(0), event(1, 4, 4, label="Multidisciplinary consultation")]),
        FigureOptions(width=200, medium=Medium.PRINT),
    )
    assert any("Multidisciplinary" in words for words in texts(figure))


def test_what_scans_showed_is_boxes_that_the_legend_explains():
    lesion, findings = sized_lesion({0: ("30", "30")})
    states = [replace(findings[0], measurements=[], patency="thrombosed")]
    shown = draw(document([event(0)], lesions=[lesion], findings=states))
    assert "What a scan showed" in texts(shown)
    only_sizes = draw(document([event(0)], lesions=[lesion], findings=findings))
    assert "What a scan showed" not in texts(only_sizes)


@pytest.mark.parametrize(
    ("times", "days", "words"),
    [(2, 1, "每天2次"), (1, 28, "每4周1次"), (1, 7, "每周1次"), (1, 10, "每10天1次")],
)
def test_a_drug_is_told_in_chinese(times, days, words):
    drug = DrugData("30", "mg", "", "as often", times, days, "")
    figure = draw(
        document([event(0, category="drug", drug=drug, lasting=3, label="奥曲肽")]),
        FigureOptions(language=Language.CHINESE),
    )
    assert f"奥曲肽，30 mg {words}，3天" in texts(figure)


def test_a_dose_that_the_label_tells_is_not_told_twice():
    drug = DrugData("60", "mg", "", "", None, None, "")
    row = event(0, category="drug", drug=drug, label="Lanreotide 60 mg")
    assert "Lanreotide 60 mg" in texts(draw(document([row])))


def test_a_track_has_the_name_of_its_lesion_in_chinese():
    lesion, findings = sized_lesion({0: ("30", "30"), 1: ("20", "20")})
    lesion = replace(lesion, label_zh="肝脏肿块")
    figure = draw(
        document([event(0), event(1, 9, 9)], lesions=[lesion], findings=findings),
        FigureOptions(language=Language.CHINESE),
    )
    assert "肝脏肿块" in texts(figure)
