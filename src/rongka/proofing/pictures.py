"""Pictures from outside, by Pillow alone: hostile bytes in, bounded pixels out; sizes are read before pixels.

The one place of limits: whatever decodes a picture that somebody sent asks here first.
"""

import io
import struct
import zlib
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps

from rongka.proofing.errors import FaceImageError
from rongka.proofing.face import reasons

_FORMATS: Final = ("JPEG", "PNG", "JPEG2000")
_SCAN: Final = b"\xff\xda"  # begins a scan of a JPEG; inside a scan 0xff is always followed by 0x00 or a restart mark
_MAX_SCANS: Final = 64  # cameras write 1, progressive files about 10; each scan visits every pixel again
# Whatever Pillow's readers raise for bytes that are not what they claim to be.
UNREADABLE: Final = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    IndexError,
    KeyError,
    AttributeError,
    AssertionError,
    EOFError,
    OverflowError,
    ZeroDivisionError,
    MemoryError,
    RuntimeError,  # with NotImplementedError and RecursionError
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class ImageLimits:
    """Bytes of the file, and after decoding: pixels in all, the shortest and the longest side."""

    size: int = 2_000_000
    pixels: int = 12_000_000  # 36 MB decoded
    shortest: int = 60
    longest: int = 6_000


FRAME: Final = ImageLimits(size=400_000, pixels=2_200_000, longest=2_000)
PORTRAIT: Final = ImageLimits(size=600_000)  # a passport's chip holds some 20 KB; DG2 is limited to 512 KB
_JPEG_QUALITY: Final = 90


def as_jpeg(data: bytes, *, limits: ImageLimits = PORTRAIT) -> bytes:
    """Write a picture from outside anew, as a JPEG without anything but its pixels; raises FaceImageError only."""
    picture = decoded(data, limits=limits)
    out = io.BytesIO()
    # Of pixels only: a decoded picture still carries comments and profiles, which would be written again.
    Image.frombytes("RGB", picture.size, picture.tobytes()).save(out, "JPEG", quality=_JPEG_QUALITY)
    return out.getvalue()


def decoded(data: bytes, *, limits: ImageLimits) -> Image.Image:
    """Decode a JPEG, a PNG or a JPEG 2000 to RGB, upright as its EXIF orientation says; raises FaceImageError only."""
    if len(data) > limits.size or has_too_many_scans(data):
        raise FaceImageError(reasons.PICTURE_TOO_LARGE)
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as found:
            _check_size(found.size, limits)
            return ImageOps.exif_transpose(found).convert("RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise FaceImageError(reasons.PICTURE_TOO_LARGE) from None
    except UNREADABLE:
        raise FaceImageError(reasons.NOT_A_PICTURE) from None


def has_too_many_scans(data: bytes) -> bool:
    """Tell whether a JPEG asks for more passes over its pixels than any camera writes."""
    return data.count(_SCAN) > _MAX_SCANS


def _check_size(size: tuple[int, int], limits: ImageLimits) -> None:
    width, height = size
    if max(size) > limits.longest or width * height > limits.pixels:
        raise FaceImageError(reasons.PICTURE_TOO_LARGE)
    if min(size) < limits.shortest:
        raise FaceImageError(reasons.PICTURE_TOO_SMALL)
