"""What the larger components show, as data: pages build these, templates draw them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from rongka.text import Text


class StatusKind(StrEnum):
    """The shape and colour of a status; the word comes from the page. None is green, none is a tick."""

    DONE = "done"
    YOURS = "yours"
    WAITING = "waiting"
    ATTENTION = "attention"
    REFUSED = "refused"
    ENDED = "ended"


class StepKind(StrEnum):
    """Where one step of the tracker stands."""

    DONE = "done"
    CURRENT = "current"
    REFUSED = "refused"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class TrackerStep:
    """One step of the tracker; a waiting one: whose `turn`, `since` when, by when, and how sure that is (`doubt`)."""

    title: Text
    kind: StepKind
    done_on: date | None = None
    turn: Text | None = None
    since: date | None = None
    expected_on: date | None = None
    doubt: Text | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of a timeline."""

    what: Text
    at: datetime
    who: Text | str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a summary list or of a card's fields. `value` is a Text, a date or a string; `href` changes it."""

    key: Text | str
    value: Any
    href: str = ""
    mismatch: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: numbers stand to the right, short cells (a case number, a date) stay on one line."""

    title: str
    is_number: bool = False
    is_short: bool = False

    @property
    def css(self) -> str:
        """The classes of its cells."""
        return " ".join(["is-number"] * self.is_number + ["is-short"] * self.is_short)


@dataclass(frozen=True, slots=True)
class Link:
    """A cell or an entry that leads somewhere; `about` tells a screen reader which row it belongs to."""

    text: str
    href: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """A cell that is a status."""

    kind: StatusKind
    word: Text | str


@dataclass(frozen=True, slots=True)
class CardFace:
    """The licence view. Names and numbers come masked or open: the page decides, the face only shows."""

    name: str
    category: Text
    fields: Sequence[Row]
    chinese_name: str = ""
    mrz_name: str = ""
    photo_url: str = ""
    status: Status | None = None
    is_active: bool = True
    footnote: Text | None = None
