"""Single-bit changes of self-made chips: every one must be refused. The suite asks some; all 10,000 and the times:

python -m tests.proofing.chip.flips 10000
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import median
from time import process_time

from rongka.proofing.chip import ChipDocument, ChipVerifier, DocumentStatus, Outcome
from tests.proofing.chip.world import AT, KINDS, World, world_of

STOPPED = {Outcome.FAILED, Outcome.CANNOT_TELL}
FILES = ("sod", "sod", "sod", "sod", "dg1", "dg2", "dg14", "dg15")  # half of the changes are in the SOD


@dataclass(frozen=True)
class Flip:
    """One changed bit, where it is, and what came of it."""

    world: str
    file: str
    bit: int
    status: DocumentStatus
    stopped_by: tuple[str, ...]

    @classmethod
    def of(cls, world: World, file: str, bit: int) -> "Flip":
        result = ChipVerifier(world.trust).verify(flipped(world.document, file, bit), at=AT)
        codes = tuple(check.code for check in result.checks if check.outcome in STOPPED)
        return cls(world.name, file, bit, result.status, codes)


def flipped(document: ChipDocument, file: str, bit: int) -> ChipDocument:
    data = bytearray(getattr(document, file))
    data[bit // 8] ^= 1 << bit % 8
    return replace(document, **{file: bytes(data)})


def flips(world: World, count: int, *, seed: int = 0) -> list[Flip]:
    chance, document = random.Random(f"{world.name} {seed}"), world.document
    places = [(file, bit) for file in set(FILES) for bit in range(8 * len(getattr(document, file)))]
    by_file = {file: [place for place in places if place[0] == file] for file in set(FILES)}
    made = (chance.choice(by_file[chance.choice(FILES)]) for _ in range(count))
    return [Flip.of(world, *place) for place in made]


def all_sod_flips(world: World) -> list[Flip]:
    return [Flip.of(world, "sod", bit) for bit in range(8 * len(world.document.sod))]


def report(count: int | None) -> Iterator[str]:
    made = [world_of(kind) for kind in KINDS]
    for world in made:
        if ChipVerifier(world.trust).verify(world.document, at=AT).status is not DocumentStatus.PASS:
            raise SystemExit(f"{world.name}: the unchanged chip does not pass")
    each = [all_sod_flips(world) if count is None else flips(world, -(-count // len(made))) for world in made]
    found = [flip for part in each for flip in part]
    yield f"{len(found)} changes: {dict(Counter(str(flip.status) for flip in found))}"
    stopped = (code for flip in found for code in flip.stopped_by)
    yield f"reasons: {dict(Counter(stopped).most_common())}"
    accepted = [flip for flip in found if flip.status is DocumentStatus.PASS]
    yield f"accepted: {[(flip.world, flip.file, flip.bit) for flip in accepted]}"
    yield from (f"{world.name:<28} {_median(world):6.2f} ms of one core" for world in made)


def _median(world: World, rounds: int = 101) -> float:
    verifier, times = ChipVerifier(world.trust), []
    for _ in range(rounds):
        begin = process_time()
        verifier.verify(world.answered, at=AT)
        times.append(process_time() - begin)
    return median(times) * 1_000


if __name__ == "__main__":
    wanted = sys.argv[1] if sys.argv[1:] else "10000"
    for line in report(None if wanted == "all" else int(wanted)):
        sys.stdout.write(f"{line}\n")
