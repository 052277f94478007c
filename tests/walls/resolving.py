"""Every view that the site answers with, read from its URL configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver


def views(
    resolver: URLResolver, namespaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Name and view of each route below `resolver`; a route without a name goes by its pattern."""
    for child in resolver.url_patterns:
        if isinstance(child, URLPattern):
            yield ":".join((*namespaces, child.name or str(child.pattern))), child.callback
        else:
            inside = (*namespaces, child.namespace) if child.namespace else namespaces
            yield from views(child, inside)
