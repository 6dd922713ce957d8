"""Events of the identity register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rongka.registers.journal.events import Event
from rongka.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityExamined(Event):
    """The first officer has examined passport and person."""

    code: ClassVar[str] = "identity.examined"
    title: ClassVar[Text] = Text(zh="证件与本人已初核，待复核", en="Passport and person examined, to be countersigned")


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRejected(Event):
    """The counter did not verify; the person may come again."""

    code: ClassVar[str] = "identity.rejected"
    title: ClassVar[Text] = Text(zh="实名实人核验未通过", en="Verification not passed")

    reasons: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityVerified(Event):
    """The second officer has countersigned."""

    code: ClassVar[str] = "identity.verified"
    title: ClassVar[Text] = Text(zh="实名实人核验已完成", en="Real name and real person verified")

    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderSignedIn(Event):
    """A holder came in through the foreigners' channel."""

    code: ClassVar[str] = "holder.signed-in"
    title: ClassVar[Text] = Text(zh="持卡人已登录", en="Holder signed in")

    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTimeCodePrinted(Event):
    """A counter printed a new code for the first sign-in; every known browser is forgotten by it."""

    code: ClassVar[str] = "sign-in.code-printed"
    title: ClassVar[Text] = Text(zh="窗口已打印一次性登录码", en="One-time code printed at a counter")


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyAdded(Event):
    """A passkey may sign its holder in from now on."""

    code: ClassVar[str] = "passkey.added"
    title: ClassVar[Text] = Text(zh="通行密钥已添加", en="Passkey added")

    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyRemoved(Event):
    """A passkey signs nobody in any more."""

    code: ClassVar[str] = "passkey.removed"
    title: ClassVar[Text] = Text(zh="通行密钥已移除", en="Passkey removed")
