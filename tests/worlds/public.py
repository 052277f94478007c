"""What everybody may read: the world of the role matrix, and cases that a search finds something
in. Hidden records are added to it, and must not be noticed."""

from __future__ import annotations

from typing import Any, Final

from patients import background
from patients.actions import cases
from patients.models import Case, Term
from tests import make
from tests.matrix.world import World
from tests.pages.pictures import make_image
from tests.patients.images.rows import with_files

TITLES: Final = ("A clot of the portal vein", "A clot after surgery", "Heparin for a clot")


class PublicWorld(World):
    """`shared` are the terms and references that hidden records name too; `unused` those that
    stand in the open library and in no case."""

    def __init__(self) -> None:
        super().__init__()
        self.terms = {
            "heparin": self._term("heparin", "drug", "Heparin", "肝素"),
            "resection": self._term("resection", "procedure", "Resection", "切除"),
            "vein": self._term("vein", "body_site", "Portal vein", "门静脉"),
            "tumour": self._term("tumour", "diagnosis", "Islet tumour", "胰岛肿瘤"),
        }
        self.unused_terms = [
            self._term("warfarin", "drug", "Warfarin", "华法林"),
            self._term("splenectomy", "procedure", "Splenectomy", "脾切除"),
            self._term("thymoma", "diagnosis", "Thymoma", "胸腺瘤"),
        ]
        self.shared = make.make_reference({"DOI": "10.5555/shared", "title": "A shared study"})
        self.unused = [
            make.make_reference({"DOI": f"10.5555/unused{number}", "title": title})
            for number, title in enumerate(("A study of sternbergia", "An uncited series"))
        ]
        self.published = [self._published(title, number) for number, title in enumerate(TITLES)]
        self.pictured = self.published[0].findingimages.get()
        work_off()

    def _term(self, slug: str, kind: str, display: str, chinese: str) -> Term:
        return make.make_term(slug=slug, kind=kind, display=display, display_zh=chinese)

    def _published(self, title: str, number: int) -> Case:
        case = self.case(title, sex="female" if number else "male", age_low=60, age_high=60)
        case.day_zero_year = 2010 + number
        case.save()
        with_files(make_image(case.imagingfindings.get()))
        cases.publish(case=case, by=None)
        case.refresh_from_db()
        return case

    def case(self, title: str, *, sex: str = "female", **changes: Any) -> Case:
        """A draft with a course: found, heparin, resected, looked at again."""
        changes.setdefault("patient", make.make_patient(sex=sex))
        case = make.make_case(title=title, diagnosis=self.terms["tumour"], **changes)
        make.make_source(case, self.shared)
        make.make_event(case, 0, is_index=True, label="Found 门静脉血栓", term=self.terms["tumour"])
        make.make_event(case, 5, category="drug", term=self.terms["heparin"], label="Heparin")
        make.make_event(
            case, 9, category="surgery", term=self.terms["resection"], label="Resection"
        )
        scan = make.make_event(case, 12, category="imaging", label="MRI")
        finding = make.make_finding(
            scan, patency="thrombosed", site=self.terms["vein"], modality="mri",
            lesion=make.make_lesion(case),
        )  # fmt: skip
        make.make_measurement(finding)
        make.make_citation(finding)
        return case


def work_off() -> None:
    """What the worker does between imports, until nothing is left of it."""
    for task in (
        background.FindLikenesses(), background.PrepareAnswers(), background.FindSamePatients(),
        background.ForgetWords(),
    ):  # fmt: skip
        task.begin()
        while task.step():
            pass
