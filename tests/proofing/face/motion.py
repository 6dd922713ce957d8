"""A portrait that turns its head: the public-domain picture of the astronaut Eileen Collins, bent over a made-up head.

It is no living person: it shows that the challenge can be met and that the pieces fit, not how real heads read.
The fake camera of the browser tests shows the same pictures. All in a folder, to be looked at:

python -m tests.proofing.face.motion FOLDER
"""

import sys
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np

from rongka.proofing.face.engine import FaceEngine
from rongka.proofing.face.images import Picture, read_image
from rongka.proofing.pictures import ImageLimits

_PLACE = (slice(0, 360), slice(20, 420))  # head and shoulders
_STRANGER = 26  # of a hundred; looks into the camera
POSES = {"ahead": (0, 0), "left": (30, 0), "right": (-30, 0), "up": (0, 27), "down": (0, -20)}


@cache
def engine() -> FaceEngine:
    """The one engine of a test process."""
    return FaceEngine.load()


@cache
def portrait() -> Picture:
    """Head and shoulders, 360 x 400."""
    whole = read_image((_skimage() / "astronaut.png").read_bytes(), limits=ImageLimits())
    return np.ascontiguousarray(whole[_PLACE])


def turned(picture: Picture, yaw: float, pitch: float) -> Picture:
    """Turn the head of a picture by degrees: `yaw` above 0 to the person's own left, `pitch` above 0 upwards.

    Beyond 35 degrees sideways or 28 up or down it no longer looks like a head.
    """
    middle, axes = _frame_of(picture)
    y, x = np.mgrid[: picture.shape[0], : picture.shape[1]].astype(np.float64)
    wanted = np.linalg.inv(axes) @ np.stack([(x - middle[0]).ravel(), (y - middle[1]).ravel()])
    place = wanted
    for _ in range(8):  # the movement is gentle enough that this closes in on where each pixel came from
        place = wanted - _movement(place, np.radians(yaw), np.radians(pitch))
    source = (axes @ place + middle[:, None]).reshape(2, *x.shape).astype(np.float32)
    return cv2.remap(picture, source[0], source[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def jpeg(picture: Picture, *, quality: int = 85) -> bytes:
    """A frame as a phone's camera page sends it."""
    return cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality])[
        1
    ].tobytes()


@cache
def posing(name: str) -> Picture:
    """The portrait `ahead`, or turned `left`, `right`, `up`, `down` far enough for the challenge."""
    return turned(portrait(), *POSES[name])


@cache
def frame(name: str, number: int = 0) -> bytes:
    """One frame of a camera that sees `posing(name)`; each number has grain of its own, as no two frames are alike."""
    return jpeg(grained(posing(name), number))


def grained(picture: Picture, number: int) -> Picture:
    """Add the grain of a camera."""
    grain = np.random.default_rng(number).normal(0, 2, picture.shape)
    return np.clip(picture + grain, 0, 255).astype(np.uint8)


def film(turns: Iterable[str], *, held: int = 2) -> list[bytes]:
    """The frames of somebody who does what is asked: ahead, a turn, ahead, a turn, each for `held` frames."""
    steps = [step for turn in turns for step in ("ahead", str(turn))]
    return [frame(step, held * place + nth) for place, step in enumerate(steps) for nth in range(held)]


def tilted(picture: Picture, yaw: float, pitch: float, *, away: float = 250) -> Picture:
    """Hold a picture flat before a camera, in the size of life, tilted by degrees, `away` millimetres from it."""
    height, width = picture.shape[:2]
    eyes = engine().detect(picture)[0].points[:2]
    scale = 63 / np.linalg.norm(eyes[0] - eyes[1])  # millimetres a pixel
    turn = cv2.Rodrigues(np.radians([pitch, 0.0, 0.0]))[0] @ cv2.Rodrigues(np.radians([0.0, yaw, 0.0]))[0]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    flat = np.c_[(corners - [width / 2, height / 2]) * scale, np.zeros(4)] @ turn.T
    seen = flat[:, :2] * (away / scale) / (away + flat[:, 2:]) + [width / 2, height / 2]
    matrix = cv2.getPerspectiveTransform(corners, seen.astype(np.float32))
    return cv2.warpPerspective(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)


@cache
def stranger(yaw: float = 0) -> Picture:
    """Another person, turned."""
    return turned(thumbnail(_STRANGER), yaw, 0) if yaw else thumbnail(_STRANGER)


@cache
def thumbnail(number: int) -> Picture:
    """One of a hundred faces of 25 x 25 pixels that come with scikit-image, made large on a grey ground."""
    small = (np.load(_skimage() / "lfw_subset.npy")[number] * 255).astype(np.uint8)
    picture = np.full((400, 400, 3), 120, np.uint8)
    picture[100:300, 100:300] = cv2.resize(small, (200, 200), interpolation=cv2.INTER_CUBIC)[..., None]
    return picture


def _skimage() -> Path:
    """The pictures of scikit-image, which is found and not imported."""
    return Path(find_spec("skimage").submodule_search_locations[0]) / "data"


def _frame_of(picture: Picture):
    """The point between the eyes, and the axes of the face (to the person's left, down), one distance of eyes long."""
    right_eye, left_eye = engine().detect(picture)[0].points[:2]
    along = left_eye - right_eye
    return (right_eye + left_eye) / 2, np.stack([along, [-along[1], along[0]]], axis=1)


def _movement(place, yaw: float, pitch: float):
    """How far points of the picture move, in distances of eyes: a round head with a nose that fades into the rest."""
    across, down = place[0], place[1] - 0.45
    edge = np.clip((across / 1.8) ** 2 + (down / 2.4) ** 2, 0, 1)
    nose = 0.35 * np.exp(-((across / 0.22) ** 2) / 2 - ((down - 0.17) / 0.28) ** 2 / 2)
    depth = 1.2 * (1 - edge) ** 2 + nose
    fade = np.clip((1 - edge) / 0.5, 0, 1)
    fade = fade * fade * (3 - 2 * fade)
    depth_after = depth * np.cos(yaw) - across * np.sin(yaw) * fade
    return np.stack(
        [
            fade * across * (np.cos(yaw) - 1) + depth * np.sin(yaw),
            fade * down * (np.cos(pitch) - 1) - depth_after * np.sin(pitch),
        ]
    )


def _main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in POSES:
        (folder / f"{name}.jpg").write_bytes(jpeg(posing(name)))


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
