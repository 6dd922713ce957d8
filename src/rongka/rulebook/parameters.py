"""Dated values of the law: deadlines, limits, thresholds; each with its source and how sure we are.

A value holds from one day to the next change. A day on which none or two would hold is refused, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rongka.text import Text

from . import data
from .sources import Source, read_source

if TYPE_CHECKING:
    from datetime import date

    from .vocabulary import Category


class Unit(StrEnum):
    """What the value counts."""

    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    POINTS = "points"
    SECONDS = "seconds"
    TRIES = "tries"
    PERSONS = "persons"
    THOUSANDTHS = "thousandths"


class Counting(StrEnum):
    """How days are counted."""

    CALENDAR = "calendar"
    WORKING = "working"


class Direction(StrEnum):
    """Whether the days run on from the start, or lie before it."""

    AFTER = "after"
    BEFORE = "before"


class ParameterError(Exception):
    """The values of a parameter do not answer: unknown name, no value on that day, or periods that overlap."""


@dataclass(frozen=True, slots=True)
class Period:
    """One value, from the source's effective date until the day before `until` (None: still in force)."""

    value: int
    until: date | None
    source: Source

    def holds(self, *, on: date) -> bool:
        """Say whether the value holds on that day."""
        return self.source.effective_from <= on and (self.until is None or on < self.until)


@dataclass(frozen=True, slots=True)
class Definition:
    """A parameter with all its periods. `start` says from when a deadline runs, `note` what else to know."""

    name: str
    title: Text
    unit: Unit
    counting: Counting | None
    direction: Direction
    start: Text | None
    note: Text | None
    periods: tuple[Period, ...]

    def __post_init__(self) -> None:
        """Refuse periods that overlap or leave a day without a value."""
        if not self.periods:
            msg = f"{self.name}: no period"
            raise ParameterError(msg)
        for earlier, later in pairwise(self.periods):
            if earlier.until != later.source.effective_from:
                msg = f"{self.name}: the period until {earlier.until} does not end where the next begins"
                raise ParameterError(msg)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as it holds on one day."""

    definition: Definition
    value: int
    source: Source

    @property
    def title(self) -> Text:
        """What the value is for."""
        return self.definition.title

    @property
    def amount(self) -> Text:
        """The value with its unit: 30日 / 30 days."""
        words = data.read_table("parameters.toml")["unit"]
        key = self.definition.unit.value
        if self.definition.counting is Counting.WORKING:
            key = "working-days"
        english = words[key]["en_one"] if self.value == 1 else words[key]["en"]
        return Text(zh=f"{self.value}{words[key]['zh']}", en=f"{self.value} {english}")


def parameter(name: str, *, on: date) -> Parameter:
    """Return the value of that name on that day; raise `ParameterError` when there is none."""
    definition = parameters().get(name)
    if definition is None:
        msg = f"no parameter of the name {name}"
        raise ParameterError(msg)
    for period in definition.periods:
        if period.holds(on=on):
            return Parameter(definition=definition, value=period.value, source=period.source)
    msg = f"{name} has no value on {on.isoformat()}"
    raise ParameterError(msg)


def parameter_for(name: str, *, category: Category, on: date) -> Parameter:
    """Return a value that differs by category: `permit.max-years` of B is `permit.max-years.b`."""
    return parameter(f"{name}.{category.value.lower()}", on=on)


@cache
def parameters() -> dict[str, Definition]:
    """Return every parameter by its name, in the order of the topics and files."""
    found: dict[str, Definition] = {}
    for topic, file in data.data_files("parameters"):
        for table in data.read_table(topic, "parameters", file)["parameter"]:
            definition = read_definition(table)
            if definition.name in found or not definition.name.startswith(f"{topic}."):
                msg = f"{definition.name} in {topic}/{file}: the name is taken, or of another topic"
                raise ParameterError(msg)
            found[definition.name] = definition
    return found


def read_definition(table: data.Table) -> Definition:
    """Make a definition of a `[[parameter]]` table; raise `ParameterError` when its periods do not fit together."""
    periods = sorted(table["period"], key=lambda period: period["source"]["effective_from"])
    return Definition(
        name=table["name"],
        title=data.text(table["title"]),
        unit=Unit(table["unit"]),
        counting=Counting(table["counting"]) if "counting" in table else None,
        direction=Direction(table.get("direction", Direction.AFTER)),
        start=data.text(table["start"]) if "start" in table else None,
        note=data.text(table["note"]) if "note" in table else None,
        periods=tuple(_period(period) for period in periods),
    )


def _period(table: data.Table) -> Period:
    return Period(value=table["value"], until=table.get("until"), source=read_source(table["source"]))
