"""Who comes and what they do: readers for the most part, some who bring references in, curators."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from random import Random
from typing import Any, Final
from urllib.parse import quote

from bench.load.client import Visitor
from bench.load.site import Site
from bench.reading.questions import PLAIN_CHINESE, PLAIN_ENGLISH, WORDS

API: Final = "/api/v1/"
SMALL, LARGE = 10, 1_200
"""Records of an import that is read at once, and of one that the worker takes up."""
PATIENCE: Final = 300
"""Seconds in which the worker is done with a step of a large import."""
BETWEEN_LOOKS: Final = 1.0
RECORD: Final = (
    "TY  - JOUR\nAU  - Author{0}, A.\nTI  - Course {0} of a rare tumour, told under load\n"
    "T2  - Journal of Rare Courses\nPY  - 2016\nVL  - {1}\nSP  - {0}\nDO  - 10.5555/load.{0}\n"
    "ER  - \n\n"
)
Visit = Callable[[Visitor, Site, Random], None]


def case_page(visitor: Visitor, site: Site, dice: Random) -> None:
    visitor.ask("case, page", f"/cases/{dice.choice(site.cases)}/")


def case_json(visitor: Visitor, site: Site, dice: Random) -> None:
    visitor.ask("case, JSON", f"{API}cases/{dice.choice(site.cases)}/")


def case_known(visitor: Visitor, site: Site, dice: Random) -> None:
    """A page that the reader has, looked at again."""
    path = f"/cases/{dice.choice(site.cases)}/"
    etag = visitor.ask("case, page", path).headers["etag"]
    visitor.ask("case, page, known", path, expected=(200, 304), If_None_Match=etag)


def figure(visitor: Visitor, site: Site, dice: Random) -> None:
    visitor.ask("figure", f"/cases/{dice.choice(site.cases)}/timeline.svg")


def list_page(visitor: Visitor, site: Site, dice: Random) -> None:
    visitor.ask("list, page", "/cases/")


def list_json(visitor: Visitor, site: Site, dice: Random) -> None:
    last = min(10, -(-len(site.cases) // 50))
    visitor.ask("list, JSON", f"{API}cases/?page_size=50&page={dice.randint(1, last)}")


def _words(dice: Random) -> str:
    return quote(dice.choice((*WORDS, *PLAIN_ENGLISH, *PLAIN_CHINESE)))


def search_page(visitor: Visitor, site: Site, dice: Random) -> None:
    visitor.ask("search, page", f"/cases/?q={_words(dice)}")


def search_json(visitor: Visitor, site: Site, dice: Random) -> None:
    visitor.ask("search, JSON", f"{API}cases/?q={_words(dice)}")


def reference_page(visitor: Visitor, site: Site, dice: Random) -> None:
    visitor.ask("reference, page", f"/references/{dice.choice(site.references)}/")


def suggest(visitor: Visitor, site: Site, dice: Random) -> None:
    words = quote(dice.choice(("tum", "liver", "course of", "emb")))
    visitor.ask("suggestion", f"{API}references/suggest/?q={words}")


def edit(visitor: Visitor, site: Site, dice: Random) -> None:
    """A curator looks at an event and changes its details; 412 where another one was quicker."""
    path = f"{API}events/{dice.choice(site.events)}/"
    who = _token(site, "curator")
    etag = visitor.ask("edit, look", path, **who).headers["etag"]
    body = json.dumps({"detail": f"Told again, as number {dice.randrange(10**9)}."}).encode()
    visitor.ask(
        "edit, save", path, method="PATCH", body=body, expected=(200, 412),
        If_Match=etag, Content_Type="application/json", **who,
    )  # fmt: skip


def bring_in(visitor: Visitor, site: Site, dice: Random) -> None:
    """A short list is read, brought in, and taken back, so that the library stays what it is."""
    steps = Steps(visitor, site, "import", records(SMALL, dice))
    steps.decide()
    steps.do("save")
    steps.do("undo")


def bring_in_much(visitor: Visitor, site: Site, dice: Random) -> None:
    """The same of a long list, each step by the worker."""
    steps = Steps(visitor, site, "long import", records(LARGE, dice))
    for step, state in (("", "ready"), ("save", "done"), ("undo", "undone")):
        if step == "save":
            steps.decide()
        if step:
            steps.do(step)
        steps.wait(state)


class Steps:
    """One import over the API, from its bytes on."""

    def __init__(self, visitor: Visitor, site: Site, kind: str, raw: bytes) -> None:
        self._visitor, self._kind, self._who = visitor, kind, _token(site, "researcher")
        answer = visitor.ask(
            f"{kind}, send", f"{API}imports/?name=load.ris", method="POST", body=raw,
            expected=(201,), Content_Type="application/octet-stream", **self._who,
        )  # fmt: skip
        self._path = f"{API}imports/{_json(answer.body)['id']}/"

    def decide(self) -> None:
        for verdict in ("new", "probable"):
            self.do("decide-all", {"verdict": verdict, "decision": "add"})

    def do(self, step: str, body: Any = None) -> None:
        sent = b"" if body is None else json.dumps(body).encode()
        self._visitor.ask(
            f"{self._kind}, {step}", f"{self._path}{step}/", method="POST", body=sent,
            Content_Type="application/json", **self._who,
        )  # fmt: skip

    def wait(self, state: str) -> None:
        """Raises TimeoutError where the worker is not done in time, or cannot."""
        until = time.monotonic() + PATIENCE
        while True:
            told = _json(self._visitor.ask(f"{self._kind}, look", self._path, **self._who).body)
            if told["state"] == state:
                return
            if told["state"] == "failed" or time.monotonic() > until:
                raise TimeoutError(f"A long import is {told['state']}: {told['error']}")
            time.sleep(BETWEEN_LOOKS)


def records(count: int, dice: Random) -> bytes:
    first = dice.randrange(10**9)
    return "".join(RECORD.format(first + n, first % 90 + 1) for n in range(count)).encode()


def _token(site: Site, role: str) -> dict[str, str]:
    return {"Authorization": f"Token {site.tokens[role]}", "Accept_Encoding": "identity"}


def _json(body: bytes) -> Any:
    return json.loads(body)


MIX: Final[tuple[tuple[Visit, float], ...]] = (
    (case_page, 25),
    (case_json, 20),
    (case_known, 5),
    (figure, 3),
    (list_page, 8),
    (list_json, 10),
    (search_page, 8),
    (search_json, 10),
    (reference_page, 5),
    (suggest, 3),
    (edit, 2.5),
    (bring_in, 0.5),
)
"""Visits, and how many of a hundred they are."""


def any_visit(dice: Random) -> Visit:
    kinds, weights = zip(*MIX, strict=True)
    found: Visit = dice.choices(kinds, weights)[0]
    return found
