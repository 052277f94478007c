"""Every name that a term goes by: its display in both languages and its synonyms.

Read from the terms themselves and kept until one of them changes, so that a synonym that a curator
adds is found from then on, without any case being indexed again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from literature import reading_from
from literature.searching.tokens import Run, runs
from patients.models import Term

Key = tuple[str, ...]

MAX_NAMES: Final = 12
"""Names of one term that a query is widened by."""
_PROPER: Final = re.compile(r"[A-Z][a-z]{3,}")
STATE_SQL: Final = (
    "(SELECT concat_ws(' ', count(*), max(xmin::text::bigint), max(id)) "
    f"FROM {Term._meta.db_table})"
)


@dataclass(frozen=True, slots=True)
class NamedTerm:
    key: int
    slug: str
    kind: str
    display: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    by_key: Mapping[Key, Sequence[NamedTerm]]
    chinese: Mapping[str, Sequence[NamedTerm]]
    """Names that are one run of Chinese, of two characters or more."""
    longest: int
    """Runs of the longest name."""
    longest_chinese: int
    terms: Sequence[NamedTerm] = field(default_factory=list)
    eponyms: Mapping[str, Sequence[NamedTerm]] = field(default_factory=dict)
    """Proper names in the synonyms of one term alone: “Whipple” of “Whipple procedure”."""
    shown: Mapping[str, dict[str, str]] = field(default_factory=dict)
    """By slug: slug and display, as lists show a term."""
    by_pk: Mapping[int, NamedTerm] = field(default_factory=dict)

    def with_words(self, wanted: Iterable[Run]) -> list[NamedTerm]:
        """Terms of which one name holds every word; of Chinese, every run as a part of one."""
        asked = list(wanted)
        return [term for term in self.terms if any(_holds(name, asked) for name in term.names)]


def key_of(found: Iterable[Run]) -> Key:
    """What two spellings of one name have in common: case, accents and plural count for nothing."""
    return tuple(singular(run.text) for run in found)


def singular(word: str) -> str:
    if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _holds(name: str, asked: list[Run]) -> bool:
    of_name = list(runs(name))
    words = {singular(run.text) for run in of_name if not run.chinese}
    characters = "".join(run.text if run.chinese else " " for run in of_name)
    return all(
        run.text in characters if run.chinese else singular(run.text) in words for run in asked
    )


_kept: dict[tuple[object, ...], Names] = {}


def names() -> Names:
    """One query, which only asks whether anything has changed; two where something has."""
    with reading_from.connection().cursor() as cursor:
        cursor.execute(f"SELECT {STATE_SQL}")
        (state,) = cursor.fetchone()
    return names_of(state)


def names_of(state: str) -> Names:
    """The names in the state that `STATE_SQL` tells of, asked for with something else."""
    key = (reading_from.connection().settings_dict["NAME"], state)
    found = _kept.get(key)
    if found is None:
        found = _read()
        _kept.clear()
        _kept[key] = found
    return found


def _read() -> Names:
    rows = Term.objects.order_by("pk").values_list(
        "pk", "slug", "kind", "display", "display_zh", "synonyms"
    )
    by_key: dict[Key, list[NamedTerm]] = defaultdict(list)
    chinese: dict[str, list[NamedTerm]] = defaultdict(list)
    terms = []
    for pk, slug, kind, display, display_zh, synonyms in rows:
        known = tuple(dict.fromkeys(name for name in (display, display_zh, *synonyms) if name))
        term = NamedTerm(pk, slug, kind, display, known)
        terms.append(term)
        for name in known:
            found = list(runs(name))
            if found and term not in by_key[key_of(found)]:
                by_key[key_of(found)].append(term)
            if len(found) == 1 and found[0].chinese and len(found[0].text) > 1:
                chinese[found[0].text].append(term)
    return Names(
        eponyms=_eponyms(terms),
        shown={term.slug: {"slug": term.slug, "display": term.display} for term in terms},
        by_pk={term.key: term for term in terms},
        by_key=dict(by_key),
        chinese=dict(chinese),
        longest=max(map(len, by_key), default=0),
        longest_chinese=max(map(len, chinese), default=0),
        terms=terms,
    )


def _eponyms(terms: Sequence[NamedTerm]) -> dict[str, list[NamedTerm]]:
    """By folded word. A display begins with a capital anyway, so only the other names count."""
    found: dict[str, list[NamedTerm]] = defaultdict(list)
    for term in terms:
        for name in term.names[1:]:
            for run in runs(name):
                if _PROPER.fullmatch(name[run.start : run.end]) and term not in found[run.text]:
                    found[run.text].append(term)
    return {word: of for word, of in found.items() if len(of) == 1}
