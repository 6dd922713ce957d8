"""Events of the permits' register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rongka.registers.journal.events import Event
from rongka.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationSubmitted(Event):
    """A version of an application came in."""

    code: ClassVar[str] = "application.submitted"
    title: ClassVar[Text] = Text(zh="申请已提交", en="Application submitted")

    reference: str
    kind: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationReturned(Event):
    """The authority asks for a correction."""

    code: ClassVar[str] = "application.returned"
    title: ClassVar[Text] = Text(zh="申请已退回补正", en="Application returned for correction")

    version: int
    reasons: list[str]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRefused(Event):
    """The authority refused."""

    code: ClassVar[str] = "application.refused"
    title: ClassVar[Text] = Text(zh="申请未予许可", en="Application refused")

    version: int
    reasons: list[str]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeIssued(Event):
    """The notice is there: permission to apply for a visa and to enter."""

    code: ClassVar[str] = "notice.issued"
    title: ClassVar[Text] = Text(zh="工作许可通知已签发", en="Work permit notice issued")

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisaIssued(Event):
    """A consulate issued the Z visa."""

    code: ClassVar[str] = "visa.issued"
    title: ClassVar[Text] = Text(zh="Z字签证已签发", en="Z visa issued")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRecorded(Event):
    """The person has entered."""

    code: ClassVar[str] = "entry.recorded"
    title: ClassVar[Text] = Text(zh="入境已登记", en="Entry recorded")

    papers: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyPermitRecorded(Event):
    """A permit from before the integration is known here; it stays valid as it is."""

    code: ClassVar[str] = "legacy-permit.recorded"
    title: ClassVar[Text] = Text(zh="原实体工作许可已登记", en="Legacy permit recorded")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyPermitSwitched(Event):
    """The legacy permit moves to the card."""

    code: ClassVar[str] = "legacy-permit.switched"
    title: ClassVar[Text] = Text(zh="原工作许可已转为证卡融合", en="Legacy permit switched to the card")

    kind: str
