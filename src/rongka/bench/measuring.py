"""Measuring against a raw operation in the same run: raw, case, raw, in turns, on one core, without the collector.

What a machine does besides (its neighbours, its clock rate) then weighs on both sides; the median of the ratios is what
is told. A case is run once before it is measured, and one that does not verify makes the whole run fail.
"""

import gc
import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

LEAST_ROUNDS: Final = 7
_BLOCK_NANOSECONDS: Final = 5_000_000  # long beside the clock's grain, short beside a time slice of the system
_WARM_UPS: Final = 20


class BenchError(Exception):
    """The bench would measure something that does not work, or has nothing to compare with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Something to measure: `run` raises unless it verified; `refused`, if any, must raise."""

    name: str
    run: Callable[[], object]
    refused: Callable[[], object] | None = None
    peer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """The unit: what `run` does takes so many seconds."""

    name: str
    run: Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Medians: cost in raw operations, seconds of one run of the case and of the raw operation beside it."""

    name: str
    cost: float
    seconds: float
    raw_seconds: float
    peer: str | None


def use_one_core() -> None:
    """Keep this process, and what it starts, on one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def measure(cases: Sequence[Case], *, raw: Raw | None, rounds: int) -> list[Measured]:
    """Measure all cases in each of at least seven rounds, so that what the machine does besides meets them alike.

    Raise `BenchError` when one does not work, or when there is no raw operation to compare with.
    """
    if raw is None:
        raise BenchError("nothing is compared without a raw operation measured beside it")
    for case in cases:
        prove(case)
    samples = [_Samples(case=case, runs=_block_size(case.run)) for case in cases]
    raw_runs = _block_size(raw.run)
    for _ in range(max(rounds, LEAST_ROUNDS)):
        gc.collect()
        gc.disable()
        try:
            for sample in samples:
                sample.take(raw, raw_runs)
        finally:
            gc.enable()
    return [sample.measured() for sample in samples]


@dataclass
class _Samples:
    case: Case
    runs: int
    costs: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    raw_seconds: list[float] = field(default_factory=list)

    def take(self, raw: Raw, raw_runs: int) -> None:
        before = _seconds(raw.run, raw_runs)
        taken = _seconds(self.case.run, self.runs)
        beside = (before + _seconds(raw.run, raw_runs)) / 2
        self.costs.append(taken / beside)
        self.seconds.append(taken)
        self.raw_seconds.append(beside)

    def measured(self) -> Measured:
        return Measured(
            name=self.case.name,
            cost=statistics.median(self.costs),
            seconds=statistics.median(self.seconds),
            raw_seconds=statistics.median(self.raw_seconds),
            peer=self.case.peer,
        )


def seconds_of(run: Callable[[], object], *, rounds: int = LEAST_ROUNDS) -> float:
    """Give the median seconds of one run, for what is measured in seconds and not in raw operations."""
    gc.collect()
    gc.disable()
    try:
        return statistics.median(_seconds(run, 1) for _ in range(max(rounds, LEAST_ROUNDS)))
    finally:
        gc.enable()


def prove(case: Case) -> None:
    """Raise `BenchError` unless a case verifies what is good, and refuses what is not."""
    try:
        case.run()
    except Exception as error:
        raise BenchError(f"{case.name} does not verify what it should: {error!r}") from error
    if case.refused is None:
        return
    try:
        case.refused()
    except Exception:  # noqa: BLE001 - whatever a library raises, it refused
        return
    raise BenchError(f"{case.name} takes what it should refuse")


def _block_size(run: Callable[[], object]) -> int:
    for _ in range(_WARM_UPS):
        run()
    return max(1, int(_BLOCK_NANOSECONDS / 1e9 / _seconds(run, 5)))


def _seconds(run: Callable[[], object], times: int) -> float:
    # The process's own time: what others do on this core is not counted, and threads of a library are.
    start = time.process_time_ns()
    for _ in range(times):
        run()
    return max(time.process_time_ns() - start, 1) / times / 1e9
