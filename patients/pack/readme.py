"""README.txt of a pack, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import fill, wrap
from typing import Final

from literature.bibliography import styles
from literature.notices import notice_view
from patients.comparing import State
from patients.document.derived_model import DerivedData, RuleData
from patients.document.model import CaseDocument, NoticeData
from patients.pack.model import DRAFT, Material
from patients.pack.table import pack_table
from patients.timeline import Language

WIDTH: Final = 80
JUDGEMENT: Final = (
    "Derived values support your judgement and do not replace it. The report itself does not say "
    "them, unless that is noted."
)


def readme(material: Material, told: Mapping[str, str], missing: Mapping[str, str]) -> bytes:
    """`told` says what each file of the pack is, `missing` why a file is not there."""
    sections = (
        ("Which case", _which(material)),
        ("The files", _files(told)),
        ("Not in this pack", _files(missing)),
        ("What is derived, and from what", list(_derived(material.document.derived))),
        ("What is not reported", _not_reported(material)),
        ("Notices about the works cited", _notices(material.document)),
        ("How to cite", _cite(material)),
        ("Licences", _licences(material)),
    )
    title = f"{material.document.accession}: {material.document.title}"
    lines = [*wrap(title, WIDTH), "=" * min(WIDTH, len(title)), ""]
    if material.is_draft:
        lines += [f"{DRAFT}. This is the working record. It is not published and may be wrong.", ""]
    if material.is_withdrawn:
        lines += ["WITHDRAWN. This case was withdrawn from readers. Do not use it in a paper.", ""]
    for heading, told_lines in sections:
        if told_lines:
            lines += [heading, "-" * len(heading), *told_lines, ""]
    return "\n".join(lines).rstrip("\n").encode() + b"\n"


def _which(material: Material) -> list[str]:
    choices = material.choices
    language = "Chinese" if choices.language == Language.CHINESE else "English"
    others = ", ".join(row.name for row in material.compared)
    pairs = [
        ("Case", material.document.accession),
        ("State", f"version {material.version}" if material.version else "working record"),
        ("Published", f"{material.published_at:%Y-%m-%d}" if material.published_at else ""),
        ("Read at", material.address),
        ("Checksum", f"SHA-256 {material.checksum}"),
        ("Figure", f"{choices.width_mm} mm wide, in {language}"),
        ("Citation style", styles.title_of(choices.style)),
        ("Compared with", others or "no other case"),
    ]
    lines = [f"{name + ':':<16}{value}" for name, value in pairs if value]
    if material.pack_address:
        lines += ["", *_flowing("The same pack, byte for byte, from the same release of Casebase:"),
                  material.pack_address]  # fmt: skip
    return lines


def _files(told: Mapping[str, str]) -> list[str]:
    return [line for name, words in told.items() for line in _item(name, words)]


def _derived(rules: Sequence[RuleData]) -> Iterator[str]:
    if not rules:
        yield from _flowing("Nothing: no rule of Casebase applies to what this case reports.")
        return
    yield from _flowing(JUDGEMENT)
    for rule in rules:
        yield ""
        yield from _flowing(f"{rule.name} (derived). Rule, version {rule.version}: {rule.source}.")
        if rule.note:
            yield from _flowing(rule.note)
        for row in rule.results:
            yield from _item(row.heading, _result_words(row))


def _result_words(row: DerivedData) -> str:
    if row.set_aside is not None:
        return f"Set aside by a curator, and used nowhere. {row.set_aside.reason}"
    told = [row.words if row.result else f"Cannot be derived. {row.reason}"]
    if row.reported_words:
        differs = "The report says otherwise" if row.disagrees else "The report says"
        told.append(f"{differs}: {row.reported_words}.")
    if row.inputs:
        told.append(f"From: {'; '.join(given.words for given in row.inputs)}.")
    return " ".join(told)


def _not_reported(material: Material) -> list[str]:
    table = pack_table(material.document, ())
    silent = [
        column.heading
        for column, cell in zip(table.columns, table.rows[0].cells, strict=True)
        if cell.state is State.NOT_REPORTED
    ]
    patient = material.document.patient
    told = (("Sex", patient.sex), ("Age", patient.age_words), ("Country", patient.country))
    silent += [label for label, value in told if not value]
    timeless = [
        f"{event.number}. {event.label}"
        for event in material.document.events
        if event.time.start.low is None and event.time.start.high is None
    ]
    lines = _flowing("Silence is not “no”. What the report does not say is left empty everywhere.")
    if silent:
        lines += _flowing(f"Nothing is reported of: {', '.join(silent)}.")
    if timeless:
        lines += _flowing(f"Events without a time: {'; '.join(timeless)}.")
    return lines


def _notices(document: CaseDocument) -> list[str]:
    return [
        line
        for row in document.references
        for notice in row.notices
        for line in _item(f"{row.number}. {row.short}", f"{_notice_words(notice)}.")
    ]


def _notice_words(notice: NoticeData) -> str:
    view = notice_view(notice.kind, notice.year, notice.dois, notice.pmids, notice.sources)
    when = f", {view.year}" if view.year else ""
    return ", ".join([f"{view.label}{when}", *(words for words, _ in view.links)])


def _cite(material: Material) -> list[str]:
    report = [row for row in material.document.references if row.id == material.document.source]
    lines = _flowing("The report itself, as its own work:") if report else []
    for row in report:
        doi = f" https://doi.org/{row.doi}" if row.doi else ""
        told = (row.authors, row.title, row.published or row.container_title)
        words = " ".join(part.rstrip(".") + "." for part in told if part)
        lines += _flowing(f"{words}{doi}")
    if material.cite_as:
        lines += ["", *_flowing("This version of the record:"), *_flowing(material.cite_as)]
    else:
        lines += ["", *_flowing("A working record is not cited: it changes.")]
    return lines


def _licences(material: Material) -> list[str]:
    return _flowing(
        "The words and pictures of the report belong to its authors and publisher; Casebase tells "
        "its facts in its own words. Casebase sets no licence for the figure and tables: before "
        f"you print them, ask whoever runs the site they came from ({material.address}). The fonts "
        "inside figure.pdf may be passed on with it; Liberation Sans is under the SIL Open Font "
        "License 1.1."
    )


def _flowing(text: str) -> list[str]:
    return wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def _item(name: str, words: str) -> list[str]:
    return fill(
        f"- {name}: {words}", WIDTH, subsequent_indent="  ", break_long_words=False,
        break_on_hyphens=False,
    ).splitlines()  # fmt: skip
