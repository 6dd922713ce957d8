"""The public guide: the steps of the order with papers, time and source, for one category on one track.

Steps, their order and who acts come from the order itself; so the guide cannot disagree with the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rongka.rulebook import data
from rongka.rulebook.order import STEPS, Track, the_order
from rongka.rulebook.parameters import parameter
from rongka.rulebook.rules import RuleId, rule
from rongka.rulebook.sources import Source, read_source
from rongka.rulebook.vocabulary import ActorKind, Category
from rongka.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from rongka.rulebook.order import Step

__all__ = ["Guide", "GuideItem", "GuideStep", "guide"]


@dataclass(frozen=True, slots=True)
class GuideItem:
    """A paper, a time or a result, with where we have it from."""

    text: Text
    source: Source


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One step, or a matter beside the steps. `actor` records its end; None for a matter beside."""

    code: str
    title: Text
    what: Text
    actor: ActorKind | None
    papers: tuple[GuideItem, ...]
    times: tuple[GuideItem, ...]
    results: tuple[GuideItem, ...]
    notes: tuple[GuideItem, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Guide:
    """All steps in order, and the matters beside them, which have clocks of their own and block nothing."""

    category: Category
    track: Track
    steps: tuple[GuideStep, ...]
    beside: tuple[GuideStep, ...]


def guide(*, category: Category, track: Track, on: date) -> Guide:
    """Return the guide as it holds on that day."""
    tables = data.read_table("guide", "steps.toml")
    sources = {name: read_source(table) for name, table in tables["source"].items()}
    reader = _Reader(sources=sources, on=on)
    return Guide(
        category=category,
        track=track,
        steps=tuple(
            reader.step(tables["step"][step.code], code=step.code, title=step.title, actor=_actor(step))
            for step in STEPS
            if track in step.tracks
        ),
        beside=tuple(
            reader.step(table, code=table["code"], title=data.text(table["title"]), actor=None)
            for table in tables["beside"]
            if _applies(table, category, track)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the tables of `steps.toml` as they hold on one day."""

    sources: dict[str, Source]
    on: date

    def step(self, table: data.Table, *, code: str, title: Text, actor: ActorKind | None) -> GuideStep:
        return GuideStep(
            code=code,
            title=title,
            what=data.text(table["what"]),
            actor=actor,
            papers=self._items(table.get("paper", ())),
            times=tuple(self._time(time) for time in table.get("time", ())),
            results=self._items(table.get("result", ())),
            notes=self._items(table.get("note", ())),
            source=self.sources[table["source"]],
        )

    def _items(self, tables: Iterable[data.Table]) -> tuple[GuideItem, ...]:
        return tuple(
            GuideItem(text=data.text(table["title"]), source=self.sources[table["source"]]) for table in tables
        )

    def _time(self, table: data.Table) -> GuideItem:
        if "rule" in table:
            return GuideItem(text=data.text(table["title"]), source=rule(RuleId(table["rule"])).source)
        value = parameter(table["parameter"], on=self.on)
        start = value.definition.start
        zh, en = (start.zh, f" {start.en}") if start else ("", "")
        text = Text(zh=f"{value.title.zh}：{zh}{value.amount.zh}", en=f"{value.title.en}: {value.amount.en}{en}")
        return GuideItem(text=text, source=value.source)


def _applies(table: data.Table, category: Category, track: Track) -> bool:
    return track.value in table["tracks"] and category.value in table.get("categories", [category.value])


def _actor(step: Step) -> ActorKind:
    """Return who does the event that leads out of the step, the way the order is meant to go."""
    leaving = [
        row
        for row in the_order().rows
        if row.state in step.states and row.event is row.state.next_event and not row.former
    ]
    ends = [row for row in leaving if row.to not in step.states] or leaving
    if not ends:
        msg = f"no event leads out of {step.code}"
        raise LookupError(msg)
    return ends[0].actor
