"""What of a document is compared."""

from __future__ import annotations

import msgspec

from patients.likeness import Features, features_of
from tests.patients.derived.cases import case_of, finding, site

PORTAL = site("portal-vein")


def states(*told: str) -> list[list[str]]:
    findings = [finding(None, at, site=PORTAL, patency=state) for at, state in enumerate(told)]
    return [vein.states for vein in features_of(case_of(findings)).veins]


def test_a_vein_that_goes_on_is_told_once() -> None:
    assert states("thrombosed", "thrombosed", "recanalised") == [["thrombosed", "recanalised"]]


def test_a_vein_that_was_always_open_is_not_involved() -> None:
    assert states("patent", "patent") == []
    assert states("patent", "thrombosed") == [["patent", "thrombosed"]]


def test_a_thrombus_involves_its_vein() -> None:
    document = case_of(
        [finding("A", 0, "12")], kinds={"A": "tumour_thrombus"}, slugs={"A": "portal-vein"}
    )
    (vein,) = features_of(document).veins
    assert (vein.site.slug, vein.states) == ("portal-vein", [])
    assert features_of(document).findings == []


def test_lesions_of_one_kind_at_one_site_are_one_finding() -> None:
    document = case_of(
        [finding("A", 0, "12"), finding("B", 0, "9")], kinds={"A": "metastasis", "B": "metastasis"}
    )
    assert [(row.kind, row.site.slug) for row in features_of(document).findings] == [
        ("metastasis", "liver")
    ]


def test_they_are_the_same_after_they_were_kept() -> None:
    features = features_of(case_of([finding("A", 0, "12", site=PORTAL, patency="thrombosed")]))
    assert msgspec.convert(msgspec.to_builtins(features), Features) == features
