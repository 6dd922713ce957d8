"""The 37 characters of OCR-B (ISO 1073-2) as bits, and which of them a cell of a photographed line resembles most.

`ocr_b.png` was drawn from Norbert Schwarz's OCR-B, which may be used, modified and distributed without limitation.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Final

from PIL import Image

from rongka.proofing.mrz.layout import ALPHABET, FILLER

WIDTH: Final = 24  # pixels of a cell, which is as wide as the distance of two characters
HEIGHT: Final = 36  # pixels of a cell; the tallest characters take 26
_BITS: Final = WIDTH * HEIGHT
_MIDDLE: Final = 128


@dataclass(frozen=True, slots=True)
class Likeness:
    """The character that a cell resembles most; correlations from -1 to 1, `ahead` of the next character's."""

    character: str
    correlation: float
    ahead: float
    shift: int  # pixels to the right of where it was expected
    lift: int  # and below


def likest(line: Image.Image, *, left: float, top: float, among: str, reaches: tuple[int, ...]) -> Likeness:
    """Compare the cell at `left` and `top` of a black-and-white line with each character of `among`."""
    found = dict.fromkeys(among, (-1.0, 0, 0))
    for shift in reaches:
        for lift in reaches:
            bits = _bits(line, round(left) + shift, round(top) + lift)
            for character in among:
                alike = _correlation(bits, _glyphs()[character])
                if alike > found[character][0]:
                    found[character] = (alike, shift, lift)
    best, second = sorted(found, key=lambda character: found[character], reverse=True)[:2]
    correlation, shift, lift = found[best]
    return Likeness(best, correlation, correlation - found[second][0], shift, lift)


@cache
def _glyphs() -> dict[str, int]:
    data = files("rongka.proofing.mrz").joinpath("ocr_b.png").read_bytes()
    with Image.open(BytesIO(data), formats=("PNG",)) as opened:
        drawn = opened.point(lambda grey: 255 if grey >= _MIDDLE else 0, "1")
    return {character: _bits(drawn, place * WIDTH, 0) for place, character in enumerate(ALPHABET + FILLER)}


def _bits(picture: Image.Image, left: int, top: int) -> int:
    return int.from_bytes(picture.crop((left, top, left + WIDTH, top + HEIGHT)).tobytes())


def _correlation(one: int, other: int) -> float:
    """Give the correlation of two pictures in black and white (the phi coefficient)."""
    ones, others, both = one.bit_count(), other.bit_count(), (one & other).bit_count()
    spread = ones * (_BITS - ones) * others * (_BITS - others)
    return float((_BITS * both - ones * others) / spread**0.5) if spread else -1.0
