"""Structured logs that hold no clinical text.

What an exception says may quote a row ("Failing row contains …"), and the arguments of a library's
log call may quote a request. So exceptions are logged by type and frames, and other people's
messages by their template.
"""

import logging
import sys
import traceback
from pathlib import Path
from typing import Any

import structlog
from structlog.typing import EventDict, ExcInfo, WrappedLogger

DEBUG = logging.DEBUG
ROOT = Path(__file__).resolve().parent.parent
FRAMES = 30
MEGABYTE = 1024 * 1024


def _place(frame: traceback.FrameSummary) -> str:
    path = Path(frame.filename)
    shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    return f"{'/'.join(shown.parts[-4:])}:{frame.lineno} {frame.name}"


def _described(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    kind = type(error)
    return {
        "type": f"{kind.__module__}.{kind.__qualname__}",
        "frames": [_place(frame) for frame in frames],
    }


def without_messages(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Turns `exc_info` into the chain of exceptions, each by its type and frames only."""
    info: ExcInfo | BaseException | bool | None = event.pop("exc_info", None)
    if not info:
        return event
    if isinstance(info, BaseException):
        error: BaseException | None = info
    else:
        error = info[1] if isinstance(info, tuple) else sys.exc_info()[1]
    chain: list[dict[str, Any]] = []
    while error is not None and len(chain) < 5:
        chain.append(_described(error))
        error = error.__cause__ or error.__context__
    event["exception"] = chain
    return event


def name_security_events(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Django logs a suspicious request in the exception's own words, which quote the request."""
    record: logging.LogRecord = event["_record"]
    event["logger"] = record.name
    if record.name.startswith("django.security"):
        event["event"] = record.name.rpartition(".")[2]
    return event


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_messages,
]
"""What every line goes through, whether structlog or a library wrote it."""


def configure(path: str, *, console_errors: bool) -> dict[str, Any]:
    """Django's LOGGING: JSON lines to the file `path`, or to stderr where it is empty."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handlers = _handlers(path, console_errors=console_errors)
    quiet = {"handlers": [], "level": "CRITICAL", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": _json_lines()},
        "handlers": handlers,
        "root": {"handlers": list(handlers), "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            # Both say again what `request_finished` and `request_failed` say, less carefully.
            "django.request": quiet,
            "django.server": quiet,
            # It names the address of each question to another machine, and so what was looked up.
            "httpx": {"handlers": [], "level": "WARNING", "propagate": True},
            "_granian": {"handlers": list(handlers), "level": "WARNING", "propagate": False},
        },
    }


def _handlers(path: str, *, console_errors: bool) -> dict[str, Any]:
    """Where lines go; errors to the console as well, where asked, when the rest is in a file."""
    stderr = {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stderr"}
    if not path:
        return {"main": stderr}
    file = {
        "class": "logging.handlers.RotatingFileHandler",
        "formatter": "json",
        "filename": path,
        "maxBytes": 10 * MEGABYTE,
        "backupCount": 3,
        "delay": True,
        "encoding": "utf-8",
    }
    return {"main": file} | ({"console": stderr | {"level": "ERROR"}} if console_errors else {})


def _json_lines() -> dict[str, Any]:
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "use_get_message": False,
        "foreign_pre_chain": [name_security_events, *SHARED],
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(),
        ],
    }
