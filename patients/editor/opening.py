"""The open rows of the page: a form with what is drawn around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, QueryDict

from literature.public_ids import PUBLIC_ID_RE, new_public_id
from patients.editor import rows
from patients.editor.access import NOTHING_HERE
from patients.editor.addresses import edit_url, proposing
from patients.editor.advice import advice_for
from patients.editor.forms import RowForm
from patients.editor.lines import row_url
from patients.editor.preview import Preview
from patients.editor.rows import Place
from patients.editor.saving import Conflict, form_for
from patients.models import Case, Event
from patients.vocabulary import RESULT_CATEGORIES, Category

FINDINGS_IN = (
    Category.IMAGING, Category.DIAGNOSIS, Category.SURGERY, Category.INTERVENTION,
    Category.FOLLOW_UP,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form of the page. `children` are the kinds that may be added below its row."""

    case: Case
    place: Place
    form: RowForm
    token: str
    is_new: bool = False
    preview: Preview | None = None
    conflict: Conflict | None = None
    children: tuple[tuple[str, str], ...] = ()
    takes_along: str = ""
    """What would be removed with the row, in words."""

    @property
    def key(self) -> str:
        return self.place.key

    @property
    def url(self) -> str:
        return row_url(self.case, self.place.kind, self.place.id)

    @property
    def preview_url(self) -> str:
        if self.place.kind != "event":
            return ""
        return edit_url("edit-preview", self.case.accession, "event", self.place.id)

    @property
    def page_url(self) -> str:
        return edit_url("case-edit", self.case.accession)

    @property
    def attach_url(self) -> str:
        """Where an image is attached to a stored finding of the record; empty for anything else."""
        if self.place.kind != "finding" or self.is_new or proposing() is not None:
            return ""
        return edit_url("image-attach", self.case.accession, self.place.id)

    @property
    def parent(self) -> str:
        """As the form sends it back: `event-ID`, or empty."""
        place = self.place
        return f"{place.parent_kind}-{place.parent_id}" if place.parent_id else ""

    @property
    def title(self) -> str:
        noun = {"case": "summary and patient"}.get(self.place.kind, self.place.kind)
        return f"New {noun}" if self.is_new else ""


def open_row(case: Case, row: Any) -> OpenForm:
    """The form of a stored row, or of the case itself."""
    if isinstance(row, Case):
        place = Place("case", case.accession)
        form = form_for(case, row, place.key)
        form.advice = advice_for(case, place.id)
        return OpenForm(case, place, form, rows.token_of(case, row))
    place = place_of(case, row)
    form = form_for(case, row, place.key)
    form.advice = advice_for(case, place.id)
    return around(case, row, place, form, token=rows.token_of(case, row))


def around(case: Case, row: Any, place: Place, form: RowForm, **changes: Any) -> OpenForm:
    """A form with what may be done to its row."""
    if row is None or row.pk in (None, -1) or place.kind == "case":
        return OpenForm(case, place, form, **{"token": "", **changes})
    return OpenForm(
        case,
        place,
        form,
        children=_children(row),
        takes_along=takes_along(case, row),
        **{"token": rows.token_of(case, row), **changes},
    )


def open_new(case: Case, kind: str, asked: QueryDict) -> OpenForm:
    """An empty form for a row that gets its id now, so that saving it twice makes one row.

    Raises Http404 for a kind or a place that is not there.
    """
    if kind not in rows.MODELS:
        raise Http404(NOTHING_HERE)
    place = posted_place(kind, new_public_id(), asked)
    try:
        row = rows.new_row(case, place)
    except LookupError:
        raise Http404(NOTHING_HERE) from None
    if isinstance(row, Event):
        row.category = asked.get("category", "")
        if row.category not in Category.values:
            raise Http404(NOTHING_HERE)
    form = form_for(case, row, place.key)
    first = next(name for name in form.fields if name != "category")
    form.fields[first].widget.attrs["autofocus"] = True
    return OpenForm(case, place, form, token="", is_new=True)


def posted_place(kind: str, public_id: str, posted: QueryDict) -> Place:
    """The place of a row, with what it stands on where the form says so (`on=event-ID`)."""
    parent_kind, _, parent_id = posted.get("on", "").partition("-")
    if parent_kind in ("", "case") or not PUBLIC_ID_RE.match(parent_id):
        return Place(kind, public_id)
    return Place(kind, public_id, parent_kind, parent_id)


def place_of(case: Case, row: Any) -> Place:
    kind, parent = rows.kind_of(row), rows.parent_of(row)
    if parent is None:
        return Place(kind, row.public_id)
    on = next(other for other in rows.rows_of(case, parent[0]) if other.pk == parent[1])
    return Place(kind, row.public_id, parent[0], on.public_id)


def takes_along(case: Case, row: Any) -> str:
    """`2 findings and 1 citation`: what stands on `row` and goes with it; empty for nothing."""
    waiting, counts = [(rows.kind_of(row), row.pk)], dict.fromkeys([*rows.PARENTS, "image"], 0)
    while waiting:
        at = waiting.pop()
        if at[0] == "finding":
            counts["image"] += sum(image.finding_id == at[1] for image in case.findingimages.all())
        for kind in rows.PARENTS:
            for other in rows.rows_of(case, kind):
                if rows.parent_of(other) == at:
                    counts[kind] += 1
                    waiting.append((kind, other.pk))
    parts = [
        f"{count} {rows.NOUNS.get(kind, kind)}{'' if count == 1 else 's'}"
        for kind, count in counts.items()
        if count
    ]
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def _children(row: Any) -> tuple[tuple[str, str], ...]:
    kind = rows.kind_of(row)
    if kind == "finding":
        return (("citation", "Cite a study"),)
    if kind != "event":
        return ()
    children = [("finding", "Add a finding")] if row.category in FINDINGS_IN else []
    if row.category in RESULT_CATEGORIES:
        children.append(("result", "Add a result"))
    return (*children, ("citation", "Cite a study"))
