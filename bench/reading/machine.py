"""What was measured on, as the table says it."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil


def machine(connection: Any) -> str:
    """One line: date, processor, cores, memory, PostgreSQL and Python."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (postgres,) = cursor.fetchone()
    memory = psutil.virtual_memory().total / 2**30
    today = datetime.now(UTC).date().isoformat()
    return (
        f"{today}, {_processor()}, {os.cpu_count()} cores, {memory:.0f} GB of memory, PostgreSQL "
        f"{postgres}, Python {platform.python_version()}"
    )


def _processor() -> str:
    """As Linux names it, else its kind."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
