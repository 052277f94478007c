"""How large an image may be, and what the process that reads it may use. Pure."""

from __future__ import annotations

from typing import Final

MEGABYTE: Final = 1024 * 1024
MAX_UPLOAD: Final = 64 * MEGABYTE
"""Bytes of an image as it comes."""
BESIDE_THE_FILE: Final = 64 * 1024
"""Bytes that a request may hold beside it: caption, credit, the marks between them."""
MAX_PIXELS: Final = 40_000_000
MAX_SIDE: Final = 30_000
MAX_FRAMES: Final = 100_000
SMALL_SIDE: Final = 480
"""Pixels of the longer side of the small one."""
JPEG_QUALITY: Final = 92

SECONDS: Final = 5.0
"""By the clock, from the start of the process; then it is killed. Settings may say otherwise."""
CPU_SECONDS: Final = 10
"""Of the processor, for one image: only where the clock has failed."""
MEMORY: Final = 512 * MEGABYTE
"""Of address space, the interpreter and its libraries among it."""
OPEN_FILES: Final = 16
MAX_OUTPUT: Final = 200 * MEGABYTE
"""Bytes of both images that come back: 40 megapixels of noise, without loss, are less."""
MAX_FACTS: Final = 4096
"""Bytes of what the process says of them."""

PATIENCE: Final = 10
"""Seconds that an image waits for its turn."""
WAITING: Final = 4
"""Images that wait at most, in one worker of the server."""
