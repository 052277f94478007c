"""Records of every kind, for round trips. DOIs have the prefix that is reserved for tests."""

from __future__ import annotations

from string import ascii_letters, ascii_uppercase, digits
from typing import Any

from hypothesis import strategies as st

from literature.csl import normalise_csl

LETTERS = ascii_letters + "äéøßçñ肝肿瘤"
SIGNS = " -,.:;()&%$#_'+/<>=?~^\"*@!"
WORD = st.text(LETTERS + digits, min_size=1, max_size=12)


def texts(signs: str = SIGNS) -> st.SearchStrategy[str]:
    """A line of words with signs between them, that begins and ends with a letter."""
    return st.builds(
        lambda first, middle, last: " ".join(f"{first}{middle}{last}".split()),
        st.text(ascii_letters, min_size=2, max_size=8),
        st.text(LETTERS + digits + signs, max_size=60),
        st.text(ascii_letters, min_size=2, max_size=8),
    )


CAPITALISED = st.builds(
    lambda first, rest: first + rest.lower(),
    st.sampled_from(ascii_uppercase),
    st.text(ascii_letters, min_size=2, max_size=9),
).filter(lambda name: name not in ("Others", "And", "Jr", "Sr"))
PEOPLE = st.fixed_dictionaries(
    {"family": CAPITALISED, "given": CAPITALISED},
    optional={"non-dropping-particle": st.sampled_from(["van", "van der", "de la"])},
)
GROUPS = st.builds(lambda name: {"literal": f"{name} Study Group"}, CAPITALISED)
PAGES = st.builds(lambda first, more: f"{first}-{first + more}", st.integers(1, 900),
                  st.integers(1, 40))  # fmt: skip
DATES = st.one_of(
    st.builds(lambda year: [year], st.integers(1950, 2030)),
    st.builds(lambda year, month: [year, month], st.integers(1950, 2030), st.integers(1, 12)),
    st.builds(
        lambda year, month, day: [year, month, day],
        st.integers(1950, 2030), st.integers(1, 12), st.integers(1, 28),
    ),
).map(lambda parts: {"date-parts": [parts]})  # fmt: skip
DOIS = st.text(ascii_letters.lower() + digits + "-._;()/", min_size=1, max_size=20).map(
    lambda text: f"10.5555/a{text}z"
)


def records(types: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """What a journal article, a book or the like is described by, in the normal form."""
    return st.fixed_dictionaries(
        {"type": st.sampled_from(types), "title": texts()},
        optional={
            "author": st.lists(st.one_of(PEOPLE, GROUPS), min_size=1, max_size=4),
            "container-title": texts(" -,.:()&'"),
            "issued": DATES,
            "volume": st.integers(1, 200).map(str),
            "page": PAGES,
            "DOI": DOIS,
            "PMID": st.integers(1, 99_999_999).map(str),
            "PMCID": st.integers(1, 9_999_999).map(lambda number: f"PMC{number}"),
            "publisher": texts(" -&'"),
        },
    ).map(normalise_csl)
