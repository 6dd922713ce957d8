"""QR codes (ISO/IEC 18004): writing as modules, SVG or PNG, reading from a picture within limits."""

import io
import struct
import zlib
from typing import Final

import zxingcpp
from PIL import Image, UnidentifiedImageError

from rongka.credential.errors import FormatError, ImageError

QUIET_ZONE: Final = 4  # modules of white on each side (ISO/IEC 18004, 6.3.8)
MAX_IMAGE_BYTES: Final = 20 << 20  # a photo of a phone at its best quality
MAX_MEMORY: Final = 175_000_000  # bytes that decoding one picture takes, within some 3 %: a photo of 25 megapixels
# The most that decoding took when measured, the grey picture included. JPEG: all coefficients of a picture in several
# scans. PNG: RGBA. WebP: the library's own copies of it; 10 megapixels are more than any screen has.
_BYTES_A_PIXEL: Final = {"JPEG": 7, "PNG": 5, "WEBP": 16}
_ERROR_CORRECTION: Final = "L"  # a screen is not torn; the least correction keeps the modules large
_DARK: Final = bytes([1] + [0] * 255)  # zxing-cpp draws black as 0
_PNG: Final = b"\x89PNG\r\n\x1a\n"


def qr_modules(text: str) -> tuple[bytes, ...]:
    """Give the rows of a QR code without quiet zone, one byte a module, 1 for dark; 4 × version + 17 rows."""
    try:
        barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=_ERROR_CORRECTION)
    except (ValueError, RuntimeError) as error:
        raise FormatError("a text that no QR code can hold") from error
    drawn = barcode.to_image(scale=1, add_quiet_zones=False)
    image = memoryview(drawn)  # type: ignore[arg-type] # it has a buffer, which its types do not say
    side = image.shape[0] if image.shape else 0
    pixels = image.tobytes().translate(_DARK)
    return tuple(pixels[row * side : (row + 1) * side] for row in range(side))


def qr_svg(text: str) -> str:
    """Give an SVG of the QR code with its quiet zone, black on white, one unit a module; scale it by CSS."""
    rows = qr_modules(text)
    side = len(rows) + 2 * QUIET_ZONE
    runs = "".join(
        f"M{start + QUIET_ZONE} {y + QUIET_ZONE}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{runs}"/></svg>'
    )


def qr_png(text: str, *, scale: int = 8) -> bytes:
    """Give a PNG of the QR code with its quiet zone, `scale` pixels a module."""
    rows = qr_modules(text)
    side = (len(rows) + 2 * QUIET_ZONE) * scale
    blank = b"\x00" + b"\xff" * side
    edge = b"\xff" * (QUIET_ZONE * scale)
    lines = [blank * (QUIET_ZONE * scale)]
    for row in rows:
        inside = b"".join((b"\x00" if dark else b"\xff") * scale for dark in row)
        lines.append((b"\x00" + edge + inside + edge) * scale)
    lines.append(lines[0])
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)  # 8-bit grey, no interlace
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(lines), 6)), (b"IEND", b""))
    return _PNG + b"".join(_chunk(kind, data) for kind, data in chunks)


def read_qr_codes(image: bytes) -> tuple[str, ...]:
    """Give the texts of all QR codes in a PNG, JPEG or WebP; raise `ImageError` when there are none."""
    if len(image) > MAX_IMAGE_BYTES:
        raise ImageError("more bytes than a photo has")
    found = _codes(_grey(image))
    if not found:
        raise ImageError("no QR code in the picture")
    return found


def read_qr_codes_of_pdf(pdf: bytes) -> tuple[str, ...]:
    """Give the texts of all QR codes on the pages of a PDF; raise `ImageError` when there are none."""
    from rongka.credential import pdf as paper  # noqa: PLC0415 - only who opens a PDF waits for its library

    found = tuple(code for page in paper.pages(pdf) for code in _codes(page))
    if not found:
        raise ImageError("no QR code in the PDF")
    return found


def _codes(image: Image.Image) -> tuple[str, ...]:
    wanted = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = zxingcpp.read_barcodes(image, formats=wanted, text_mode=zxingcpp.TextMode.Plain)
    return tuple(barcode.text for barcode in found)


def _grey(image: bytes) -> Image.Image:
    """Decode a picture within `MAX_MEMORY`; of its colours nothing is left when this returns."""
    try:
        with Image.open(io.BytesIO(image), formats=("PNG", "JPEG", "WEBP")) as opened:
            if opened.width * opened.height * _BYTES_A_PIXEL[opened.format or ""] > MAX_MEMORY:
                raise ImageError("more pixels than a photo has")
            if opened.mode == "CMYK":  # takes twice the memory, and is for printing presses
                raise ImageError("no picture of a camera")
            opened.draft("L", opened.size)  # a JPEG is grey inside; this leaves its colours undecoded
            return opened.convert("L")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise ImageError("no picture that can be read") from error


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Give the start and length of each run of dark modules."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
