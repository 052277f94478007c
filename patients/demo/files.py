"""Reads the data files. Names the file and the reason where one cannot be read."""

import json
from pathlib import Path
from typing import Any

import yaml


class DemoDataError(Exception):
    """A data file that cannot be loaded: which, where in it, and why."""


def read(path: Path) -> Any:
    """A JSON or YAML file as plain data. Raises DemoDataError."""
    try:
        text = path.read_text(encoding="utf-8")
        return json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise DemoDataError(f"{path.name}: {error}") from error


def read_cases(folder: Path) -> list[dict[str, Any]]:
    """The case files in the order of their names."""
    return [read(path) for path in sorted((folder / "cases").glob("*.yaml"))]
