"""A query of the library's references for to_tsquery. Pure."""

from __future__ import annotations

from literature.searching.query import Term, compiled_term, read_query


def work_query(text: str, *, typing: bool = False) -> str:
    """Folded words and pairs of characters alone; empty where there is nothing to search for.

    The library keeps no order of Chinese pairs, so quoted Chinese asks for all of them.
    """
    query = read_query(text, typing=typing)
    asked = []
    for group in query.groups:
        parts = [part for term in group if (part := _compiled(term))]
        if parts:
            asked.append(f"({' | '.join(parts)})")
    without = [f"!({part})" for term in query.without if (part := _compiled(term))]
    return " & ".join([*asked, *without])


def _compiled(term: Term) -> str:
    if term.phrase and term.is_chinese:
        term = Term(term.runs)
    return compiled_term(term)
