"""Pictures from outside: hostile bytes in, an array of bounded size out; sizes are read before pixels."""

import io
import struct
import zlib
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from rongka.proofing.errors import FaceImageError
from rongka.proofing.face import reasons

Picture: TypeAlias = npt.NDArray[np.uint8]  # height x width x 3, red, green, blue

_FORMATS: Final = ("JPEG", "PNG", "JPEG2000")
_SCAN: Final = b"\xff\xda"  # begins a scan of a JPEG; inside a scan 0xff is always followed by 0x00 or a restart mark
_MAX_SCANS: Final = 64  # cameras write 1, progressive files about 10; each scan visits every pixel again
# Whatever Pillow's readers raise for bytes that are not what they claim to be.
_UNREADABLE: Final = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    IndexError,
    KeyError,
    EOFError,
    OverflowError,
    ZeroDivisionError,
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


def read_image(data: bytes, *, limits: ImageLimits = PORTRAIT) -> Picture:
    """Decode a JPEG, a PNG or a JPEG 2000, upright as its EXIF orientation says; raises FaceImageError only."""
    return np.asarray(_decode(data, limits), dtype=np.uint8)


def as_jpeg(data: bytes, *, limits: ImageLimits = PORTRAIT) -> bytes:
    """Write a picture from outside anew, as a JPEG without anything but its pixels; raises FaceImageError only."""
    out = io.BytesIO()
    # Of pixels only: a decoded picture still carries comments and profiles, which would be written again.
    Image.fromarray(read_image(data, limits=limits)).save(out, "JPEG", quality=_JPEG_QUALITY)
    return out.getvalue()


def _decode(data: bytes, limits: ImageLimits) -> Image.Image:
    if len(data) > limits.size or data.count(_SCAN) > _MAX_SCANS:
        raise FaceImageError(reasons.PICTURE_TOO_LARGE)
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as found:
            _check_size(found.size, limits)
            return ImageOps.exif_transpose(found).convert("RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise FaceImageError(reasons.PICTURE_TOO_LARGE) from None
    except _UNREADABLE:
        raise FaceImageError(reasons.NOT_A_PICTURE) from None


def _check_size(size: tuple[int, int], limits: ImageLimits) -> None:
    width, height = size
    if max(size) > limits.longest or width * height > limits.pixels:
        raise FaceImageError(reasons.PICTURE_TOO_LARGE)
    if min(size) < limits.shortest:
        raise FaceImageError(reasons.PICTURE_TOO_SMALL)
