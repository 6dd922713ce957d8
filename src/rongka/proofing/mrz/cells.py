"""From a band of ink to 44 characters: made level, cut where the gaps are, compared cell by cell with OCR-B."""

from collections.abc import Callable
from itertools import product
from typing import Final

from PIL import Image

from rongka.proofing.mrz.bands import Band
from rongka.proofing.mrz.glyphs import HEIGHT, WIDTH, Likeness, likest
from rongka.proofing.mrz.layout import ALPHABET, FILLER, LINE_LENGTH

_COARSE: Final = (0, -2, 2, -4, 4)  # pixels
_FINE: Final = (0, -1, 1, -2, 2)
_ANY: Final = ALPHABET + FILLER
_SPARE: Final = 3  # cells beside the line in which it is sought, since a band's ends are known within one or two
_STRIP: Final = (LINE_LENGTH + 2 * _SPARE) * WIDTH
_ROOM: Final = 12  # rows above and below a cell
_PITCHES: Final = tuple(
    WIDTH + step / 20 for step in range(-60, 37)
)  # pixels; a shadow makes a band longer, not shorter
_SURE: Final = 0.65  # correlation: what tells where a line runs
_ENOUGH: Final = 8  # of such characters
_SLICES: Final = 11  # of a line, whose middles tell how it slopes


def read_line(ink: Image.Image, band: Band, *, among: tuple[str, ...]) -> tuple[Likeness, ...]:
    """Read the 44 characters of a line; `among` has the characters that each position may hold."""
    strip = _level(ink, band)
    least = _threshold(strip)
    line = strip.point([255 if value >= least else 0 for value in range(256)], "1")
    first, pitch = _grid(strip)
    first += _start(line, first, pitch) * pitch
    places = _curved([(first + place * pitch, float(_ROOM)) for place in range(LINE_LENGTH)], line)
    cells = zip(places, among, strict=True)
    return tuple(likest(line, left=x, top=y, among=characters, reaches=_FINE) for (x, y), characters in cells)


def _start(line: Image.Image, first: float, pitch: float) -> int:
    """Tell at which cell the line begins: there and 43 cells on stands what looks most like characters."""
    ends = [place for place in range(LINE_LENGTH + 2 * _SPARE) if not 2 * _SPARE <= place < LINE_LENGTH]
    seen = {place: _at(line, first + place * pitch, _ROOM) for place in ends}
    alike = {place: max(0.0, one.correlation) for place, one in seen.items()}
    return max(range(2 * _SPARE + 1), key=lambda begin: sum(alike.get(begin + n, 0.0) for n in range(LINE_LENGTH)))


def _curved(places: list[tuple[float, float]], line: Image.Image) -> list[tuple[float, float]]:
    """Move the cells to where characters are seen, along a parabola, which is what a slant makes of a straight line."""
    right = down = 0.0
    shifts: list[tuple[float, float]] = []
    lifts: list[tuple[float, float]] = []
    for place, (left, top) in enumerate(places):
        seen = _at(line, left + right, top + down)
        if seen.correlation < _SURE:
            continue
        shifts.append((place, right + seen.shift))
        lifts.append((place, down + seen.lift))
        # Only a part of the way, so that one wrong character leads nobody astray.
        right += seen.shift / 3
        down += seen.lift / 3
    if len(shifts) < _ENOUGH:
        return places
    along, across = _parabola(shifts), _parabola(lifts)
    return [(x + along(place), y + across(place)) for place, (x, y) in enumerate(places)]


def _at(line: Image.Image, left: float, top: float) -> Likeness:
    return likest(line, left=left, top=top, among=_ANY, reaches=_COARSE)


def _parabola(points: list[tuple[float, float]]) -> Callable[[float], float]:
    """Fit a parabola to three points or more, by least squares."""
    sums = [sum(x**power for x, _ in points) for power in range(5)]
    rows = [[*sums[power : power + 3], sum(y * x**power for x, y in points)] for power in range(3)]
    for upper, lower in ((0, 1), (0, 2), (1, 2)):
        factor = rows[lower][upper] / rows[upper][upper]
        rows[lower] = [below - factor * above for above, below in zip(rows[upper], rows[lower], strict=True)]
    square = rows[2][3] / rows[2][2]
    slope = (rows[1][3] - rows[1][2] * square) / rows[1][1]
    start = (rows[0][3] - rows[0][2] * square - rows[0][1] * slope) / rows[0][0]
    return lambda x: start + slope * x + square * x * x


def _level(ink: Image.Image, band: Band) -> Image.Image:
    """Cut the band out, with its slope taken away, at `WIDTH` pixels a character and spare cells at both ends."""
    scale = (band.right - band.left) / (LINE_LENGTH * WIDTH)
    middle, slope = _middle(ink, band)
    left = band.left - _SPARE * WIDTH * scale
    height = HEIGHT + 2 * _ROOM
    top = middle + slope * (left - band.left) - height / 2 * scale
    shape = (scale, 0, left, slope * scale, scale, top)
    return ink.transform((_STRIP, height), Image.Transform.AFFINE, shape, Image.Resampling.BICUBIC)


def _middle(ink: Image.Image, band: Band) -> tuple[float, float]:
    """Give the row of the line's middle at its left end, and how many rows it falls a column (least squares)."""
    extra = band.height // 4
    box = (band.left, band.top - extra, band.right, band.bottom + extra)
    small = ink.crop(box).resize((_SLICES, box[3] - box[1]), Image.Resampling.BOX)
    rows = small.tobytes()
    step = (band.right - band.left) / _SLICES
    points = []
    for number in range(_SLICES):
        column = rows[number::_SLICES]
        if total := sum(column):
            points.append(((number + 0.5) * step, sum(row * value for row, value in enumerate(column)) / total))
    if not points:
        return (band.top + band.bottom) / 2, 0.0
    x0, y0 = (sum(values) / len(points) for values in zip(*points, strict=True))
    slope = sum((x - x0) * (y - y0) for x, y in points) / (sum((x - x0) ** 2 for x, _ in points) or 1)
    return box[1] + 0.5 + y0 - slope * x0, slope


def _grid(strip: Image.Image) -> tuple[float, float]:
    """Find where the first cell begins and how wide cells are: the gaps between them hold the least ink."""
    columns = strip.crop((0, _ROOM, _STRIP, _ROOM + HEIGHT)).resize((_STRIP, 1), Image.Resampling.BOX).tobytes()
    gaps = [sum(columns[max(0, x - 1) : x + 2]) for x in range(_STRIP)]

    def inked(pitch: float, offset: int) -> int:
        begin = _first(pitch, offset)
        edges = (round(begin + edge * pitch) for edge in range(_SPARE, _SPARE + LINE_LENGTH + 1))
        return sum(gaps[min(_STRIP - 1, max(0, x))] for x in edges)

    choices = product(_PITCHES, range(-WIDTH // 2, WIDTH // 2))
    pitch, offset = min(choices, key=lambda choice: inked(*choice))
    return _first(pitch, offset), pitch


def _first(pitch: float, offset: int) -> float:
    """Give where the first spare cell begins when the strip's middle is moved by `offset`."""
    return _STRIP / 2 * (1 - pitch / WIDTH) + offset


def _threshold(strip: Image.Image) -> int:
    """Give the level that parts ink from paper best (Otsu)."""
    histogram = strip.histogram()
    total, everything = sum(histogram), sum(value * count for value, count in enumerate(histogram))
    best, level, below, dark = -1.0, 128, 0, 0
    for value, count in enumerate(histogram):
        below += count
        dark += value * count
        if 0 < below < total:
            apart = (everything * below - dark * total) ** 2 / (below * (total - below))
            if apart > best:
                best, level = apart, value + 1
    return level
