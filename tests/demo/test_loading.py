"""Loading is idempotent, loses no edit, and leaves nothing half done."""

import json
import shutil

import pytest
import yaml
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError

from literature.models import Reference
from patients.actions import cases
from patients.models import (
    Case,
    Citation,
    DemoRecord,
    Event,
    LaboratoryResult,
    Lesion,
    ListedItem,
    Term,
)
from patients.vocabulary import Category, Role, Status

pytestmark = pytest.mark.django_db


def snapshot():
    return {
        model.__name__: model.objects.count()
        for model in (Case, Citation, Event, Reference, Term, ListedItem, DemoRecord)
    }


def test_thirteen_cases_are_published_each_with_a_source(load_demo):
    load_demo()
    assert Case.objects.filter(status=Status.PUBLISHED).count() == 13
    sources = Citation.objects.filter(role=Role.SOURCE, event=None, finding=None)
    assert sources.count() == 13


def test_second_load_changes_nothing(load_demo):
    load_demo()
    before = snapshot()
    said = load_demo()
    assert snapshot() == before
    assert "0 new cases, 13 kept" in said


def test_edits_and_removals_survive_a_second_load(load_demo):
    load_demo()
    case = Case.objects.first()
    case.title = "A better title"
    cases.save(row=case, by=None)
    removed = Citation.objects.filter(event__isnull=False).first()
    cases.remove(row=removed, by=None)
    load_demo()
    assert Case.objects.get(pk=case.pk).title == "A better title"
    assert not Citation.objects.filter(pk=removed.pk).exists()


def test_every_case_has_events_with_times_and_cited_studies(load_demo):
    load_demo()
    for case in Case.objects.all():
        assert case.events.filter(is_index=True).count() == 1
        assert case.citations.filter(event__isnull=False).exists()


@pytest.fixture
def broken_folder(tmp_path):
    folder = tmp_path / "demo"
    shutil.copytree(settings.BASE_DIR / "demo", folder)
    return folder


def test_a_bad_record_is_named_and_nothing_is_loaded(load_demo, broken_folder):
    references = json.loads((broken_folder / "references.json").read_text())
    references[-1]["colour"] = "blue"
    (broken_folder / "references.json").write_text(json.dumps(references))
    with pytest.raises(CommandError, match=r"Nothing was loaded.*colour"):
        load_demo(folder=broken_folder)
    assert not Reference.objects.exists()
    assert not Term.objects.exists()


def test_a_file_that_is_no_yaml_is_named(load_demo, broken_folder):
    (broken_folder / "terms.yaml").write_text("- [")
    with pytest.raises(CommandError, match=r"terms\.yaml"):
        load_demo(folder=broken_folder)


def test_an_event_key_that_is_not_there_is_named(load_demo, broken_folder):
    path = broken_folder / "cases" / "tian-2022.yaml"
    path.write_text(path.read_text().replace("anchor: mdt", "anchor: nowhere"))
    with pytest.raises(CommandError, match="nowhere"):
        load_demo(folder=broken_folder)
    assert not Case.objects.exists()


def add_result(folder, **fields):
    """A value on the event of a copied file that reports one without its number."""
    path = folder / "cases" / "lee-2018.yaml"
    data = yaml.safe_load(path.read_text())
    event = next(row for row in data["events"] if row["key"] == "gastrin")
    event["results"] = [{"analyte": "Gastrin", "value": "1000.50", "unit": "pg/mL", **fields}]
    path.write_text(yaml.safe_dump(data, allow_unicode=True))


def test_results_are_loaded_with_their_reference_range(load_demo, broken_folder):
    add_result(broken_folder, comparator=">", reference_high="115", term="raised-gastrin")
    load_demo(folder=broken_folder)
    result = LaboratoryResult.objects.get()
    assert result.event.label == "High gastrin"
    assert result.case.accession == "CB-ZN9A6GP"
    assert str(result) == "Gastrin >1000.5 pg/mL"
    assert (result.reference_low, result.reference_high) == (None, 115)
    assert result.term.slug == "raised-gastrin"


@pytest.mark.parametrize("fields", [{"value": "high"}, {"colour": "blue"}, {"comparator": "~"}])
def test_a_wrong_result_is_named_with_its_case(load_demo, broken_folder, fields):
    add_result(broken_folder, **fields)
    (name,) = fields
    with pytest.raises(CommandError, match=rf"case CB-ZN9A6GP.*{name}"):
        load_demo(folder=broken_folder)
    assert not Case.objects.exists()


def test_every_event_and_lesion_has_a_label_in_chinese(load_demo):
    load_demo()
    for row in (*Event.objects.all(), *Lesion.objects.all()):
        assert any("\u4e00" <= letter <= "\u9fff" for letter in row.label_zh), row.label


def test_no_value_is_made_up_where_the_report_only_calls_it_high(load_demo):
    load_demo()
    assert Event.objects.filter(category=Category.LABORATORY).count() == 3
    assert not LaboratoryResult.objects.exists()


def test_logins_are_made_in_demo_mode_only(load_demo, settings):
    settings.DEMO = False
    load_demo()
    assert not User.objects.exists()
    settings.DEMO = True
    load_demo()
    assert set(User.objects.values_list("username", flat=True)) == {
        "clinician",
        "researcher",
        "curator",
        "admin",
    }
