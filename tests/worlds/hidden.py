"""What hidden worlds are made of: one function for each kind of thing that readers never see.

Each adds its records to a public world, drawn by `random`, and gives the addresses at which they
would be, for what is answered there to be held against what is answered of nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import Final

from literature.actions import imports
from literature.models import DuplicatePair
from patients.actions import cases, citations, publishing, records, revisions, same_patient
from patients.actions.revisions_citing import propose_citation
from patients.models import Case, Citation, Patient, SavedSearch
from patients.roles import CURATOR, RESEARCHER
from tests import make
from tests.pages.pictures import make_image
from tests.patients.comparison_breaks import make_comparison
from tests.patients.images.rows import with_files
from tests.worlds.drawing import (
    NO_PART,
    Address,
    addresses_of,
    drawn_case,
    drawn_reference,
    drawn_scan,
    phrase,
)
from tests.worlds.public import PublicWorld

Hide = Callable[[PublicWorld, Random], list[Address]]


# -- cases that nobody has published ------------------------------------------------------------


def draft(world: PublicWorld, random: Random) -> list[Address]:
    return addresses_of(drawn_case(world, random))


def draft_thrown_away(world: PublicWorld, random: Random) -> list[Address]:
    case = drawn_case(world, random)
    found = addresses_of(case)
    records.remove_draft(case=case, by=world.users[CURATOR])
    return found


def handed_in(world: PublicWorld, random: Random) -> list[Address]:
    case = make.make_ready(drawn_case(world, random))
    if random.random() < 0.3:
        publishing.send_back(case=case, reason=phrase(random), by=world.users[CURATOR])
    return addresses_of(case)


def withdrawn(world: PublicWorld, random: Random) -> list[Address]:
    case = drawn_case(world, random)
    cases.publish(case=case, by=None)
    case.refresh_from_db()
    if random.random() < 0.3:
        Case.objects.filter(pk=case.pk).update(title=phrase(random))
        cases.publish(case=case, by=None)
    cases.withdraw(case=case, by=None, reason=phrase(random))
    return addresses_of(case, withdrawn=True)


def hidden_past_the_actions(world: PublicWorld, random: Random) -> list[Address]:
    """By SQL, as an administrator might: its public rows stay where they are."""
    case = drawn_case(world, random)
    cases.publish(case=case, by=None)
    Case.objects.filter(pk=case.pk).update(status=random.choice(["draft", "in_review"]))
    return addresses_of(case)


# -- what is being done to cases that are public ------------------------------------------------


def reworded(world: PublicWorld, random: Random) -> list[Address]:
    """The working record of a public case says something else."""
    case = random.choice(world.published)
    case.refresh_from_db()
    case.title, case.summary = phrase(random), phrase(random, 12)
    case.age_low = case.age_high = random.choice([None, 33])
    case.diagnosis = random.choice(world.unused_terms)
    cases.save(row=case, by=world.users[CURATOR])
    event = random.choice(list(case.events.all()))
    event.label = phrase(random)
    cases.save(row=event, by=world.users[CURATOR])
    return []


def added_to(world: PublicWorld, random: Random) -> list[Address]:
    """A public case is given parts that no version has yet."""
    case = random.choice(world.published)
    event = make.make_event(
        case, random.choice([1, 30]), category="drug", label=phrase(random),
        term=random.choice(world.unused_terms[:1]),
    )  # fmt: skip
    known = list(case.findingimages.values_list("pk", flat=True))
    drawn_scan(case, world, random)
    make.make_citation(event, random.choice(world.unused))
    cases.refresh(case=case)
    at = "/api/v1/events/{}/"
    image = case.findingimages.exclude(pk__in=known).first()
    picture = "/cases/{}/images/{}.png"
    found = [(at.format(event.public_id), at.format(NO_PART))]
    if image is not None:
        shown = picture.format(case.accession, image.public_id)
        found.append((shown, picture.format(case.accession, NO_PART)))
    return found


def taken_out_of(world: PublicWorld, random: Random) -> list[Address]:
    """Parts that a version has are gone from the working record of its case."""
    case = random.choice(world.published)
    for image in case.findingimages.all():
        image.delete()
    case.citations.exclude(finding=None).delete()
    case.measurements.all().delete()
    case.imagingfindings.all().delete()
    case.lesions.all().delete()
    if random.random() < 0.5:
        case.events.filter(category="imaging").delete()
    cases.refresh(case=case)
    return []


def cited_by_a_curator(world: PublicWorld, random: Random) -> list[Address]:
    event = random.choice(list(random.choice(world.published).events.all()))
    citation = Citation(
        case=event.case, event=event, reference=random.choice(world.unused), role="background",
        note=phrase(random), position=event.case.citations.count(),
    )  # fmt: skip
    made = citations.cite(citation=citation, on="the event", by=world.users[CURATOR])
    at = "/api/v1/citations/{}/"
    return [(at.format(made.public_id), at.format(NO_PART))]


def patient_told_otherwise(world: PublicWorld, random: Random) -> list[Address]:
    """The working row of a patient, of which versions have told already."""
    patient = random.choice(world.published).patient
    patient.refresh_from_db()
    patient.sex = random.choice(["", "male", "female"])
    patient.country = random.choice(["", "CN", "CH"])
    records.save_patient(patient=patient, by=world.users[CURATOR])
    return []


def judged_the_same_patient(world: PublicWorld, random: Random) -> list[Address]:
    """Two cases are given one patient: two public ones, or one and a draft."""
    first = random.choice(world.published[1:])
    other = next(case for case in world.published[1:] if case != first)
    second = random.choice([other, drawn_case(world, random)])
    Patient.objects.filter(pk=second.patient_id).update(sex="", country="")
    pair = make.make_same_patient_pair(first, second)
    decision = random.choice(["same", "distinct", "later"])
    if Case.objects.filter(pk__in=[first.pk, second.pk]).values("patient").distinct().count() == 2:
        same_patient.decide(pair=pair, decision=decision, by=world.users[CURATOR])
    return [(f"/curation/same-patient/{pair.public_id}/", f"/curation/same-patient/{NO_PART}/")]


def checked_by_curators(world: PublicWorld, random: Random) -> list[Address]:
    """Care items, clearings and results set aside, all of the working record."""
    case = random.choice(world.published)
    case.refresh_from_db()
    publishing.record_checks(
        case=case, by=world.users[CURATOR], care={"title": "present"}, consent="as_reported",
        consent_note=phrase(random), class_seen=0,
    )  # fmt: skip
    make.make_set_aside(case.events.order_by("pk")[0])
    cases.refresh(case=case)
    return []


def looked_at_pictures(world: PublicWorld, random: Random) -> list[Address]:
    """A picture of a draft, one confirmed, and none of them in a version."""
    case = drawn_case(world, random)
    finding = make.make_finding(make.make_event(case, 1, category="imaging"))
    for confirmed in (True, False):
        with_files(make_image(finding, confirmed=confirmed))
    cases.refresh(case=case)
    return addresses_of(case)


# -- what belongs to somebody -------------------------------------------------------------------


def proposed(world: PublicWorld, random: Random) -> list[Address]:
    author = random.choice([world.users[RESEARCHER], make.make_user(RESEARCHER)])
    case = random.choice(world.published)
    citation = Citation(
        case=case, reference=drawn_reference(world, random), role="background", note=phrase(random)
    )
    revision = propose_citation(citation=citation, on="the case", by=author)
    revisions.comment(revision=revision, text=phrase(random), by=world.users[CURATOR])
    if random.random() < 0.3:
        revisions.withdraw(revision=revision, by=author)
    revisions.begin(case=case, by=author)
    return [
        (at.format(revision.public_id), at.format(NO_PART))
        for at in ("/curation/{}/", "/api/v1/revisions/{}/")
    ]


def brought_in(world: PublicWorld, random: Random) -> list[Address]:
    """An import that nobody has decided on, of what is here already and of what is not."""
    title = random.choice(["A shared study", phrase(random)])
    doi = random.choice(["10.5555/shared", "10.5555/brought", "10.5555/unused0"])
    source = f"TY  - JOUR\nTI  - {title}\nDO  - {doi}\nER  - \n\nTY  - JOUR\nPY  - 2016\nER  - \n"
    owner = random.choice([None, world.users[RESEARCHER], make.make_user(RESEARCHER)])
    made = imports.begin(source=BytesIO(source.encode()), name=f"{phrase(random)}.ris", by=owner)
    return [
        (at.format(made.public_id), at.format(NO_PART))
        for at in (
            "/references/imports/{}/",
            "/api/v1/imports/{}/",
            "/references/imports/{}/original/",
        )
    ]


def kept_for_oneself(world: PublicWorld, random: Random) -> list[Address]:
    """Searches, comparisons, notices of one's own, and answers that are kept to be given again."""
    owner = random.choice([world.users[RESEARCHER], make.make_user()])
    compared = make_comparison(
        owner, name=phrase(random), accessions=[case.accession for case in world.published]
    )
    SavedSearch.objects.create(user=owner, name=phrase(random), query="q=sternbergia")
    at = "/comparisons/{}/"
    return [(at.format(compared.public_id), at.format(NO_PART))]


def doubted(world: PublicWorld, random: Random) -> list[Address]:
    """Two references of the library wait to be told apart."""
    pair = [world.shared, random.choice(world.unused)]
    if not DuplicatePair.objects.filter(first=pair[0], second=pair[1]).exists():
        make.make_duplicate_pair(*pair)
    at = "/references/duplicates/{}/{}/"
    return [(at.format(*(row.public_id for row in pair)), at.format(NO_PART, NO_PART))]


def came_and_went(world: PublicWorld, random: Random) -> list[Address]:
    """People, with what they are allowed to."""
    for role in random.sample(["", RESEARCHER, CURATOR], k=2):
        make.make_user(role)
    return []


KINDS: Final[dict[str, Hide]] = {
    kind.__name__: kind
    for kind in (
        draft, draft_thrown_away, handed_in, withdrawn, hidden_past_the_actions, reworded, added_to,
        taken_out_of, cited_by_a_curator, patient_told_otherwise, judged_the_same_patient,
        checked_by_curators, looked_at_pictures, proposed, brought_in, kept_for_oneself, doubted,
        came_and_went,
    )
}  # fmt: skip


def drawn_kinds(random: Random) -> list[str]:
    """The kinds of one world, in the order in which they come."""
    return random.sample(list(KINDS), k=random.randint(1, 4))
