"""The references of the first case, formatted: equal to text that was checked by hand."""

from pathlib import Path

import pytest

from literature.bibliography.files import as_text
from literature.bibliography.formatting import bibliography
from patients.document import from_builtins
from patients.models import CaseVersion
from patients.references_cited import cited_references
from tests.browser.site import SEED_CASE

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parent / "bibliography"
STYLES = {
    "vancouver": "nlm-citation-sequence",
    "ama": "american-medical-association",
    "gbt7714": "china-national-standard-gb-t-7714-2015-numeric",
}


def records():
    version = CaseVersion.objects.get(case__accession=SEED_CASE, is_current=True)
    return [row.csl for row in cited_references(from_builtins(version.document))]


@pytest.fixture(scope="module")
def cited(from_demo):
    return from_demo(records)


@pytest.mark.parametrize("name", STYLES)
def test_the_list_is_as_the_style_wants_it(cited, name):
    made = as_text(bibliography(cited, STYLES[name])).decode()
    assert made == (FOLDER / f"{name}.txt").read_text("utf-8")
