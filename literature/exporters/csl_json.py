"""CSL-JSON 1.0.2: the canonical form itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from literature import csl as known
from literature.exporters.carried import came_so
from literature.exporters.harmless import without_control
from literature.exporters.model import Record
from literature.importers.csl_json import CslJson as CslJsonImporter

FIELDS = (
    known.TEXT_FIELDS | known.NAME_FIELDS | known.DATE_FIELDS
    | {"type", "DOI", "PMID", "PMCID", "URL", "custom", "abstract"}
)  # fmt: skip


class CslJson:
    name = "csl-json"
    label = "CSL-JSON"
    content_type = "application/vnd.citationstyles.csl+json"
    extension = "json"

    def write(self, records: Iterable[Record]) -> Iterator[str]:
        yield "["
        for number, record in enumerate(records):
            text = json.dumps(_item(record), ensure_ascii=False, indent=1)
            yield (",\n" if number else "\n") + without_control(text)
        yield "\n]\n"


def _item(record: Record) -> dict[str, Any]:
    original = _original(record)
    if came_so(record, CslJsonImporter()):
        item = {**original, "id": record.key}
        item.pop("abstract", None)
    else:
        carried = {name: value for name, value in original.items() if name not in FIELDS}
        item = {**carried, **record.csl, "id": record.key}
    for text in list(record.texts.values())[:1]:
        item["abstract"] = text
    return item


def _original(record: Record) -> dict[str, Any]:
    if record.original_format != "csl-json":
        return {}
    try:
        original = json.loads(record.original, parse_constant=str)
    except (ValueError, RecursionError):
        return {}
    if isinstance(original, list) and len(original) == 1:
        original = original[0]
    return original if isinstance(original, dict) else {}
