"""Finding faces and comparing them. Templates are made inside one call and are gone when it returns.

One engine serves a process: a lock keeps its two models to one call at a time, and each call to one core.
"""

import math
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from rongka.proofing.face.challenge import Pose
from rongka.proofing.face.images import Picture
from rongka.proofing.face.models import Models, model_hashes, read_models

Points: TypeAlias = npt.NDArray[np.float64]

_SEARCHED_SIDE: Final = (
    320  # the longest side in which faces are searched; smaller faces than a tenth of it are too far
)
_LEAST_SCORE: Final = 0.6
_LEAST_SHARE: Final = 0.4  # of the widest face: smaller ones are passers-by, or folds of a curtain
_OVERLAP: Final = 0.3
_MOST_FACES: Final = 50
# The face is cut out at one size before its points are measured, twice, a little shifted: the points of this detector
# wander by some pixels with the grid on which a face happens to lie.
_CUT_SIDE, _CUT_FACE = 224, 120
_SHIFTS: Final = (-4, 4)
# From affine coordinates of the nose to degrees; fitted on the pictures of tests/proofing/face/motion.py.
_YAW_REACH: Final = 0.3
_PITCH_REACH, _PITCH_REST = 0.143, 0.56


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A face that was found; all in pixels of the picture, x to the right, y down.

    `box` is x, y, width, height; `points` 5 x 2: the person's right eye, left eye, tip of the nose, right and left
    corner of the mouth; `score` from 0 to 1.
    """

    box: tuple[float, float, float, float]
    points: Points = field(repr=False)
    score: float
    pose: Pose


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A face and the picture in which it was found."""

    picture: Picture = field(repr=False)
    face: Face


class FaceEngine:
    """Both models, loaded."""

    def __init__(self, models: Models) -> None:
        """Load models that were examined."""
        cv2.setNumThreads(1)  # a request takes one core
        nothing = np.zeros(0, np.uint8)
        side = (_SEARCHED_SIDE, _SEARCHED_SIDE)
        self._detector = cv2.FaceDetectorYN.create(
            "onnx", _bytes(models.detection), nothing, side, _LEAST_SCORE, _OVERLAP, _MOST_FACES
        )
        self._recognizer = cv2.FaceRecognizerSF.create("onnx", _bytes(models.comparison), nothing)
        self._lock = threading.RLock()  # pictures may be found while templates are being made

    @classmethod
    def load(cls) -> "FaceEngine":
        """Read the installed models; raises FaceModelsMissing."""
        return cls(read_models())

    @property
    def model_hashes(self) -> tuple[str, ...]:
        """SHA-256 of both models in hex."""
        return model_hashes()

    def detect(self, picture: Picture) -> tuple[Face, ...]:
        """Find the faces of a picture, the widest first; far ones and faint ones are left out."""
        pixels = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
        with self._lock:
            rows = self._search(pixels)
            widest = max((row[2] for row in rows), default=0.0)
            near = sorted((row for row in rows if row[2] >= _LEAST_SHARE * widest), key=lambda row: -row[2])
            return tuple(self._measure(pixels, row) for row in near)

    def compare(self, one: Seen, other: Seen) -> float:
        """Give the cosine of two faces, from -1 to 1: the larger, the more alike."""
        return float(self.similarities([one, other])[0, 1])

    def similarities(self, seen: Iterable[Seen]) -> npt.NDArray[np.float64]:
        """Give the cosines of all pairs, n x n; each face is read once, one after the other; no template is kept."""
        with self._lock:
            templates = np.stack([self._template(one) for one in seen])
        templates /= np.linalg.norm(templates, axis=1, keepdims=True)
        return templates @ templates.T

    def _search(self, pixels: cv2.typing.MatLike) -> list[Points]:
        scale = min(1.0, _SEARCHED_SIDE / max(pixels.shape[:2]))
        small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        return [row / [*[scale] * 14, 1.0] for row in self._rows(small)]

    def _rows(self, pixels: cv2.typing.MatLike) -> list[Points]:
        self._detector.setInputSize((pixels.shape[1], pixels.shape[0]))
        # OpenCV gives None for nothing, which its types do not say.
        found: cv2.typing.MatLike | None = self._detector.detect(pixels)[1]
        return [] if found is None else [np.asarray(row, np.float64) for row in found]

    def _measure(self, pixels: cv2.typing.MatLike, row: Points) -> Face:
        x, y, width, height = (float(value) for value in row[:4])
        measured = [self._points_in_cut(pixels, row, shift) for shift in _SHIFTS]
        points = [found for found in measured if found is not None] or [row[4:14].reshape(5, 2)]
        mean = np.mean(points, axis=0)
        return Face((x, y, width, height), mean, float(row[14]), pose_of(mean))

    def _points_in_cut(self, pixels: cv2.typing.MatLike, row: Points, shift: int) -> Points | None:
        """Cut the face out at the one size and find its points there; None when it is not found again."""
        x, y, width, height = row[:4]
        scale = _CUT_FACE / width
        move = _CUT_SIDE / 2 + shift - scale * np.array([x + width / 2, y + height / 2])
        matrix = np.array([[scale, 0, move[0]], [0, scale, move[1]]])
        cut = cv2.warpAffine(pixels, matrix, (_CUT_SIDE, _CUT_SIDE), borderMode=cv2.BORDER_REPLICATE)
        rows = self._rows(cut)
        if not rows:
            return None
        nearest = min(rows, key=lambda found: float(np.abs(found[:2] + found[2:4] / 2 - _CUT_SIDE / 2).sum()))
        points: Points = (nearest[4:14].reshape(5, 2) - move) / scale
        return points

    def _template(self, seen: Seen) -> Points:
        """Give 128 numbers that describe a face, of no use without the model and never to be kept."""
        x, y, width, height = seen.face.box
        row = np.array([[x, y, width, height, *seen.face.points.ravel(), seen.face.score]], np.float32)
        pixels = cv2.cvtColor(seen.picture, cv2.COLOR_RGB2BGR)
        return np.asarray(self._recognizer.feature(self._recognizer.alignCrop(pixels, row))[0], np.float64)


def pose_of(points: Points) -> Pose:
    """Estimate where a head points from its five points (5 x 2).

    The nose is told in coordinates along the line of the eyes and the line from eyes to mouth. They stay the same when
    a picture is moved, turned or sheared, and change when a nose moves before a face. The degrees are a scale, no
    measurement: they depend on how far a nose stands out, and on the detector, which also takes a flat picture that is
    tilted far for a head that turned a little. Telling those apart is the part of `relief`.
    """
    right_eye, left_eye, nose, right_mouth, left_mouth = points
    eyes, mouth = (right_eye + left_eye) / 2, (right_mouth + left_mouth) / 2
    axes = np.stack([left_eye - right_eye, mouth - eyes], axis=1)
    if abs(np.linalg.det(axes)) < 1.0:  # less than one pixel of face
        return Pose(0.0, 0.0)
    sideways, down = np.linalg.solve(axes, nose - eyes)
    return Pose(_degrees(sideways / _YAW_REACH), _degrees((_PITCH_REST - down) / _PITCH_REACH))


def _degrees(ratio: float) -> float:
    """Bring to degrees, straight in proportion, so that the same turn reads the same from any straight look."""
    return max(-90.0, min(90.0, math.degrees(ratio)))


def _bytes(data: bytes) -> npt.NDArray[np.uint8]:
    return np.frombuffer(data, np.uint8)
