"""Clients that write all the time, and keep what was acknowledged."""

from __future__ import annotations

import random
import threading
import time
from typing import Any

from tests.survival.forking import FOR_A_WORKER
from tests.survival.running import NOBODY, Answer, Site

MOST_DETAIL = 5000
RETRIED = 503
LATE = 412
DONE = (200, 201)
EXPECTED = (*DONE, LATE, RETRIED)


class Writer(threading.Thread):
    """Writes in turns until it is told to end, and keeps what was acknowledged."""

    def __init__(self, site: Site, told: dict[str, Any], number: int) -> None:
        super().__init__(daemon=True)
        self.site, self.told, self.number = site, told, number
        self.ending = threading.Event()
        self.references: list[str] = []
        self.words: list[tuple[str, str]] = []
        self.imported: list[str] = []
        self.published: list[str] = []
        self.withdrawn: list[str] = []
        self.statuses: dict[int, int] = {}
        self.unheard = 0
        self.error: BaseException | None = None
        self._turn = 0

    def run(self) -> None:
        steps = (self.add_reference, self.append_word, self.bring_in, self.append_word,
                 self.publish)  # fmt: skip
        try:
            while not self.ending.is_set():
                self._turn += 1
                steps[(self._turn + self.number) % len(steps)](f"{self.number}-{self._turn}")
        except BaseException as error:  # told to the test
            self.error = error

    def ask(
        self, method: str, path: str, body: Any = None, role: str = "curator", **headers: str
    ) -> Answer | None:
        """None where it is not known what became of it."""
        headers["Authorization"] = f"Token {self.told[role]}"
        try:
            answer = self.site.ask(method, f"/api/v1/{path}", body, **headers)
        except NOBODY:
            self.unheard += 1
            time.sleep(0.02)
            return None
        assert answer.status in EXPECTED, (path, answer.status, answer.body)
        self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
        if answer.status == RETRIED:
            assert answer.headers["retry-after"].isdecimal(), answer.headers
            assert answer.headers["content-type"] == "application/problem+json"
            time.sleep(0.1)
        return answer

    def add_reference(self, turn: str) -> None:
        title = f"Alone {turn}"
        answer = self.ask(
            "POST", "references/", {"csl": {"type": "article-journal", "title": title}}
        )
        if answer is not None and answer.status == 201:
            self.references.append(title)

    def append_word(self, turn: str) -> None:
        event = random.choice(self.told["events"])
        read = self.ask("GET", f"events/{event}/")
        if read is None or read.status != 200:
            return
        detail = f"{read.json()['detail']} word-{turn}".strip()
        if len(detail) > MOST_DETAIL:
            return
        match = {"If-Match": read.headers["etag"]}
        answer = self.ask("PATCH", f"events/{event}/", {"detail": detail}, **match)
        if answer is not None and answer.status == 200:
            self.words.append((event, f"word-{turn}"))

    def bring_in(self, turn: str) -> None:
        name = f"Together {turn}"
        records = "".join(
            f"TY  - JOUR\nTI  - {name} number {number}\nAU  - Author{turn}-{number}, A\nER  - \n\n"
            for number in range(FOR_A_WORKER)
        )
        path = f"imports/?name={name.replace(' ', '%20')}"
        made = self.ask("POST", path, records.encode(), **{
            "Content-Type": "application/octet-stream"})  # fmt: skip
        if made is None or made.status != 201:
            return
        public_id = made.json()["id"]
        done = self.ask("POST", f"imports/{public_id}/save/")
        if done is not None and done.status == 200:
            self.imported.append(public_id)

    def publish(self, turn: str) -> None:
        try:
            accession = self.told["publishable"].pop()
        except IndexError:
            return
        done = self.ask("POST", f"cases/{accession}/publish/", {}, role="admin")
        if done is None or done.status != 200:
            return
        self.published.append(accession)
        if random.random() < 0.5:
            reason = {"reason": "Only for a test."}
            gone = self.ask("POST", f"cases/{accession}/withdraw/", reason, role="admin")
            if gone is None or gone.status == 200:
                self.published.remove(accession)
            if gone is not None and gone.status == 200:
                self.withdrawn.append(accession)
