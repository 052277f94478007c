"""Pictures of one lesion or vessel over time, two by two. Pure: from the case document alone."""

from patients.pairs.growth import Growth, growth_between
from patients.pairs.model import Group, Pair, Picture
from patients.pairs.pictures import groups_of, pictures_of, subjects_of
from patients.pairs.words import alternative, cautions, said_of, treatments_between
from patients.pairs.work import first_pair, neighbours, pair_of, pairs_of

__all__ = [
    "Group",
    "Growth",
    "Pair",
    "Picture",
    "alternative",
    "cautions",
    "first_pair",
    "groups_of",
    "growth_between",
    "neighbours",
    "pair_of",
    "pairs_of",
    "pictures_of",
    "said_of",
    "subjects_of",
    "treatments_between",
]
