"""Errors of the identity register.

RegisterError
├── Invalid
│   ├── PasskeyRefused       what a browser sent proves nothing
│   ├── DocumentMismatch     the passport read at the counter differs from the record; names the fields
│   └── ReasonMissing        a rejection needs a reason
└── Conflict
    ├── PasskeyUnknown       removed, or of another instance
    ├── PasskeyKnown         this one is registered already
    ├── TooManyPasskeys
    ├── SameOfficer          who examined may not countersign
    ├── ExaminationEnded     it was rejected; a newer one may be open
    └── ExaminationLapsed    the countersignature came too late
"""

from rongka.registers.journal.errors import Conflict, Invalid
from rongka.rulebook.sources import named_source
from rongka.text import Text

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
