"""Dataclasses as components of the OpenAPI schema: what is read is documented by its own type."""

from __future__ import annotations

from typing import Any

import msgspec
from drf_spectacular.plumbing import ComponentRegistry, ResolvedComponent

PREFIX = "#/components/schemas/"


def reference_to(shape: type, registry: ComponentRegistry) -> dict[str, Any]:
    """`{"$ref": …}` of a dataclass, which is put into the registry with all that it holds."""
    (_,), components = msgspec.json.schema_components([shape], ref_template=PREFIX + "{name}")
    for name, schema in components.items():
        _register(name, _tidied(schema), registry)
    return {"$ref": f"{PREFIX}{shape.__name__}"}


def page_of(shape: type, registry: ComponentRegistry) -> dict[str, Any]:
    """`{"$ref": …}` of a page of a list of `shape`."""
    address = {
        "type": ["string", "null"],
        "format": "uri-reference",
        "examples": ["/api/v1/cases/?page=2"],
    }
    schema = {
        "type": "object",
        "required": ["count", "next", "previous", "results"],
        "properties": {
            "count": {
                "type": ["integer", "null"],
                "minimum": 0,
                "description": "Rows that fit; null where `count=no` was asked. Of cases "
                "more than 20000 are not counted: 20001 says that there are more. Of others more "
                "than 100000 are neither counted nor paged to.",
            },
            "next": address,
            "previous": address,
            "results": {"type": "array", "items": reference_to(shape, registry)},
        },
    }
    name = f"PageOf{shape.__name__}"
    _register(name, schema, registry)
    return {"$ref": f"{PREFIX}{name}"}


def _register(name: str, schema: dict[str, Any], registry: ComponentRegistry) -> None:
    registry.register_on_missing(
        ResolvedComponent(name=name, type=ResolvedComponent.SCHEMA, schema=schema, object=name)
    )


def _tidied(schema: dict[str, Any]) -> dict[str, Any]:
    """Without the title, which says the name again."""
    return {key: value for key, value in schema.items() if key != "title"}
