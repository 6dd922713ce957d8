"""Whether a face has relief: seen from two sides, a head shifts in itself, and a flat picture does not.

Both faces are brought into one frame, every patch of the first is followed into the second, and one plane is laid
through all movements. What of them the plane leaves over is relief. A picture that is bent has some too.
"""

from typing import Final, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from rongka.proofing.face.engine import Seen
from rongka.proofing.face.images import Picture

# From here on it is no flat picture. Measured by tests/proofing/face/scores.py: heads that turn by 15 degrees have at
# least 0.035, flat pictures at any tilt nearly always less than 0.02.
LEAST_RELIEF: Final = 0.027

_SIDE: Final = 128
_EYES_APART: Final = 44
# Where eyes and corners of the mouth are brought to.
_PLACES: Final = np.array([[42, 48], [86, 48], [46, 96], [82, 96]], np.float32)
_CORNERS: Final = [0, 1, 3, 4]  # of the five points: all but the tip of the nose
_STEP: Final = 6
_RETURN: Final = 1.5  # pixels by which a patch that is followed there and back may miss its place
_LEAST_PATCHES: Final = 40  # of some 145

_Points: TypeAlias = npt.NDArray[np.float32]


def relief_between(one: Seen, other: Seen) -> float:
    """Give the relief between two looks at a face, in distances between the eyes; 0 when it cannot be told."""
    before, after = _brought(one), _brought(other)
    flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    nothing = np.zeros((_SIDE, _SIDE, 2), np.float32)
    there, back = flow.calc(before, after, nothing.copy()), flow.calc(after, before, nothing)
    start = _patches()
    end = start + _at(there, start)
    returned = np.linalg.norm(_at(there, start) + _at(back, end), axis=1) < _RETURN
    if int(returned.sum()) < _LEAST_PATCHES:
        return 0.0
    return _beyond_a_plane(start[returned], end[returned]) / _EYES_APART


def _brought(seen: Seen) -> Picture:
    corners = seen.face.points[_CORNERS].astype(np.float32)
    matrix: cv2.typing.MatLike | None = cv2.estimateAffine2D(corners, _PLACES)[0]
    if matrix is None:  # four points on one line
        return np.zeros((_SIDE, _SIDE), np.uint8)
    face = cv2.warpAffine(seen.picture, matrix, (_SIDE, _SIDE), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.cvtColor(face, cv2.COLOR_RGB2GRAY), np.uint8)


def _patches() -> _Points:
    """Give the places of a grid that lie on the face, without its outline."""
    y, x = np.mgrid[28:118:_STEP, 30:100:_STEP]
    inside = ((x - 64) / 36) ** 2 + ((y - 72) / 46) ** 2 < 1
    return np.stack([x[inside], y[inside]], axis=1).astype(np.float32)


def _at(flow: cv2.typing.MatLike, places: _Points) -> _Points:
    x, y = np.clip(places, 0, _SIDE - 1).astype(int).T
    return np.asarray(flow[y, x], np.float32)


def _beyond_a_plane(start: _Points, end: _Points) -> float:
    """Give how far patches lie, root mean square, from where the best plane would have taken them, in pixels."""
    plane: cv2.typing.MatLike | None = cv2.findHomography(start, end, cv2.LMEDS)[0]
    if plane is None:
        return 0.0
    taken = cv2.perspectiveTransform(start[None], plane)[0]
    return float(np.sqrt(np.mean(np.sum((end - taken) ** 2, axis=1))))
