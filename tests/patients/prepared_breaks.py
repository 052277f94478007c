"""What the constraints of prepared answers refuse."""

from __future__ import annotations

from patients.actions import prepared_answers
from patients.models import PreparedAnswer
from tests.constraints import Break
from tests.make import make_published_case
from tests.patients.row_breaks import changed


def answer() -> PreparedAnswer:
    version = make_published_case().versions.get()
    prepared_answers.prepare(version=version)
    return PreparedAnswer.objects.filter(version=version)[0]


def the_same_twice() -> None:
    found = answer()
    found.pk = None
    found.save()


PREPARED_BREAKS: list[Break] = [
    ("prepared_answer_unique", the_same_twice),
    ("prepared_answer_kind_known", changed(answer, kind="x")),
]
