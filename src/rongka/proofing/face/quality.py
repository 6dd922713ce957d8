"""Whether a picture shows one face well enough to judge by it; every finding says what to do."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from rongka.proofing.errors import FaceReason
from rongka.proofing.face import reasons
from rongka.proofing.face.engine import Face
from rongka.proofing.face.images import Picture

# Starting values, tried on one portrait that was darkened, brightened, blurred and scaled; uncalibrated.
DARK: Final = 30.0  # of the face: low, since dark skin in good light is not to be told to find more
BRIGHT: Final = 225.0
BLURRED_BELOW: Final = 20.0
FAR_BELOW: Final = 0.16
LEAST_PIXELS: Final = 60  # of the face's width; it is compared at 112
CLOSE_ABOVE: Final = 0.8
TURNED_YAW: Final = 20.0  # up and down cannot be told without the person's own straight look
_CUT_OFF: Final = 0.1  # of the face's width or height that may lie outside
_USUAL_CONTRAST: Final = 40.0  # standard deviation of the grey of a well lit face
_WIDTH: Final = 112  # to which a face is brought before its sharpness is measured


@dataclass(frozen=True, slots=True)
class Quality:
    """`brightness` 0 to 255; `sharpness` as `_sharpness_of`; `width` as a share of the picture's shorter side."""

    brightness: float
    sharpness: float
    width: float
    findings: tuple[FaceReason, ...]


def quality_of(picture: Picture, face: Face, *, is_to_look_ahead: bool = False) -> Quality:
    """Measure the face in a picture; `is_to_look_ahead` adds the finding for a face that is turned."""
    grey = _grey_face(picture, face)
    brightness, width = float(grey.mean()), face.box[2] / min(picture.shape[:2])
    sharpness = _sharpness_of(grey)
    wrong = {
        reasons.TOO_DARK: brightness < DARK,
        reasons.TOO_BRIGHT: brightness > BRIGHT,
        reasons.BLURRED: sharpness < BLURRED_BELOW,
        reasons.TOO_FAR: width < FAR_BELOW or face.box[2] < LEAST_PIXELS,
        reasons.TOO_CLOSE: width > CLOSE_ABOVE,
        reasons.CUT_OFF: _is_cut_off(picture, face),
        reasons.TURNED: is_to_look_ahead and abs(face.pose.yaw) > TURNED_YAW,
    }
    return Quality(brightness, sharpness, width, tuple(reason for reason, is_wrong in wrong.items() if is_wrong))


def _grey_face(picture: Picture, face: Face) -> Picture:
    height, width = picture.shape[:2]
    x, y, wide, high = face.box
    left, top = max(0, int(x)), max(0, int(y))
    right, bottom = min(width, int(x + wide)), min(height, int(y + high))
    cut = cv2.cvtColor(picture[top : max(bottom, top + 1), left : max(right, left + 1)], cv2.COLOR_RGB2GRAY)
    size = (_WIDTH, max(1, round(_WIDTH * cut.shape[0] / cut.shape[1])))
    return np.asarray(cv2.resize(cut, size, interpolation=cv2.INTER_AREA), np.uint8)


def _sharpness_of(grey: Picture) -> float:
    """Give the variance of the Laplacian for a usual contrast, so that little light is not taken for blur."""
    contrast = max(float(grey.std()), 1.0)
    return float(cv2.Laplacian(grey, cv2.CV_64F).var()) * (_USUAL_CONTRAST / contrast) ** 2


def _is_cut_off(picture: Picture, face: Face) -> bool:
    height, width = picture.shape[:2]
    x, y, wide, high = face.box
    sideways = max(-x, x + wide - width) / wide
    upright = max(-y, y + high - height) / high
    return bool(max(sideways, upright) > _CUT_OFF)
