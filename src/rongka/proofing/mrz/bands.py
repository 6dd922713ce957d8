"""Where the two lines of a passport's zone stand in a grey picture: two long, even bands of ink, one above the other.

Made for a photo that shows the page, or the lines alone, within some ten degrees of straight.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PIL import Image, ImageChops, ImageFilter

_COARSE: Final = 8  # what paper is like is seen on a picture so many times smaller
_SEARCHED: Final = 800  # pixels of width in which bands are sought
_COLUMNS: Final = 50  # the ink of a row is looked at in so many parts
_INKED: Final = 26  # of 255: a part of a row with characters in it; a row of fillers has about 50
_SHORTEST: Final = 24  # parts: a line must take half of the picture's width
_MOST_TILT: Final = 10  # degrees
_SPLIT: Final = 3  # rows without ink that do not part a band


@dataclass(frozen=True, slots=True)
class Band:
    """Rows of a picture with ink from `left` to `right`; pixels, half-open."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def height(self) -> int:
        """Rows."""
        return self.bottom - self.top

    def is_above(self, other: "Band") -> bool:
        """Whether these can be the two lines of one zone: equally long and high, and one close below the other."""
        width = max(self.right - self.left, other.right - other.left)
        shared = min(self.right, other.right) - max(self.left, other.left)
        low, high = sorted((self.height, other.height))
        distance = other.top - self.top
        # ICAO 9303-4, 4.2: the lines are 6.35 mm apart and some 110 mm long. A slant makes bands higher.
        is_near = 1.2 * low < distance < 5 * low and width < 25 * distance
        return is_near and high <= 2 * low and shared > width * 0.85


def ink_of(grey: Image.Image) -> Image.Image:
    """Give how much darker than its surroundings each pixel is, stretched to 0 to 255."""
    small = grey.reduce(_COARSE)
    paper = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(2)).resize(grey.size)
    ink = ImageChops.subtract(paper, grey)
    dark = _darkest(ink)
    return ink.point([min(255, value * 255 // dark) for value in range(256)])


def _darkest(ink: Image.Image) -> int:
    """Give how dark the darkest hundredth of a picture is, at least a tenth of black."""
    seen, level, counts = 0, 255, ink.histogram()
    for level in range(255, 24, -1):
        seen += counts[level]
        if seen * 100 > ink.width * ink.height:
            break
    return level


def straightened(ink: Image.Image) -> Image.Image:
    """Turn the picture so that its lines lie flat: then rows are either full of ink or empty."""
    small = ink.resize((400, max(1, ink.height * 400 // ink.width)), Image.Resampling.BOX)
    best = max(range(-_MOST_TILT, _MOST_TILT + 1), key=lambda angle: _contrast(small, angle))
    fine = max((best + step / 5 for step in range(-5, 6)), key=lambda angle: _contrast(small, angle))
    return ink.rotate(fine, Image.Resampling.BILINEAR)


def pairs_of_lines(ink: Image.Image) -> list[tuple[Band, Band]]:
    """Find what may be the two lines, the lowest first; in pixels of `ink`."""
    scale = ink.width / _SEARCHED
    small = ink.resize((_SEARCHED, max(1, round(ink.height / scale))), Image.Resampling.BOX)
    bands = _bands(small)
    found = [(one, other) for one, other in pairwise(bands) if one.is_above(other)]
    return [_scaled(one, other, scale) for one, other in reversed(found)]


def _bands(ink: Image.Image) -> list[Band]:
    rows = ink.resize((_COLUMNS, ink.height), Image.Resampling.BOX).tobytes()
    part = ink.width / _COLUMNS
    found: list[Band] = []
    for row in range(ink.height):
        left, right = _longest_run(rows[row * _COLUMNS : (row + 1) * _COLUMNS])
        if right - left < _SHORTEST:
            continue
        begin, end = round(left * part), round(right * part)
        if found and row - found[-1].bottom <= _SPLIT:
            last = found[-1]
            found[-1] = Band(last.top, row + 1, min(last.left, begin), max(last.right, end))
        else:
            found.append(Band(row, row + 1, begin, end))
    return found


def _longest_run(row: bytes) -> tuple[int, int]:
    best, begin = (0, 0), 0
    for place, ink in enumerate(row + b"\0"):
        if ink < _INKED:
            if place - begin > best[1] - best[0]:
                best = (begin, place)
            begin = place + 1
    return best


def _contrast(ink: Image.Image, angle: float) -> int:
    turned = ink.rotate(angle, Image.Resampling.BILINEAR)
    rows = turned.resize((8, turned.height), Image.Resampling.BOX).tobytes()
    return sum((one - other) ** 2 for one, other in zip(rows, rows[8:], strict=False))


def _scaled(one: Band, other: Band, scale: float) -> tuple[Band, Band]:
    """Give both in pixels of the whole picture, and as long as each other: a shadow beside one is none of it."""
    left, right = (round(x * scale) for x in (max(one.left, other.left), min(one.right, other.right)))
    above, below = (Band(round(band.top * scale), round(band.bottom * scale), left, right) for band in (one, other))
    return above, below
