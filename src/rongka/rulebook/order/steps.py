"""The steps that people see, in order, and how far a case has come.

The tracker shows seven steps overseas (notice, visa, entry, verification, card, binding, activation) and five for a
legacy permit (switch, verification, card, binding, activation): `shown_in` folds the others into these.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rongka.rulebook import data
from rongka.rulebook.titled import TitledEnum
from rongka.rulebook.vocabulary import State
from rongka.text import Text

if TYPE_CHECKING:
    from rongka.rulebook.vocabulary import ActorKind


class Track(TitledEnum):
    """The two ways that meet at admission."""

    OVERSEAS = "overseas"
    LEGACY = "legacy"

    def _find_title(self) -> Text:
        return _TRACK_TITLES[self]


_TRACK_TITLES = {
    Track.OVERSEAS: Text(zh="境外申请入境", en="From overseas"),
    Track.LEGACY: Text(zh="旧卡切换", en="Switch of a legacy permit"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the case waits in it while in one of its states."""

    code: str
    title: Text
    tracks: frozenset[Track]
    states: frozenset[State]
    shown_in: str

    @property
    def is_shown(self) -> bool:
        """Whether the tracker shows the step on its own."""
        return self.shown_in == self.code


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a case has come: the shown steps of its track, how many are done, the current one, whose turn it is."""

    steps: tuple[Step, ...]
    done: int
    current: Step | None
    turn: ActorKind | None
    todo: Text


def _read_steps() -> tuple[Step, ...]:
    return tuple(_step(table) for table in data.read_table("order", "steps.toml")["step"])


def _step(table: data.Table) -> Step:
    return Step(
        code=table["code"],
        title=data.text(table["title"]),
        tracks=frozenset(Track(track) for track in table["tracks"]),
        states=frozenset(State(state) for state in table["states"]),
        shown_in=str(table.get("shown_in", table["code"])),
    )


STEPS = _read_steps()


@cache
def steps_of(*, track: Track) -> tuple[Step, ...]:
    """Return the steps that the tracker shows on this track, in order."""
    return tuple(step for step in STEPS if track in step.tracks and step.is_shown)


def progress(*, state: State, track: Track) -> Progress:
    """Say how far a case in this state has come on this track; at the end no step is the current one."""
    steps = steps_of(track=track)
    waiting = next((step for step in STEPS if state in step.states and track in step.tracks), None)
    current = None if waiting is None else next(step for step in steps if step.code == waiting.shown_in)
    done = len(steps) if current is None else steps.index(current)
    return Progress(steps=steps, done=done, current=current, turn=state.turn, todo=state.todo)
