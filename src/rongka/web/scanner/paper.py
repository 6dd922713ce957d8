"""Codes off a PDF that somebody uploaded: read in a process of its own, which may take only so long and so much."""

from __future__ import annotations

import json
import subprocess
import sys

from rongka.credential import ImageError
from rongka.credential.pdf import MAX_SECONDS

WAIT = MAX_SECONDS + 4  # seconds by the clock; the processor's are limited within
MAX_OUTPUT = 1 << 20  # characters; a page full of codes has some thousands
READER = (sys.executable, "-I", "-m", "rongka.credential.pdf")


def codes_on_paper(pdf: bytes) -> tuple[str, ...]:
    """Return the texts of the QR codes on the pages; raise `ImageError` for what has none, or takes too much."""
    try:
        read = subprocess.run(READER, input=pdf, capture_output=True, timeout=WAIT, check=True)  # noqa: S603 - our own
        codes = json.loads(read.stdout[:MAX_OUTPUT])
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise ImageError("no code on the paper, or none within reason") from error
    return tuple(codes)
