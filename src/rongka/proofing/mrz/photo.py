"""Read the two lines off a photo, for somebody who then compares every character: help with typing, and no evidence.

Nothing is put right: each position gets the character that looks most like what stands there, of those that ICAO 9303-4
lets stand there, whatever the check digits say. Nothing is kept, written or logged.
"""

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps

from rongka.proofing.errors import MrzProblem, PhotoError
from rongka.proofing.mrz.bands import Band, ink_of, pairs_of_lines, straightened
from rongka.proofing.mrz.cells import read_line
from rongka.proofing.mrz.glyphs import Likeness
from rongka.proofing.mrz.layout import ALPHABET, FILLER, LINE_LENGTH
from rongka.proofing.pictures import UNREADABLE, has_too_many_scans
from rongka.text import Text

MAX_BYTES: Final = 9_000_000  # a phone's photo at its best quality
MAX_PIXELS: Final = 25_000_000  # decoding takes up to 7 bytes a pixel
_FORMATS: Final = ("JPEG", "PNG")
_SHORTEST: Final = 60  # pixels
_LONGEST: Final = 12  # times as long as high; the lines alone are about 9 times
_WORKED_ON: Final = 2_000  # pixels of the longer side; a character then has 20 to 40
_PAIRS: Final = 2  # of lines that are tried in one picture, which bounds the time
_ALIKE: Final = 0.6  # mean correlation of a line with what was read; of noise it is 0.3
_UNSURE: Final = 0.04  # by which a character must be ahead of the next

_DIGITS, _LETTERS, _ANY = ALPHABET[:10], ALPHABET[10:] + FILLER, ALPHABET + FILLER
# ICAO 9303-4, 4.2.2: which characters each position of the two lines may hold.
_FIRST: Final = (*[_LETTERS] * LINE_LENGTH,)
_SECOND: Final = (
    *[_ANY] * 9,
    _DIGITS,
    *[_LETTERS] * 3,
    *[_DIGITS + FILLER] * 6,
    _DIGITS,
    "FM" + FILLER,
    *[_DIGITS] * 7,
    *[_ANY] * 14,
    _DIGITS + FILLER,
    _DIGITS,
)

TOO_LARGE: Final = MrzProblem(
    "photo.too-large",
    Text("照片太大：最多9 MB、2500万像素。", "The photo is too large: at most 9 MB and 25 megapixels."),
)
NOT_A_PICTURE: Final = MrzProblem(
    "photo.not-a-picture",
    Text("这个文件不是可以读取的JPEG或PNG照片。", "This file is no JPEG or PNG photo that can be read."),
)
NO_LINES: Final = MrzProblem(
    "photo.no-lines",
    Text("照片上找不到那两行。", "The two lines cannot be found in the photo."),
)


@dataclass(frozen=True, slots=True)
class PhotographedZone:
    """Two lines of 44 as they look, unverified; `unsure` has the (line, position) that could be another, from 1."""

    unverified_lines: tuple[str, str]
    unsure: tuple[tuple[int, int], ...]


def read_zone_photo(data: bytes) -> PhotographedZone:
    """Read a JPEG or PNG, any way up; raises PhotoError only. Takes half a second to a second of a core."""
    grey = _decoded(data)
    pairs = pairs_of_lines(ink := straightened(ink_of(grey)))
    if not pairs:  # a phone that is held over a table does not know which way is up
        ink = straightened(ink_of(grey.transpose(Image.Transpose.ROTATE_90)))
        pairs = pairs_of_lines(ink)
    found = _best(ink, pairs)
    if found is None and pairs:
        ink = ink.transpose(Image.Transpose.ROTATE_180)
        found = _best(ink, pairs_of_lines(ink))
    if found is None:
        raise PhotoError(NO_LINES)
    return found


def _best(ink: Image.Image, pairs: list[tuple[Band, Band]]) -> PhotographedZone | None:
    """Read the lowest pair that looks like the zone's characters throughout."""
    for above, below in pairs[:_PAIRS]:
        first = read_line(ink, above, among=_FIRST)
        if _alike(first) < _ALIKE:
            continue
        second = read_line(ink, below, among=_SECOND)
        if _alike(second) >= _ALIKE:
            return PhotographedZone((_text(first), _text(second)), (*_unsure(1, first), *_unsure(2, second)))
    return None


def _alike(line: tuple[Likeness, ...]) -> float:
    return sum(one.correlation for one in line) / len(line)


def _text(line: tuple[Likeness, ...]) -> str:
    return "".join(one.character for one in line)


def _unsure(number: int, line: tuple[Likeness, ...]) -> list[tuple[int, int]]:
    return [(number, position) for position, one in enumerate(line, start=1) if one.ahead < _UNSURE]


def _decoded(data: bytes) -> Image.Image:
    """Decode within the limits, upright as EXIF has it, in grey; nothing else of the file is left."""
    if len(data) > MAX_BYTES or has_too_many_scans(data):
        raise PhotoError(TOO_LARGE)
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise PhotoError(TOO_LARGE)
            if min(opened.size) < max(_SHORTEST, max(opened.size) // _LONGEST):
                raise PhotoError(NO_LINES)
            opened.draft("L", (_WORKED_ON, _WORKED_ON))
            return _sized(ImageOps.exif_transpose(opened.convert("L")))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PhotoError(TOO_LARGE) from None
    except UNREADABLE:
        raise PhotoError(NOT_A_PICTURE) from None


def _sized(grey: Image.Image) -> Image.Image:
    """Bring the longer side to the size that is worked on."""
    scale = _WORKED_ON / max(grey.size)
    size = (max(1, round(grey.width * scale)), max(1, round(grey.height * scale)))
    return grey.resize(size, Image.Resampling.BICUBIC)
