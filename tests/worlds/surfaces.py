"""Everything that a reader can ask for, taken from the table of the role matrix, which has every
route of the URL configuration, and from the queries that say most about what there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from tests.matrix.expected import READER
from tests.matrix.table import ROWS
from tests.matrix.world import filled
from tests.worlds.public import PublicWorld

NOBODY: Final = READER
SIGNED_IN: Final = "somebody"
"""Who is signed in and may do what a reader may."""
READERS: Final = (NOBODY, SIGNED_IN)
NOT_ASKED: Final = {
    "api:schema": "the same for everybody, made once a process, and asks the database nothing",
}
"""Routes, with the reason."""
SEARCHES: Final = (
    "/cases/?q=clot", "/cases/?q=sternbergia", "/cases/?q=sternbergja", "/cases/?q=stern*",
    "/cases/?q=clott&sex=male", "/cases/?q=血栓", "/cases/?q=门静脉", "/cases/?q=%22portal vein%22",
    "/cases/?q=thymoma", "/cases/?q=warfarin", "/cases/?q=10.5555/shared",
    "/cases/?q=10.5555/unused0", "/cases/?q=CB-0000000",
    "/cases/?sex=female&treatment=heparin", "/cases/?treatment=warfarin", "/cases/?drug=heparin",
    "/cases/?diagnosis=thymoma", "/cases/?vein=vein", "/cases/?year=2016", "/cases/?age=60-69",
    "/cases/?first=heparin&then=surgery&within=30", "/cases/?first=surgery&then=heparin",
    "/cases/?first=splenectomy&then=drug", "/cases/?sort=title&page=2", "/cases/?sort=events",
    "/cases/?sort=year", "/cases/?images=yes", "/cases/?cites={shared}", "/cases/?cites={unused}",
    "/cases/?page=999", "/cases/?year_from=3",
    "/cases/facets/", "/cases/facets/?q=clot", "/cases/facets/?q=sternbergia&all=diagnosis",
    "/cases/feed/", "/cases/feed/?q=sternbergia", "/cases/feed/?drug=heparin",
    "/cases/results.csv", "/cases/results.csv?q=clot", "/cases/results.jsonl?q=sternbergia",
    "/cases/results.jsonl?first=heparin&then=surgery",
    "/cases/compare/", "/cases/compare/?case={one}&case={two}",
    "/cases/compare.csv?case={one}&case={two}", "/cases/compare.md?case={one}&case={two}",
    "/cases/compare.docx?case={one}&case={two}", "/cases/compare.svg?case={one}&case={two}",
    "/cases/{one}/", "/cases/{one}/?axis=linear", "/cases/{one}/like/?sex=9", "/cases/{two}/like/",
    "/cases/{one}/images/{picture}.png", "/cases/{one}/images/{picture}-small.png",
    "/cases/{one}/references/?format=ris", "/cases/{one}/references/?format=bibtex",
    "/cases/{one}/pack/?like=yes", "/cases/{one}/pack.zip", "/cases/{one}/versions/",
    "/cases/{one}/v/1/", "/cases/{one}/v/9/", "/cases/{one}/timeline.svg?lang=zh",
    "/references/?q=shared", "/references/?sort=cited", "/references/?cited=yes",
    "/references/?cited=no", "/references/?q=study&sort=cited&page=2", "/references/{shared}/",
    "/references/{unused}/", "/references/suggest/?q=shared", "/references/suggest/?q=sternb",
    "/references/suggest/?q=10.5555/", "/references/export/?id={shared}&format=ris",
    "/references/export/?q=study&format=csl-json",
    "/api/v1/cases/?q=clot", "/api/v1/cases/?q=sternbergia", "/api/v1/cases/?count=no",
    "/api/v1/cases/?page_size=2&sort=title", "/api/v1/cases/?page=7", "/api/v1/cases/?nothing=1",
    "/api/v1/cases/?first=heparin&then=surgery", "/api/v1/cases/?treatment=warfarin",
    "/api/v1/cases/{one}/", "/api/v1/cases/{one}/like/", "/api/v1/cases/{one}/references/",
    "/api/v1/cases/{one}/versions/1/", "/api/v1/references/{shared}/",
    "/api/v1/references/{unused}/", "/api/v1/references/?ordering=cited",
    "/api/v1/references/?cited=yes", "/api/v1/references/suggest/?q=shared",
    "/api/v1/patients/?sex=female", "/api/v1/patients/{one_patient}/",
    "/api/v1/events/?category=drug", "/api/v1/events/?case={one}", "/api/v1/events/?page_size=3",
    "/api/v1/lesions/?case={one}", "/api/v1/lesions/{one_lesion}/",
    "/api/v1/imaging-findings/?case={two}", "/api/v1/citations/?reference={shared}",
    "/api/v1/citations/?reference={unused}", "/api/v1/images/", "/api/v1/images/{picture}/",
    "/api/v1/terms/?q=vein", "/api/v1/terms/warfarin/",
    "/robots.txt", "/sitemap.xml", "/nowhere/", "/cases/CB-0000000/", "/references/0000000000/",
    "/static/css/casebase.css",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Surface:
    """One thing asked by one reader. `headers` as a browser sends them."""

    reader: str
    path: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = field(default=())

    def __str__(self) -> str:
        told = "".join(f" {name}: {value}" for name, value in self.headers)
        return f"{self.reader or 'nobody'} {self.method} {self.path}{told}"


def surfaces(world: PublicWorld) -> list[Surface]:
    return list(dict.fromkeys(_surfaces(world)))


def _surfaces(world: PublicWorld) -> Iterator[Surface]:
    names = world.names(READER) | search_names(world)
    for row in ROWS:
        if row.name not in NOT_ASKED:
            yield Surface(NOBODY, filled(row.path, names))
            if not row.path.startswith("/admin/"):
                yield Surface(SIGNED_IN, filled(row.path, names))
            if row.path.startswith("/api/"):
                yield Surface(NOBODY, filled(row.path, names), "OPTIONS")
    for path in SEARCHES:
        for reader in READERS:
            yield Surface(reader, filled(path, names))
    for path in ("/cases/", "/cases/{one}/", "/references/{shared}/"):
        yield Surface(NOBODY, filled(path, names), "HEAD")
        yield Surface(NOBODY, filled(path, names), headers=(("Accept-Encoding", "gzip"),))
    yield Surface(NOBODY, "/cases/facets/?q=clot", headers=(("HX-Request", "true"),))


def search_names(world: PublicWorld) -> dict[str, str]:
    one, two = world.published[0], world.published[1]
    return {
        "one": one.accession,
        "two": two.accession,
        "one_patient": one.patient.public_id,
        "one_lesion": one.lesions.get().public_id,
        "picture": world.pictured.public_id,
        "shared": world.shared.public_id,
        "unused": world.unused[0].public_id,
    }
