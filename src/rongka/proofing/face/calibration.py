"""How often a threshold is wrong, measured on labelled pictures of an operator's own people and cameras.

A folder holds one folder for each person. The picture whose name begins with ``portrait`` (else the first by name) is
that of the document; every other one is compared with the portraits of all persons. Names as in ISO/IEC 19795-1:
FMR, other people who match; FNMR, people who do not match their own portrait.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from rongka.proofing.errors import FaceImageError
from rongka.proofing.face.engine import FaceEngine, Seen
from rongka.proofing.face.images import read_image
from rongka.proofing.pictures import ImageLimits

THRESHOLDS: Final = tuple(number / 100 for number in range(101))
_Z: Final = 1.959964  # 95 %
_ENDINGS: Final = frozenset({".jpg", ".jpeg", ".png", ".jp2"})
_LIMITS: Final = ImageLimits(size=20_000_000, pixels=40_000_000, longest=10_000)  # the operator's own files


class CalibrationError(ValueError):
    """A folder in which there is nothing to compare."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of `total` trials with its 95 % interval, which takes the trials as independent."""

    count: int
    total: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share that was observed."""
        return self.count / self.total


@dataclass(frozen=True, slots=True)
class Row:
    """What a threshold would do."""

    threshold: float
    fmr: Rate
    fnmr: Rate


@dataclass(frozen=True, slots=True)
class Scores:
    """Cosines of pairs of one person and of two; `unusable` names pictures without exactly one face."""

    persons: int
    genuine: tuple[float, ...]
    impostor: tuple[float, ...]
    unusable: tuple[str, ...]


def wilson(count: int, total: int) -> Rate:
    """Give a share with its interval by Wilson (1927), which holds for shares of zero too."""
    share, square = count / total, _Z * _Z
    middle = (share + square / (2 * total)) / (1 + square / total)
    half = _Z / (1 + square / total) * math.sqrt(share * (1 - share) / total + square / (4 * total * total))
    return Rate(count, total, max(0.0, middle - half) if count else 0.0, min(1.0, middle + half))


def scores_in(folder: Path, *, engine: FaceEngine) -> Scores:
    """Compare all pictures of a folder; raises CalibrationError when it holds no two persons with two pictures."""
    pictures = [(person, path) for person in _persons(folder) for path in _pictures(person)]
    reader = _Reader(engine, pictures)
    cosines = engine.similarities(reader)
    return _sorted_out(cosines, reader.owners, unusable=tuple(reader.unusable))


def table(scores: Scores, *, thresholds: Sequence[float] = THRESHOLDS) -> list[Row]:
    """Give the rates at each threshold; a score of exactly the threshold matches."""
    genuine, impostor = np.array(scores.genuine), np.array(scores.impostor)
    return [
        Row(
            threshold,
            fmr=wilson(int((impostor >= threshold).sum()), len(impostor)),
            fnmr=wilson(int((genuine < threshold).sum()), len(genuine)),
        )
        for threshold in thresholds
    ]


def lowest_for(rows: Sequence[Row], *, fmr: float) -> Row | None:
    """Give the lowest threshold whose FMR is below `fmr` with its whole interval; None when the pairs carry none."""
    return next((row for row in rows if row.fmr.high <= fmr), None)


def pairs_needed(fmr: float) -> int:
    """Give how many impostor pairs without a single match it takes to carry such a rate."""
    return math.ceil(_Z * _Z * (1 - fmr) / fmr)


class _Reader:
    """Reads one picture after the other, so that only one is held; says whose those were that could be used."""

    def __init__(self, engine: FaceEngine, pictures: Sequence[tuple[Path, Path]]) -> None:
        self._engine, self._pictures = engine, pictures
        self.owners: list[str] = []
        self.unusable: list[str] = []

    def __iter__(self) -> Iterator[Seen]:
        for person, path in self._pictures:
            seen = self._seen(path)
            if seen is None:
                self.unusable.append(f"{person.name}/{path.name}")
            else:
                self.owners.append(person.name)
                yield seen

    def _seen(self, path: Path) -> Seen | None:
        try:
            picture = read_image(path.read_bytes(), limits=_LIMITS)
        except FaceImageError:
            return None
        faces = self._engine.detect(picture)
        return Seen(picture, faces[0]) if len(faces) == 1 else None


def _persons(folder: Path) -> list[Path]:
    found = sorted(path for path in folder.iterdir() if path.is_dir())
    if sum(1 for person in found if len(_pictures(person)) > 1) < 2:  # noqa: PLR2004 - a pair
        raise CalibrationError(f"{folder} needs a folder for each person, and two persons with two pictures each")
    return found


def _pictures(person: Path) -> list[Path]:
    """Give a person's pictures, that of the document first."""
    found = [path for path in person.iterdir() if path.suffix.lower() in _ENDINGS]
    return sorted(found, key=lambda path: (not path.name.lower().startswith("portrait"), path.name))


def _sorted_out(
    cosines: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]", owners: list[str], *, unusable: tuple[str, ...]
) -> Scores:
    portraits = {owner: owners.index(owner) for owner in owners}
    genuine: list[float] = []
    impostor: list[float] = []
    for place, owner in enumerate(owners):
        if place == portraits[owner]:
            continue
        for other, portrait in portraits.items():
            (genuine if other == owner else impostor).append(float(cosines[portrait, place]))
    if not genuine or not impostor:
        raise CalibrationError("too few pictures show exactly one face to compare any two")
    return Scores(len(portraits), tuple(genuine), tuple(impostor), unusable)
