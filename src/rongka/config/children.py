"""The child processes of ``rongka serve``: they start together and end together, however the parent ends."""

import ctypes
import itertools
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType, TracebackType
from typing import Self

STOP_WITHIN = 10.0  # seconds that children have for the work in hand before they are killed
LOOK_EVERY = 0.2  # seconds
TEND_EVERY = 10  # looks: every two seconds
PR_SET_PDEATHSIG = 1  # linux/prctl.h


class ChildEndedError(RuntimeError):
    """A child that everything rests on ended by itself or did not come up."""


class _StopError(BaseException):
    """Somebody asked us to stop; not an Exception, so that no handler takes it for a failure."""


@dataclass(frozen=True, slots=True)
class Child:
    """What to run, and what to call it."""

    name: str
    command: tuple[str, ...]


@dataclass(slots=True)
class Family:
    """Starts children, watches them, and stops them all on leaving the ``with`` block."""

    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __enter__(self) -> Self:
        """Turn the signals that ask for a stop into one exception."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        """Stop every child, last started first; a wish to stop is no error."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave orphans behind
        for process in reversed(self.running.values()):
            process.terminate()
        give_up_at = time.monotonic() + STOP_WITHIN
        for process in self.running.values():
            try:
                process.wait(timeout=max(0.0, give_up_at - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        return kind is _StopError

    def start(self, child: Child) -> None:
        """Start a child that stays."""
        self.running[child.name] = subprocess.Popen(  # noqa: S603 - our own commands
            child.command,
            stdin=subprocess.DEVNULL,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - no threads here
        )

    def run(self, child: Child) -> None:
        """Run a child to its end, which must be a good one; the others are watched meanwhile."""
        self.start(child)
        while (code := self.running[child.name].poll()) is None:
            time.sleep(LOOK_EVERY / 4)
        del self.running[child.name]
        if code:
            msg = f"{child.name} failed (exit code {code}); see the lines above"
            raise ChildEndedError(msg)
        self.check()

    def check(self) -> None:
        """Raise when a child has ended."""
        for name, process in self.running.items():
            if process.poll() is not None:
                msg = f"{name} ended unexpectedly (exit code {process.returncode}); see the lines above"
                raise ChildEndedError(msg)

    def watch(self, *, also: Callable[[], object]) -> None:
        """Wait until a child ends or somebody asks us to stop; now and then do what else needs looking after."""
        for turn in itertools.count():
            self.check()
            if turn % TEND_EVERY == 0:
                also()
            time.sleep(LOOK_EVERY)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _StopError


def die_with_parent() -> None:
    """In the child: ask the kernel for SIGTERM when the parent is gone, even if it was killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
