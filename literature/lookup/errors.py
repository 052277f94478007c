"""Why a look-up gave nothing: one class a reason, each with a sentence for the page."""

from __future__ import annotations

from typing import ClassVar


class LookupProblem(Exception):
    """`sentence` says what happened and what can be done; it quotes nothing of the answer."""

    template: ClassVar[str]

    def __init__(self, service: str = "") -> None:
        """`service` is the name that a person knows: `Crossref`, `PubMed`."""
        self.service = service
        super().__init__(self.template.format(service=service or "The service"))

    @property
    def sentence(self) -> str:
        return str(self)


class SwitchedOff(LookupProblem):
    """Look-up is not set up here, or was switched off. The words are from `why_off`."""

    template = "{service}"


class NotFound(LookupProblem):
    template = "{service} does not know this identifier."


class Unreachable(LookupProblem):
    """No connection, a time-out, or an error of the service, after all tries."""

    template = "{service} could not be reached just now. Try again later, or bring it in otherwise."


class Refused(LookupProblem):
    """The service asked us to slow down (429), or our own turn would be too long a wait."""

    template = "{service} is asked too often just now. Try again in some minutes."


class BadAnswer(LookupProblem):
    """An answer that is too large, not of its format, or leads elsewhere. Nothing of it is used."""

    template = "{service} gave an answer that could not be read, so nothing was taken from it."
