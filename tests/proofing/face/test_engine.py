"""What the models find in pictures, and what the five points of a face can tell of its pose."""

import numpy as np
import pytest

from rongka.proofing.errors import FaceModelsMissing
from rongka.proofing.face import models
from rongka.proofing.face.engine import Seen
from tests.proofing.face.motion import engine, portrait, posing


def seen(name: str) -> Seen:
    picture = posing(name)
    (face,) = engine().detect(picture)
    return Seen(picture, face)


def test_a_head_that_turns_is_measured_as_turned():
    ahead = seen("ahead").face.pose
    left, right, up, down = (seen(name).face.pose for name in ("left", "right", "up", "down"))

    assert left.yaw - ahead.yaw > 18
    assert ahead.yaw - right.yaw > 18
    assert up.pitch - ahead.pitch > 12
    assert ahead.pitch - down.pitch > 12
    assert max(abs(pose.yaw - ahead.yaw) for pose in (up, down)) < 12


def test_a_turned_head_stays_the_same_person():
    faces = [seen(name) for name in ("ahead", "left", "right", "up", "down")]

    cosines = engine().similarities(faces)

    assert cosines[0].min() > 0.45
    assert engine().compare(faces[0], faces[0]) == pytest.approx(1)


def test_nothing_is_found_where_nobody_is():
    assert engine().detect(np.full((240, 320, 3), 128, np.uint8)) == ()


def test_two_faces_are_two():
    beside = np.concatenate([portrait(), portrait()], axis=1)

    assert len(engine().detect(beside)) == 2


def test_models_that_were_changed_are_not_loaded(monkeypatch, tmp_path):
    for name in models._FILES.values():
        (tmp_path / name).write_bytes(b"another model")
    monkeypatch.setattr(models, "model_folder", lambda: tmp_path)

    with pytest.raises(FaceModelsMissing) as refused:
        models.read_models()

    assert refused.value.code == "face.models-changed"


def test_a_missing_package_is_told(monkeypatch):
    monkeypatch.setattr(models, "_PACKAGE", "no_such_package_of_faces")
    models.model_folder.cache_clear()

    with pytest.raises(FaceModelsMissing) as refused:
        models.read_models()

    assert refused.value.code == "face.models-missing"
    models.model_folder.cache_clear()
