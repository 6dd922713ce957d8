"""Errors of the identity register.

RegisterError
├── Invalid
│   ├── DocumentMismatch     the passport read at the counter differs from the record; names the fields
│   └── ReasonMissing        a rejection needs a reason
└── Conflict
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
