"""The pages of a PDF as grey pictures, within limits: what a camera would see of the paper.

`python -m rongka.credential.pdf` reads a PDF from its standard input and prints the texts of its QR codes as JSON. A
server runs it so, in a process of its own: what a page draws cannot be bounded from within, and a few kilobytes can
ask for hours and gigabytes.
"""

import json
import sys
from collections.abc import Iterator
from typing import Final

import pypdfium2
from PIL import Image

from rongka.credential.errors import ImageError

MAX_BYTES: Final = 20 << 20  # as a photo
MAX_SECONDS: Final = 8  # of a processor: 20 pages of text and pictures take 3
MAX_MEMORY: Final = 512 << 20  # bytes of address space: a notice takes 60 million
MAX_PAGES: Final = 20  # a notice has one, an employer's bundle a few
_DOTS_PER_INCH: Final = 200  # 6 pixels a module of the smallest code that we print
_POINTS_PER_INCH: Final = 72
_MAX_SIDE: Final = 4_000  # pixels: A4 has 2,339 at this resolution; a poster is drawn coarser


def pages(pdf: bytes) -> Iterator[Image.Image]:
    """Draw one page after the other; raise `ImageError` for what cannot be drawn or is too large."""
    if len(pdf) > MAX_BYTES:
        raise ImageError("more bytes than a document of ours has")
    try:
        with pypdfium2.PdfDocument(pdf) as document:
            if len(document) > MAX_PAGES:
                raise ImageError("more pages than a document of ours has")
            for page in document:
                yield _drawn(page)
    except pypdfium2.PdfiumError as error:
        raise ImageError("no PDF that can be drawn") from error


def _drawn(page: pypdfium2.PdfPage) -> Image.Image:
    longest = max(*page.get_size(), 1.0)
    scale = min(_DOTS_PER_INCH / _POINTS_PER_INCH, _MAX_SIDE / longest)
    # Forms and their scripts are not drawn; a code stands on the paper itself.
    image: Image.Image = page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil().convert("L")
    return image


def main() -> int:
    """Read a PDF within limits of time and memory, and print its codes; 1 when it has none or is not to be read."""
    import resource  # noqa: PLC0415 - only where there are processes to limit

    from rongka.credential.qr import read_qr_codes_of_pdf  # noqa: PLC0415 - it opens this module when it is needed

    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # hostile input writes no file
    try:
        codes = read_qr_codes_of_pdf(sys.stdin.buffer.read(MAX_BYTES + 1))
    except (ImageError, MemoryError):
        return 1
    sys.stdout.write(json.dumps(codes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
