"""Errors of the identity register.

RegisterError
├── Invalid
│   ├── PasskeyRefused       what a browser sent proves nothing
│   ├── DocumentMismatch     the passport read at the counter differs from the record; names the fields
│   ├── ReasonMissing        a rejection needs a reason
│   └── FrameTooLarge        a picture has more bytes than a phone's camera makes
└── Conflict
    ├── PasskeyUnknown       removed, or of another instance
    ├── PasskeyKnown         this one is registered already
    ├── TooManyPasskeys
    ├── SameOfficer          who examined may not countersign
    ├── ExaminationEnded     it was rejected; a newer one may be open
    ├── ExaminationLapsed    the countersignature came too late
    ├── ChipAgainst          the chip read at the counter failed or differs: nobody countersigns over it
    ├── ProofNotPossible     the rule book says why no face is looked at yet; carries its `Judgement`
    ├── ProofLate            the time for the challenge is over
    ├── TooManyFrames        more pictures than a challenge needs
    ├── NotLookedAt          whoever accepts has opened the pictures before
    └── ProofEnded           decided, taken back or lapsed; who decided, and when
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.registers.journal.errors import Conflict, Invalid
from rongka.rulebook.sources import named_source
from rongka.text import Text

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from rongka.rulebook.verification import Judgement

_AGAIN = Text(zh="请结束本次初核，再重新初核。", en="End this examination, then examine passport and person again.")


class DocumentMismatch(Invalid):
    """What the passport says is not what the permit record says."""

    source = named_source("machine-readable-zone")

    def __init__(self, fields: tuple[Text, ...]) -> None:
        """Name the fields that differ, and not their values."""
        super().__init__(
            "identity.document-mismatch",
            Text(
                zh="护照与许可记录不一致：" + "、".join(field.zh for field in fields) + "。",
                en="The passport differs from the permit record in: " + ", ".join(field.en for field in fields) + ".",
            ),
            next_step=Text(
                zh="请核对护照；如护照已换发，须先由用人单位更新。",
                en="Check the passport; if it was renewed, the employer records the new one first.",
            ),
            field="mrz",
        )
        self.fields = fields


class ReasonMissing(Invalid):
    """A rejection says why."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "identity.reason-missing",
            Text(zh="核验不通过须填写理由。", en="A rejection needs a reason."),
            next_step=Text(zh="请选择理由。", en="Choose a reason."),
            field="reasons",
        )


class SameOfficer(Conflict):
    """Two officers verify, and they are two."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "identity.same-officer",
            Text(zh="初核人员与复核人员不得为同一人。", en="The officer who examined may not countersign."),
            next_step=Text(zh="请由另一位工作人员复核。", en="Ask another officer to countersign."),
        )


class ExaminationEnded(Conflict):
    """A rejected examination stays rejected."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "identity.examination-ended",
            Text(zh="本次初核已结束，核验未通过。", en="This examination has ended: the identity was not verified."),
            next_step=Text(
                zh="请重新打开页面，办理最新一次初核。", en="Open the page again for the newest examination."
            ),
        )


class ExaminationLapsed(Conflict):
    """The person has left the counter; a signature now would vouch for nothing."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "identity.examination-lapsed",
            Text(zh="已超过复核时限。", en="The time for the countersignature is over."),
            next_step=_AGAIN,
        )


class ChipAgainst(Conflict):
    """Two officers do not overrule a chip that failed, or that speaks of somebody else."""

    def __init__(self, judgement: Judgement) -> None:
        """Say what the chip said."""
        first = judgement.reasons[0]
        super().__init__(
            "identity.chip-against",
            first.text,
            next_step=Text(
                zh="请重新读取芯片；仍不通过的，请结束本次初核并说明理由。",
                en="Read the chip again; if it stays so, end this examination with its reason.",
            ),
        )
        self.judgement = judgement


class ProofNotPossible(Conflict):
    """The online way is not open, or not yet; the counter is."""

    def __init__(self, judgement: Judgement) -> None:
        """Take code and words from the first reason; `judgement.reasons` holds all."""
        first = judgement.reasons[0]
        super().__init__(first.code, first.text, next_step=first.next_step)
        self.source = first.source
        self.judgement = judgement


class ProofLate(Conflict):
    """A picture that came after the time is not looked at."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "proof.late",
            Text(zh="完成动作的时间已过。", en="The time for the movements is over."),
            next_step=Text(zh="请再试一次，或到核验窗口办理。", en="Try once more, or go to a verification counter."),
        )


class FrameTooLarge(Invalid):
    """A picture is bounded before anybody looks at it."""

    def __init__(self, *, most: int) -> None:
        """Say how many bytes are too many."""
        super().__init__(
            "proof.frame-too-large",
            Text(zh=f"图像超过{most // 1000}千字节。", en=f"The picture has more than {most // 1000} kB."),
            next_step=Text(zh="请使用较小的图像尺寸。", en="Send it in a smaller size."),
            field="image",
        )


class TooManyFrames(Conflict):
    """A limit for machines."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "proof.too-many-frames",
            Text(zh="本次图像过多。", en="There are too many pictures in this try."),
            next_step=Text(zh="请再试一次，或到核验窗口办理。", en="Try once more, or go to a verification counter."),
        )


class NotLookedAt(Conflict):
    """A review is a look at the pictures; an officer who has not had one vouches for nothing."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "proof.not-looked-at",
            Text(zh="您尚未查看本次核验的图像。", en="You have not looked at the pictures of this verification yet."),
            next_step=Text(
                zh="请打开审核页面，对照照片后再通过。", en="Open its page and compare the pictures, then accept."
            ),
        )


class ProofEnded(Conflict):
    """Nothing more can be done with a try that has ended; `officer_id` only when one decided it."""

    def __init__(self, *, outcome: Text, officer_id: UUID | None, at: datetime | None) -> None:
        """Say how it ended."""
        super().__init__(
            "proof.ended",
            Text(zh=f"本次线上核验已结束：{outcome.zh}。", en=f"This online verification has ended: {outcome.en}."),
            next_step=Text(zh="请重新打开页面查看。", en="Open the page again to see how it stands."),
        )
        self.officer_id = officer_id
        self.at = at


class PasskeyRefused(Invalid):
    """What a browser sent is no answer to the question that was asked; why is nobody's business but the log's."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "passkey.refused",
            Text(zh="通行密钥验证未通过。", en="The passkey could not be verified."),
            next_step=Text(
                zh="请重新打开页面再试；或使用编号和姓名登录。",
                en="Open the page again and try once more, or sign in with your number and name.",
            ),
        )


class PasskeyUnknown(Conflict):
    """A passkey that nobody registered here, or that was removed."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "passkey.unknown",
            Text(zh="该通行密钥未登记或已移除。", en="This passkey is not registered here, or was removed."),
            next_step=Text(
                zh="请选择其他通行密钥，或使用编号、姓名和一次性登录码登录。",
                en="Choose another one, or sign in with your number, name and a one-time code.",
            ),
        )


class PasskeyKnown(Conflict):
    """One passkey is one row."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "passkey.known",
            Text(zh="该通行密钥已登记。", en="This passkey is registered already."),
            next_step=Text(zh="无需重复添加。", en="There is no need to add it again."),
        )


class TooManyPasskeys(Conflict):
    """A holder has a handful of them."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "passkey.too-many",
            Text(zh="通行密钥数量达到上限。", en="You have as many passkeys as can be registered."),
            next_step=Text(zh="请先移除不再使用的通行密钥。", en="Remove one that you no longer use."),
        )
