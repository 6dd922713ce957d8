"""Events of the cards' register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rongka.registers.journal.events import Event
from rongka.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class CardClaimed(Event):
    """The holder claimed the card."""

    code: ClassVar[str] = "card.claimed"
    title: ClassVar[Text] = Text(zh="电子社保卡已申领", en="Card claimed")


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitNumberBound(Event):
    """The holder bound the work permit number to the card."""

    code: ClassVar[str] = "card.bound"
    title: ClassVar[Text] = Text(zh="工作许可编号已绑定", en="Work permit number bound")


@dataclass(frozen=True, slots=True, kw_only=True)
class QualificationGenerated(Event):
    """The system made the qualification."""

    code: ClassVar[str] = "qualification.generated"
    title: ClassVar[Text] = Text(zh="工签资质已生成", en="Qualification generated")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardActivated(Event):
    """The card has all its functions."""

    code: ClassVar[str] = "card.activated"
    title: ClassVar[Text] = Text(zh="证卡融合已激活", en="Card activated")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSuspended(Event):
    """The card is out of use until it is reinstated."""

    code: ClassVar[str] = "card.suspended"
    title: ClassVar[Text] = Text(zh="卡已暂停使用", en="Card suspended")

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardReinstated(Event):
    """The suspension is lifted."""

    code: ClassVar[str] = "card.reinstated"
    title: ClassVar[Text] = Text(zh="卡已恢复使用", en="Card reinstated")


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitCancelled(Event):
    """The permit on the card is cancelled."""

    code: ClassVar[str] = "permit.cancelled"
    title: ClassVar[Text] = Text(zh="工作许可已注销", en="Permit cancelled")

    reason: str
