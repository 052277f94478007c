"""What counts as an embolisation, wherever one is asked for."""

from types import SimpleNamespace

import pytest

from patients.derived.embolisation import is_coded_embolisation, is_embolisation


def event(label="", slug="", display="", category="intervention"):
    term = SimpleNamespace(slug=slug, display=display) if slug else None
    return SimpleNamespace(category=category, term=term, label=label)


@pytest.mark.parametrize(
    ("row", "coded", "told"),
    [
        (
            event("Treated", "hepatic-artery-embolisation", "Hepatic artery embolisation"),
            True,
            True,
        ),
        (event("Treated", "tace", "Transarterial chemotherapy"), True, True),
        (event("TACE"), False, True),
        (event("Biopsy after embolisation"), False, False),
        (event("Drainage of a pentacetate collection"), False, False),
        (event("TACE", "drainage", "Drainage"), False, False),
        (event("TACE", "tace", "TACE", category="imaging"), False, False),
    ],
)
def test_by_its_term_and_else_by_its_label(row, coded, told):
    assert (is_coded_embolisation(row), is_embolisation(row)) == (coded, told)
