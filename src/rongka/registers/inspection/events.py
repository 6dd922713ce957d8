"""Events of the inspection register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from rongka.registers.journal.events import Event
from rongka.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CardChecked(Event):
    """Somebody checked a card or a notice."""

    code: ClassVar[str] = "check.made"
    title: ClassVar[Text] = Text(zh="已被查验", en="Checked")

    verdict: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSynchronised(Event):
    """A scanner handed in a check that it had made by itself."""

    code: ClassVar[str] = "check.synchronised"
    title: ClassVar[Text] = Text(zh="已被查验（事后同步）", en="Checked, and synchronised afterwards")

    verdict: str
    reason: str
    judged: str
    checked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionFiled(Event):
    """An inspection was filed."""

    code: ClassVar[str] = "inspection.filed"
    title: ClassVar[Text] = Text(zh="查验已备案", en="Inspection filed")

    result: str
