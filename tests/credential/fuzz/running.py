"""Runs a target over many inputs and counts what must not happen."""

import random
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.credential.fuzz.mutating import mutated

MOST_SECONDS = 0.1
MOST_GROWTH = 16 << 20
_EXAMPLES = 5
_WARM_UP = 2_000  # runs after which caches and pools have their size
_AGAIN = 3  # a slow run is repeated: what is slow because of this machine's other work is not slow again


@dataclass
class Findings:
    """What was found; `growth_bytes` is of the process's largest memory after warming up."""

    runs: int = 0
    accepted: int = 0
    foreign: int = 0
    growth_bytes: int = 0
    slowest_seconds: float = 0.0
    examples: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return (
            not self.accepted
            and not self.foreign
            and self.growth_bytes < MOST_GROWTH
            and self.slowest_seconds < MOST_SECONDS
        )

    def note(self, data: bytes, what: object) -> None:
        if len(self.examples) < _EXAMPLES:
            self.examples.append(f"{what!r}: {data.hex()}")


def fuzz(*, target: Callable[[bytes], None], seeds: Sequence[bytes], runs: int, seed: int) -> Findings:
    """Give the findings of so many inputs; an input that is a seed is not counted."""
    found, chance, good = Findings(), random.Random(seed), frozenset(seeds)
    start = _largest_memory()
    while found.runs < runs:
        data = mutated(seeds, chance)
        if data in good:
            continue
        found.runs += 1
        taken = _run(target, data, found)
        if taken > MOST_SECONDS:
            taken = min(taken, *(_run(target, data, Findings()) for _ in range(_AGAIN)))
            if taken > MOST_SECONDS:
                found.note(data, f"{taken:.3f} s")
        found.slowest_seconds = max(found.slowest_seconds, taken)
        if found.runs == min(_WARM_UP, runs // 2):
            start = _largest_memory()
    found.growth_bytes = _largest_memory() - start
    return found


def _run(target: Callable[[bytes], None], data: bytes, found: Findings) -> float:
    start = time.thread_time()
    try:
        target(data)
    except AssertionError as error:
        found.accepted += 1
        found.note(data, error)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        found.foreign += 1
        found.note(data, error)
    return time.thread_time() - start


def _largest_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
