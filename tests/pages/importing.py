"""Imports as the pages take them: a few records, and somebody who brings them in."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from literature.actions import imports
from literature.models import Import
from tests import make

ADD = "/references/add/"
LIST = "/references/imports/"


def ris(*titles: str, **tags: str) -> str:
    """A RIS file with a record for each title; `tags` hold for all."""
    return "".join(
        f"TY  - JOUR\nTI  - {title}\nAU  - Doe, Jane\nPY  - 2016\nJO  - Journal of Tests\n"
        + "".join(f"{tag}  - {value}\n" for tag, value in tags.items())
        + "ER  - \n\n"
        for title in titles
    )


def begin(text: str | bytes, by: Any = None, **options: Any) -> Import:
    data = text.encode() if isinstance(text, str) else text
    name = options.pop("name", "list.ris")
    by = by or make.make_user("researcher")
    return imports.begin(source=BytesIO(data), name=name, by=by, **options)


def begin_with_every_verdict(by: Any = None, **options: Any) -> Import:
    """New, here already, probably here already, twice, and broken: one row of each."""
    make.make_reference({"title": "Held under the same number", "DOI": "10.5555/held"})
    make.make_reference(
        {"title": "Outcomes after hepatic artery embolisation of carcinoid", "page": None,
         "volume": None}
    )  # fmt: skip
    return begin(
        ris("A study that is new", DO="10.5555/new")
        + ris("Held under the same number", DO="10.5555/held")
        + ris("Outcomes after hepatic artery embolization of carcinoids")
        + ris("A study that is new", DO="10.5555/new")
        + "TY  - JOUR\nAU  - Doe, Jane\nPY  - 2016\nER  - \n",
        by,
        **options,
    )
