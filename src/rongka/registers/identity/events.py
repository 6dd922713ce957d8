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
class ProofStarted(Event):
    """A holder began to show the face; every start counts as a try."""

    code: ClassVar[str] = "proof.started"
    title: ClassVar[Text] = Text(zh="线上核验：开始人脸核验", en="Online verification: face begun")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFailed(Event):
    """A try led nowhere; the holder is told why."""

    code: ClassVar[str] = "proof.failed"
    title: ClassVar[Text] = Text(zh="线上核验：本次未成功", en="Online verification: try not successful")

    reasons: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofSubmitted(Event):
    """Chip and face went to an officer's review."""

    code: ClassVar[str] = "proof.submitted"
    title: ClassVar[Text] = Text(zh="线上核验已提交，待审核", en="Online verification submitted for review")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofWithdrawn(Event):
    """The holder took a try back; its pictures are deleted."""

    code: ClassVar[str] = "proof.withdrawn"
    title: ClassVar[Text] = Text(zh="线上核验已撤回", en="Online verification withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofLapsed(Event):
    """Nobody reviewed in time."""

    code: ClassVar[str] = "proof.lapsed"
    title: ClassVar[Text] = Text(zh="线上核验逾期未审核，已失效", en="Online verification lapsed without a review")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofRejected(Event):
    """The reviewing officer did not accept; the person may come again, online or to a counter."""

    code: ClassVar[str] = "proof.rejected"
    title: ClassVar[Text] = Text(zh="线上核验审核不通过", en="Online verification rejected")

    reasons: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofAccepted(Event):
    """The reviewing officer accepted; the verification follows in the same moment."""

    code: ClassVar[str] = "proof.accepted"
    title: ClassVar[Text] = Text(zh="线上核验审核通过", en="Online verification accepted")


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
