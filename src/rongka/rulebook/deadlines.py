"""From a dated parameter and a start to the day on which something is due.

The first day is not counted. Working days are counted only with a calendar of holidays that somebody vouches for:
without one no day is named, because make-up working days at weekends would make any guess wrong in either direction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from rongka.text import Text

from .parameters import Counting, Direction, Parameter, Unit

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The official holidays and make-up working days of a half-open period; it says nothing about other days."""

    valid_from: date
    valid_until: date
    holidays: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()

    def covers(self, day: date) -> bool:
        """Say whether the calendar speaks about that day."""
        return self.valid_from <= day < self.valid_until

    def is_working(self, day: date) -> bool:
        """Say whether that day is a working day."""
        return day in self.make_up_days or (day.weekday() < SATURDAY and day not in self.holidays)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due, in words; `on` is None when the day cannot be named."""

    on: date | None
    text: Text
    parameter: Parameter


def deadline(*, parameter: Parameter, start: date, calendar: WorkingCalendar | None = None) -> Deadline:
    """Count the days of the parameter from the start; a parameter in another unit is a mistake of the caller."""
    if parameter.definition.unit is not Unit.DAYS:
        msg = f"{parameter.definition.name} is not counted in days"
        raise ValueError(msg)
    backwards = parameter.definition.direction is Direction.BEFORE
    step = -ONE_DAY if backwards else ONE_DAY
    if parameter.definition.counting is Counting.WORKING:
        due = _working_day(start, parameter.value, step, calendar)
    else:
        due = start + step * parameter.value
    return Deadline(on=due, text=_words(parameter, due), parameter=parameter)


def _working_day(start: date, count: int, step: timedelta, calendar: WorkingCalendar | None) -> date | None:
    day = start
    left = count
    while left and calendar is not None:
        day += step
        if not calendar.covers(day):
            return None
        left -= calendar.is_working(day)
    return None if left else day


def _words(parameter: Parameter, due: date | None) -> Text:
    title, amount = parameter.title, parameter.amount
    if due is None:
        return Text(
            zh=f"{title.zh}：{amount.zh}。未提供该期间的节假日安排，不推算具体日期。",
            en=f"{title.en}: {amount.en}. Without the official calendar of holidays for that time no day can be named.",
        )
    return Text(
        zh=f"{title.zh}：{amount.zh}，即{due.year}年{due.month}月{due.day}日。",
        en=f"{title.en}: {amount.en}, that is {due.day} {due:%B} {due.year}.",
    )
