"""Which pictures belong together, which two are offered, and what is said of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patients.document.image_model import ImageData
from patients.pairs import (
    Pair,
    alternative,
    cautions,
    first_pair,
    groups_of,
    growth_between,
    neighbours,
    pair_of,
    pairs_of,
    pictures_of,
    subjects_of,
    treatments_between,
)
from tests.patients.derived.cases import case_of, finding, site, sizes
from tests.patients.timeline.documents import event

VEIN = site("portal-vein")


def image(id, **told):
    return ImageData(
        id=id, case="CB-TESTTES", finding="", caption="", credit="", ending="png",
        width=640, height=480, small_width=320, small_height=240, **told,
    )  # fmt: skip


def pictured(rows, count=1):
    """Each finding with `count` pictures, named after it."""
    return [
        replace(row, images=[image(f"{row.id}-{number}") for number in range(count)])
        for row in rows
    ]


def ids(pair):
    return tuple(name.removesuffix("-0") for name in pair.ids)


def pair_in(document):
    return first_pair(subjects_of(pictures_of(document))[0])


def test_the_first_study_and_the_latest_are_offered_first():
    document = case_of(pictured(sizes("40", "35", "20", "10")))
    pairs = [ids(pair) for pair in pairs_of(pictures_of(document))]
    first, second, third, last = (f"FIA{place}longest" for place in range(4))
    assert pairs == [(first, last), (first, second), (second, third), (third, last)]


def test_one_study_with_two_pictures_is_no_pair():
    assert pairs_of(pictures_of(case_of(pictured(sizes("40"), count=2)))) == []


def test_lesions_are_never_mixed():
    rows = pictured([*sizes("40", None), *sizes(None, "20", lesion="B")])
    document = case_of(rows)
    assert pairs_of(pictures_of(document)) == []
    assert [group.label for group in groups_of(pictures_of(document))] == ["Lesion A", "Lesion B"]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["A", "B", None]), st.integers(0, 3)), max_size=8))
def test_whatever_is_recorded_a_pair_is_of_one_lesion_in_two_studies_in_time_order(told):
    rows = [
        replace(finding(lesion, place, "10"), id=f"F{number}")
        for number, (lesion, place) in enumerate(told)
    ]
    for pair in pairs_of(pictures_of(case_of(pictured(rows)))):
        assert pair.before.lesion is pair.after.lesion is not None
        assert pair.before.event.number < pair.after.event.number


def test_a_vessel_is_followed_by_its_site():
    rows = [finding(None, place, patency=flow, site=VEIN)
            for place, flow in enumerate(["patent", "thrombosed"])]  # fmt: skip
    document = case_of(pictured(rows))
    (subject,) = subjects_of(pictures_of(document))
    assert (subject.key, subject.label) == ("vessel-portal-vein", "Portal vein")
    assert pair_in(document).is_of_one


def test_a_vessel_is_followed_through_a_thrombus_but_not_across_two():
    flow = {"patency": "thrombosed", "site": VEIN}
    open_again = finding(None, 1, patency="patent", site=VEIN)
    one = [finding("A", 0, **flow), open_again]
    (subject,) = subjects_of(pictures_of(case_of(pictured(one))))
    assert subject.key == "vessel-portal-vein"
    two = [finding("A", 0, **flow), finding("B", 1, **flow)]
    assert subjects_of(pictures_of(case_of(pictured(two)))) == []


def test_what_has_no_lesion_stands_with_its_study():
    document = case_of(pictured([finding(None, 0), finding(None, 1)]))
    assert [group.key for group in groups_of(pictures_of(document))] == ["event-EV0", "event-EV1"]
    assert pairs_of(pictures_of(document)) == []


def test_pictures_of_one_modality_are_preferred_within_two_studies():
    rows = [finding("A", 0, "40", modality="mri"), finding("A", 1, "20", modality="ct"),
            finding("A", 1, "21", modality="mri", dimension="third")]  # fmt: skip
    assert ids(pair_in(case_of(pictured(rows)))) == ("FIA0longest", "FIA1third")


def test_a_removed_picture_is_in_no_pair():
    rows = pictured(sizes("40", "20"))
    gone = replace(rows[1], images=[replace(rows[1].images[0], removed=True)])
    document = case_of([rows[0], gone])
    assert len(pictures_of(document)) == 2
    assert pairs_of(pictures_of(document)) == []


def test_any_two_can_be_asked_for_and_have_neighbours_where_they_are_offered():
    pictures = pictures_of(case_of(pictured(sizes("40", "30", "20"))))
    pairs = pairs_of(pictures)
    assert neighbours(pairs, pairs[0]) == (None, pairs[1])
    assert neighbours(pairs, Pair(pairs[1].after, pairs[1].before)) == (pairs[0], pairs[2])
    with pytest.raises(KeyError):
        pair_of(pictures, pictures[0].id, "nothing")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("62", "48", "−23 %, longest diameter 62 mm → 48 mm"),
        ("20", "20", "±0 %, longest diameter 20 mm → 20 mm"),
        ("20", "26", "+30 %, longest diameter 20 mm → 26 mm"),
        ("20", "0", "−100 %, longest diameter 20 mm → 0 mm"),
    ],
)
def test_change_in_size(old, new, words):
    pair = pair_in(case_of(pictured(sizes(old, new))))
    assert growth_between(pair).words == words
    assert growth_between(Pair(pair.after, pair.before)).words == words


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("0", "20", "The earlier size is 0 mm."),
        (("30", "70"), "20", "A size is given as a range."),
        ("30", ("10", "20"), "A size is given as a range."),
    ],
)
def test_sizes_that_cannot_be_counted(old, new, reason):
    found = growth_between(pair_in(case_of(pictured(sizes(old, new)))))
    assert (found.words, found.reason) == ("", reason)


def test_a_size_that_is_not_there_or_in_another_direction_is_said():
    first, sizeless = finding("A", 0, "20"), finding("A", 1)
    gone = finding("A", 1, change="resolved")
    other = finding("A", 1, "10", dimension="short_axis")
    said = [
        growth_between(pair_in(case_of(pictured([first, row])))).reason
        for row in (sizeless, gone, other)
    ]
    assert said == [
        "The later study gives no size.",
        "The later study says that it is gone, and gives no size.",
        "The two studies give sizes in different directions.",
    ]


def test_a_node_is_counted_by_its_short_axis():
    rows = []
    for place, (long, short) in enumerate([("30", "20"), ("30", "10")]):
        row, other = finding("A", place, long), finding("A", place, short, dimension="short_axis")
        rows.append(replace(row, measurements=[*row.measurements, *other.measurements]))
    document = case_of(pictured(rows), slugs={"A": "lymph-node"})
    assert growth_between(pair_in(document)).words.startswith("−50 %, short axis 20 mm → 10 mm")


def test_nothing_is_counted_between_two_lesions():
    document = case_of(pictured([*sizes("40", None), *sizes(None, "20", lesion="B")]))
    pair = pair_of(pictures_of(document), "FIA0longest-0", "FIB1longest-0")
    assert growth_between(pair) is None
    assert cautions(pair)[0].startswith("These images show different lesions: Lesion A and")


def test_what_must_be_known_before_two_are_compared():
    rows = [finding("A", 0, "40", modality="ct"), finding("A", 1, "20", modality="mri")]
    pair = pair_in(case_of(pictured(rows)))
    told = cautions(Pair(pair.after, pair.before))
    assert told[0] == "Turned round: the later study comes first."
    assert "(MRI and CT)" in told[1]
    assert "do not line up by themselves" in told[2]
    loose = pictures_of(case_of(pictured([finding(None, 0), finding(None, 1)])))
    assert cautions(Pair(*loose))[0].startswith("The record does not say that both images show")
    same = pictures_of(case_of(pictured(sizes("40"), count=2)))
    assert "Both images are from the same study." in cautions(Pair(*same))


def test_the_treatments_between_two_studies_are_named():
    events = [
        event(0, 0, 0),
        event(1, 30, 30, category="intervention", label="Embolisation"),
        event(2, 60, 60),
        event(3, 90, 90, category="drug", label="Octreotide"),
    ]
    rows = pictured([finding("A", 0, "40"), finding("A", 2, "20")])
    document = case_of(rows, events=events)
    pair = pair_in(document)
    assert treatments_between(document, pair) == [("EV1", "Embolisation")]
    assert treatments_between(document, Pair(pair.after, pair.before)) == [("EV1", "Embolisation")]


def test_the_alternative_text_is_made_from_the_record():
    row = replace(pictured(sizes("21"))[0], change="decreased", description="A pale mass.")
    (picture,) = pictures_of(case_of([row]))
    assert alternative(picture) == "CT, then, Lesion A: A pale mass, decreased, 21 mm."
    bare = replace(row, description="", change="", modality="", measurements=[], lesion=None)
    (picture,) = pictures_of(case_of([bare]))
    assert alternative(picture) == "Image, then."


def test_pictures_stand_in_the_order_of_time_and_each_once():
    rows = pictured([*sizes("40", "30", "20"), finding(None, 1)], count=2)
    pictures = pictures_of(case_of(rows))
    numbers = [picture.event.number for picture in pictures]
    assert numbers == sorted(numbers)
    shown = [picture.id for group in groups_of(pictures) for picture in group.pictures]
    assert sorted(shown) == sorted({picture.id for picture in pictures})
    assert all(one != other for one, other in combinations(shown, 2))
