"""What was asked of a case pack: its page, and what the pack is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from patients.figure_views import footer_words
from patients.pack.gathering import json_of, ticked_of, works_of
from patients.pack.making import FILES
from patients.pack.model import Material
from patients.pack_form import PackForm, named
from patients.reading import Reading
from patients.versions import citation_words
from patients.vocabulary import Status


@dataclass(frozen=True, slots=True)
class Asked:
    request: HttpRequest
    reading: Reading
    number: int | None
    """Of the version whose address it is; None at the address of the case."""
    form: PackForm


def show(asked: Asked, *, status: int, refusal: str = "") -> HttpResponse:
    reading, form = asked.reading, asked.form
    context = {
        "section": "cases",
        "reading": reading,
        "accession": reading.document.accession,
        "title": reading.document.title,
        "is_withdrawn": reading.status == Status.WITHDRAWN,
        "back_url": _address(reading, asked.number, "detail"),
        "zip_url": _address(reading, asked.number, "pack-zip"),
        "form": form,
        "named": " ".join(named(form.data, reading.document)),
        "other": form.data.get("other", "") if form.errors else "",
        "widths": _options(form, "width"),
        "languages": _options(form, "lang"),
        "suggestions": _suggestions(asked),
        "files": [(file.name, file.words) for file in FILES],
        "refusal": refusal,
    }
    return render(asked.request, "patients/pack/page.html", context, status=status)


def material_of(asked: Asked) -> Material:
    """The form is valid. Of a published version the addresses are those that stay with it, so that
    the case and its version give the same pack."""
    reading, form, user = asked.reading, asked.form, asked.request.user
    is_version = reading.version is not None
    address = _absolute(asked, "detail")
    return Material(
        document=reading.document,
        json=json_of(reading, user),
        checksum=reading.checksum,
        version=reading.version,
        published_at=reading.published_at,
        is_withdrawn=reading.status == Status.WITHDRAWN,
        address=address,
        pack_address=f"{_absolute(asked, 'pack-zip')}?{form.permalink}" if is_version else "",
        cite_as=citation_words(reading, address) if is_version else "",
        footer=footer_words(reading, form.choices.language, is_version=is_version),
        compared=form.compared,
        works=works_of(reading, form.compared),
        care=ticked_of(reading),
        choices=form.choices,
    )


def _absolute(asked: Asked, what: str) -> str:
    return asked.request.build_absolute_uri(_address(asked.reading, asked.reading.version, what))


def _address(reading: Reading, number: int | None, what: str) -> str:
    """`what` is `detail` or `pack-zip`."""
    accession = reading.document.accession
    if number is None:
        return reverse(f"patients:case-{what}", args=[accession])
    return reverse(f"patients:version-{what}", args=[accession, number])


def _options(form: PackForm, name: str) -> list[tuple[str, str, bool]]:
    """Value, label and whether it is chosen."""
    field: Any = form.fields[name]
    chosen = getattr(form, "cleaned_data", {}).get(name, field.usual)
    return [(value, label, value == chosen) for value, label in field.labels.items()]


def _suggestions(asked: Asked) -> list[tuple[str, str]]:
    """Titles of the styles that may have been meant, and the page with each of them."""
    found = []
    for name, title in asked.form.suggestions:
        query = asked.request.GET.copy()
        query.pop("other", None)
        query["style"] = name
        name = "case-pack" if asked.number is None else "version-pack"
        args = [asked.reading.document.accession, *filter(None, [asked.number])]
        found.append((title, f"{reverse(f'patients:{name}', args=args)}?{query.urlencode()}"))
    return found
