"""Events of the agencies' register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rongka.registers.journal.events import Event
from rongka.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRegistered(Event):
    """An agency takes part from now on."""

    code: ClassVar[str] = "agency.registered"
    title: ClassVar[Text] = Text(zh="机构已登记", en="Agency registered")

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffAdded(Event):
    """A member of staff may sign in from now on."""

    code: ClassVar[str] = "staff.added"
    title: ClassVar[Text] = Text(zh="工作人员账号已开通", en="Member of staff added")

    role: str
