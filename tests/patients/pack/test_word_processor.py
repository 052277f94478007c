"""The DOCX of a pack open in a word processor, at the size of a page, with what they say."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from patients.pack.documents import care_docx, comparison_docx, references_docx
from patients.pack.model import Compared
from tests.patients.pack.materials import AT, draft, material, shrinking, with_report
from tests.patients.timeline.documents import document, event

A4 = (210, 297)
MM = 72 / 25.4


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """By name: pages of a draft with another case, as LibreOffice opens them."""
    folder = tmp_path_factory.mktemp("pack")
    office = shutil.which("soffice")
    if office is None:
        pytest.fail("Install LibreOffice (on Debian: apt-get install libreoffice-writer).")
    other = Compared(replace(document([event(0)], title="Other"), accession="CB-0THERCA"), 3, AT)
    made = draft(with_report(shrinking()), compared=(other,))
    makers = {"table": comparison_docx, "works": references_docx, "care": care_docx}
    for name, make in makers.items():
        (folder / f"{name}.docx").write_bytes(make(made))
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
         "--convert-to", "pdf", "--outdir", folder, *(folder / f"{name}.docx" for name in makers)],
        check=True, capture_output=True, env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip
    return {name: PdfReader(BytesIO((folder / f"{name}.pdf").read_bytes())) for name in makers}


def words_of(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_they_are_on_a4(opened):
    for reader in opened.values():
        box = reader.pages[0].mediabox
        assert (round(box.width / MM), round(box.height / MM)) == A4


def test_they_say_what_they_hold(opened):
    for name, words in {
        "table": "CB-0THERCA Other",
        "works": "The report",
        "care": "That the patient consented",
    }.items():
        text = words_of(opened[name])
        assert words in text
        assert text.startswith("DRAFT: working record, not published")


def test_a_link_of_the_checklist_leads_to_what_shows_the_item(opened):
    links = [
        note.get_object()["/A"]["/URI"]
        for page in opened["care"].pages
        for note in page.get("/Annots", [])
    ]
    assert f"{material().address}#timeline" in links
