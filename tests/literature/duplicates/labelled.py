"""The labelled set: pairs in all the usual shapes, each with what it truly is."""

from tests.literature.duplicates import written_others, written_same
from tests.literature.duplicates.notation import Pair
from tests.literature.duplicates.variations import generated

WRITTEN: list[Pair] = [*written_same.PAIRS, *written_others.PAIRS]
PAIRS: list[Pair] = [*generated(), *WRITTEN]
