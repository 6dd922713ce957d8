"""Events of the people's register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rongka.registers.journal.events import Event
from rongka.text import Text

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecorded(Event):
    """A person is known from now on."""

    code: ClassVar[str] = "person.recorded"
    title: ClassVar[Text] = Text(zh="人员信息已登记", en="Person recorded")


@dataclass(frozen=True, slots=True, kw_only=True)
class PassportRecorded(Event):
    """A passport was recorded; an earlier one is replaced by it."""

    code: ClassVar[str] = "passport.recorded"
    title: ClassVar[Text] = Text(zh="护照已登记", en="Passport recorded")

    replaces: UUID | None
