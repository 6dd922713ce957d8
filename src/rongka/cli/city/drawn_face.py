"""A drawn head for the demo city: nobody's face, called a specimen, and alike enough to one for a detector of faces.

It is drawn from the front and turned as a thing with depth, and each picture has a grain of its own, as a camera's
has. It shows how the pages work; it says nothing about how well faces are told apart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw, ImageFilter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image as Picture

    Colour = tuple[int, int, int]
    Box = tuple[int, int, int, int]

SIZE: Final = (480, 640)  # pixels
_MIDDLE: Final = (240.0, 294.0)
_HALF: Final = (122.0, 168.0)  # half the head's width and height
_NOSE: Final = 0.35  # how far it stands out, in half widths
_STEP: Final = 12  # pixels of the net by which the head is turned
_WALL, _SHIRT, _HAIR, _EAR = (206, 212, 220), (70, 84, 120), (58, 42, 36), (190, 140, 115)
_SKIN, _NECK, _LIGHT, _SHADE = (224, 182, 156), (205, 160, 134), (236, 198, 174), (214, 167, 141)
_LIPS, _DARK, _WHITE, _IRIS = (188, 96, 92), (50, 34, 28), (245, 243, 240), (70, 50, 36)
_SKIN_GRAIN, _CAMERA_GRAIN = 0.1, 0.008


def drawn_face(*, yaw: float = 0.0, pitch: float = 0.0, is_younger: bool = False) -> bytes:
    """Give the head as JPEG, turned by degrees: `yaw` above 0 to its own left, `pitch` above 0 upwards.

    Younger it is the one in the passport, which no camera sees again quite so.
    """
    picture = _turned(is_younger=is_younger, yaw=yaw, pitch=pitch)
    out = BytesIO()
    grain = Image.effect_noise(SIZE, 90).convert("RGB")
    Image.blend(picture, grain, _CAMERA_GRAIN).save(out, "JPEG", quality=90)
    return out.getvalue()


@lru_cache(maxsize=2)
def _from_the_front(*, is_younger: bool) -> Picture:
    picture = Image.new("RGB", SIZE, _WALL)
    _Head(ImageDraw.Draw(picture), is_younger=is_younger).draw()
    picture = picture.filter(ImageFilter.GaussianBlur(1.6))
    # Skin is never even: without marks, always the same, nobody could follow how it turns.
    marks = Image.frombytes("L", SIZE, Random("skin").randbytes(SIZE[0] * SIZE[1]))  # noqa: S311 - no secret
    return Image.blend(picture, marks.filter(ImageFilter.GaussianBlur(1.2)).convert("RGB"), _SKIN_GRAIN)


@lru_cache(maxsize=8)
def _turned(*, is_younger: bool, yaw: float, pitch: float) -> Picture:
    """Move every place by its depth, as it moves before a camera when a head turns, and say what the picture is."""
    aside, up = math.sin(math.radians(yaw)), math.sin(math.radians(pitch))

    @cache  # four boxes of the net share a corner
    def source(x: float, y: float) -> tuple[float, float]:
        at = (x, y)
        for _ in range(4):  # the depth is that of the place where it comes from
            depth = _depth(*at)
            at = (x - aside * depth, y + up * depth)
        return at

    net = [(box, tuple(part for corner in _corners(box) for part in source(*corner))) for box in _net()]
    front = _from_the_front(is_younger=is_younger)
    picture = front.transform(SIZE, Image.Transform.MESH, net, Image.Resampling.BICUBIC)
    ImageDraw.Draw(picture).text((126, 584), "SPECIMEN", fill=_WHITE, font_size=46)
    return picture


def _net() -> Iterator[Box]:
    for left in range(0, SIZE[0], _STEP):
        for top in range(0, SIZE[1], _STEP):
            yield left, top, min(left + _STEP, SIZE[0]), min(top + _STEP, SIZE[1])


def _corners(box: Box) -> tuple[tuple[int, int], ...]:
    left, top, right, bottom = box
    return (left, top), (left, bottom), (right, bottom), (right, top)


def _depth(x: float, y: float) -> float:
    """Give how far a place stands out, in pixels: a round head, and a nose."""
    aside, down = ((at - middle) / half for at, middle, half in zip((x, y), _MIDDLE, _HALF, strict=True))
    nose = math.exp(-((aside / 0.2) ** 2) - ((down - 0.2) / 0.2) ** 2)
    return _HALF[0] * (max(0.0, 1 - aside**2 - down**2) + _NOSE * nose)


@dataclass(slots=True)
class _Head:
    """Draws from the back to the front; places are shares of the head's half width and height from its middle."""

    pen: ImageDraw.ImageDraw
    is_younger: bool

    def draw(self) -> None:
        """Draw all of it."""
        self.pen.rounded_rectangle((48, 550, 432, 750), radius=95, fill=_SHIRT)
        self.pen.polygon([(179, 410), (301, 410), (316, 576), (164, 576)], fill=_NECK)
        self._oval(0, -0.12, 1.16, 1.12, _HAIR)
        for side in (-1, 1):
            self._oval(0.98 * side, 0.05, 0.12, 0.17, _EAR)
        self._oval(0, 0.05, 0.95, 0.98, _SKIN)
        self.pen.chord((117, 118, 363, 286), 180, 360, fill=_HAIR)
        self._oval(0, -0.2, 0.82, 0.42, _LIGHT)
        for side in (-1, 1):
            self._eye((0.36 if self.is_younger else 0.4) * side)
        self._nose()
        self._oval(0, 0.56, 0.26 if self.is_younger else 0.32, 0.07, _LIPS)
        self.pen.arc(self._box(0, 0.53, 0.34, 0.06), 15, 165, fill=_DARK, width=3)
        self._oval(0, 0.73, 0.2, 0.03, _SHADE)

    def _eye(self, at: float) -> None:
        self._oval(at, -0.11, 0.24, 0.105, _SHADE)
        self._oval(at, -0.1, 0.17, 0.062, _WHITE)
        self._oval(at, -0.1, 0.078, 0.06, _IRIS)
        self._oval(at, -0.1, 0.04, 0.03, _DARK)
        self.pen.arc(self._box(at, -0.1, 0.19, 0.085), 190, 350, fill=_DARK, width=4)
        self.pen.arc(self._box(at, -0.19, 0.25, 0.14), 205, 335, fill=_DARK, width=4 if self.is_younger else 8)

    def _nose(self) -> None:
        (left, bottom), (right, top) = self._place(-0.17, 0.24), self._place(0.17, -0.1)
        middle = _MIDDLE[0]
        self.pen.polygon([(middle - 7, top), (middle + 7, top), (right, bottom), (left, bottom)], fill=(230, 190, 164))
        self._oval(0, 0.22, 0.12, 0.07, (240, 204, 182))
        for side in (-1, 1):
            self._oval(0.14 * side, 0.245, 0.065, 0.045, _SHADE)
            self._oval(0.075 * side, 0.275, 0.045, 0.02, (130, 84, 66))

    def _oval(self, x: float, y: float, wide: float, high: float, colour: Colour) -> None:
        self.pen.ellipse(self._box(x, y, wide, high), fill=colour)

    def _box(self, x: float, y: float, wide: float, high: float) -> tuple[float, float, float, float]:
        return *self._place(x - wide, y - high), *self._place(x + wide, y + high)

    def _place(self, x: float, y: float) -> tuple[float, float]:
        return _MIDDLE[0] + x * _HALF[0], _MIDDLE[1] + y * _HALF[1]
