"""Whether a base holds real cases or synthetic ones; never both."""

from __future__ import annotations

from dataclasses import dataclass

from patients.corpus.mark import MARK
from patients.models import Case, Load


class MixedBaseError(Exception):
    """The base holds real and synthetic cases already."""


@dataclass(slots=True)
class Base:
    is_synthetic: bool | None
    """None where it holds no case yet."""

    @classmethod
    def as_it_is(cls) -> Base:
        """Two queries, each as long as a scan of the cases at most. Raises MixedBaseError."""
        synthetic = Case.objects.filter(title__startswith=MARK).order_by().exists()
        real = Case.objects.exclude(title__startswith=MARK).order_by().exists()
        if synthetic and real:
            raise MixedBaseError(
                "This base holds real and synthetic cases. Nothing is loaded into it: take the "
                "synthetic ones out first."
            )
        return cls(synthetic if synthetic or real else None)

    def takes(self, *, synthetic: bool) -> bool:
        """Whether such a line may go in. The first one decides for an empty base."""
        if self.is_synthetic is None:
            self.is_synthetic = synthetic
        return self.is_synthetic == synthetic


def others_are_loaded(*, synthetic: bool) -> bool:
    """Whether a load of the other kind has been at work meanwhile."""
    return Load.objects.filter(is_synthetic=not synthetic, cases__gt=0).exists()
