"""Every address that the site answers to, read from its URL configuration."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def routes() -> dict[str, str]:
    """The name of each route and its pattern. A route without a name is called by its pattern."""
    found: dict[str, str] = {}
    for pattern, name in _walked(get_resolver(), "", ()):
        assert name not in found, f"Two routes are called {name}: {found[name]} and {pattern}"
        found[name] = pattern
    return found


def pattern_at(path: str) -> str:
    """The pattern of the route that answers at `path`, as `routes` gives it; empty for none."""
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        return ""
    return match.route.replace("^", "")


def _walked(
    resolver: URLResolver, before: str, namespaces: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    for child in resolver.url_patterns:
        pattern = before + str(child.pattern)
        if isinstance(child, URLPattern):
            yield pattern.replace("^", ""), _name(pattern, child.name, namespaces)
        else:
            inside = (*namespaces, child.namespace) if child.namespace else namespaces
            yield from _walked(child, pattern, inside)


def _name(pattern: str, name: str | None, namespaces: tuple[str, ...]) -> str:
    return ":".join((*namespaces, name)) if name else pattern.replace("^", "")
