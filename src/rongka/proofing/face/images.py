"""Pictures as arrays; their limits and their decoding are those of `proofing.pictures`, which needs no numpy."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from rongka.proofing.pictures import PORTRAIT, ImageLimits, decoded

Picture: TypeAlias = npt.NDArray[np.uint8]  # height x width x 3, red, green, blue


def read_image(data: bytes, *, limits: ImageLimits = PORTRAIT) -> Picture:
    """Decode a JPEG, a PNG or a JPEG 2000, upright as its EXIF orientation says; raises FaceImageError only."""
    return np.asarray(decoded(data, limits=limits), dtype=np.uint8)
