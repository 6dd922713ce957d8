"""How scores, poses and relief are spread over the few pictures that this project may use. It calibrates nothing.

python -m tests.proofing.face.scores
"""

import sys
from collections.abc import Iterator
from functools import cache

import cv2
import numpy as np

from rongka.proofing.face.challenge import TURNED_PITCH, TURNED_YAW
from rongka.proofing.face.engine import Seen
from rongka.proofing.face.images import Picture, read_image
from rongka.proofing.face.relief import LEAST_RELIEF, relief_between
from rongka.proofing.pictures import FRAME
from tests.proofing.face.motion import engine, grained, jpeg, portrait, thumbnail, tilted, turned

WARNING = (
    "This calibrates nothing: one portrait and a hundred thumbnails of 25 x 25 pixels, bent by a program over "
    "a made-up head. Thresholds for a city need labelled pairs of its own people and cameras: "
    "rongka proofing calibrate FOLDER."
)
HEADS = [(20, 0), (30, 0), (-30, 0), (0, 25), (0, -25)]
TILTS = [(yaw, pitch) for far in (20, 35, 50) for yaw, pitch in ((far, 0), (-far, 0), (0, far), (0, -far))]


def report(pictures: int) -> Iterator[str]:
    yield WARNING
    yield ""
    yield from _impostors()
    yield from _alike()
    subjects = _subjects(pictures)
    yield from _still(subjects)
    yield f"\n{len(subjects)} heads that look ahead, bent by degrees (change read: 5%, median, 95%)"
    for yaw, pitch in HEADS:
        yield _row(yaw, pitch, [(one, turned(one, yaw, pitch)) for one in subjects])
    yield "\nthe same as flat pictures, tilted, 250 and 400 mm away"
    for yaw, pitch in TILTS:
        pairs = [(one, tilted(one, yaw, pitch, away=away)) for one in subjects for away in (250, 400)]
        yield _row(yaw, pitch, pairs)


def _subjects(count: int) -> list[Picture]:
    """The portrait, and thumbnails of people who look into the camera."""
    found = [portrait()[0:260, 80:340].copy()]
    for number in range(100):
        seen = _seen(thumbnail(number))
        if seen is not None and abs(seen.face.pose.yaw) < 15 and len(found) < count:
            found.append(thumbnail(number))
    return found


def _seen(picture: Picture) -> Seen | None:
    faces = engine().detect(picture)
    return Seen(picture, faces[0]) if len(faces) == 1 else None


@cache
def _as_filmed(number: int, picture: bytes, shape: tuple[int, ...]) -> Picture:
    whole = np.frombuffer(picture, np.uint8).reshape(shape)
    return read_image(jpeg(grained(whole, number), quality=75), limits=FRAME)


def _filmed(number: int, picture: Picture) -> Seen | None:
    return _seen(_as_filmed(number, picture.tobytes(), picture.shape))


def _row(yaw: float, pitch: float, pairs: list[tuple[Picture, Picture]]) -> str:
    looks = [(_filmed(1, before), _filmed(2, after)) for before, after in pairs]
    both = [(before, after) for before, after in looks if before and after]
    read = np.array([_change(before, after, is_sideways=yaw != 0) for before, after in both])
    relief = np.array([relief_between(before, after) for before, after in both])
    as_turned = np.abs(read) >= (TURNED_YAW if yaw else TURNED_PITCH)
    passing = as_turned & (relief >= LEAST_RELIEF)
    return (
        f"yaw {yaw:4} pitch {pitch:4}  N={len(both):3} of {len(pairs):3}  read {_spread(read, 0)}  "
        f"relief {_spread(relief, 3)}  read as turned {as_turned.mean():4.0%}  and with relief {passing.mean():4.0%}"
    )


def _change(before: Seen, after: Seen, *, is_sideways: bool) -> float:
    if is_sideways:
        return after.face.pose.yaw - before.face.pose.yaw
    return after.face.pose.pitch - before.face.pose.pitch


def _still(subjects: list[Picture]) -> Iterator[str]:
    """How much a head reads that does not move, but lies elsewhere in the frame and has other grain."""
    yaws, pitches = [], []
    for subject in subjects:
        shifted = [np.roll(subject, (number * 3 % 7 - 3, number * 5 % 9 - 4), axis=(0, 1)) for number in range(8)]
        poses = [seen.face.pose for number, one in enumerate(shifted) if (seen := _filmed(number, one))]
        yaws.append(np.std([pose.yaw for pose in poses]))
        pitches.append(np.std([pose.pitch for pose in poses]))
    yield f"a head that holds still, N={len(subjects)} x 8, standard deviation in degrees"
    yield f"    yaw {np.mean(yaws):.1f}  pitch {np.mean(pitches):.1f}"


def _impostors() -> Iterator[str]:
    found = [seen for number in range(100) if (seen := _seen(thumbnail(number)))]
    own = _seen(portrait())
    cosines = engine().similarities([own, *found])
    against = cosines[0, 1:]
    pairs = cosines[1:, 1:][np.triu_indices(len(found), 1)]
    yield f"portrait against {len(against)} others: {_spread(against, 3)}, highest {against.max():.3f}"
    yield f"thumbnails against each other, N={len(pairs)} (who is who is not known): {_spread(pairs, 3)}"


def _alike() -> Iterator[str]:
    """The portrait against itself, changed: an upper bound, no likeness between two real photographs."""
    own = _seen(portrait())
    changes = {
        "grain and JPEG": grained(portrait(), 5),
        "half the light": (portrait() * 0.5).astype(np.uint8),
        "blurred": cv2.GaussianBlur(portrait(), (0, 0), 1.5),
        "mirrored": np.ascontiguousarray(portrait()[:, ::-1]),
        "turned by 30": turned(portrait(), 30, 0),
        "up by 27": turned(portrait(), 0, 27),
    }
    scores = {name: engine().compare(own, _seen(picture)) for name, picture in changes.items()}
    yield "portrait against itself: " + ", ".join(f"{name} {score:.3f}" for name, score in scores.items())


def _spread(values: np.ndarray, digits: int) -> str:
    if not len(values):
        return "-"
    return " ".join(f"{value:.{digits}f}" for value in np.percentile(values, [5, 50, 95]))


if __name__ == "__main__":
    for line in report(int(sys.argv[1]) if sys.argv[1:] else 40):
        sys.stdout.write(f"{line}\n")
