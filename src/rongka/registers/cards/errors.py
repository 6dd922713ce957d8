"""Errors of the cards' register.

RegisterError
├── Invalid
│   ├── PermitNumberDiffers    the number typed is not this holder's
│   └── ReasonMissing          suspending and cancelling need a reason
└── NotFound
    └── CardNotFound
"""

from rongka.registers.journal.errors import Invalid, NotFound
from rongka.rulebook.sources import named_source
from rongka.text import Text


class PermitNumberDiffers(Invalid):
    """A holder binds the own work permit number, and no other."""

    source = named_source("binding")

    def __init__(self) -> None:
        """Say so, without telling whether the number is somebody else's."""
        super().__init__(
            "binding.number-differs",
            Text(zh="该工作许可编号不是您的编号。", en="This is not your work permit number."),
            next_step=Text(
                zh="请核对通知或许可决定上的编号；如编号无误，请联系用人单位。",
                en="Compare it with the notice or the decision; if it is right, ask your employer.",
            ),
            field="permit_number",
        )


class ReasonMissing(Invalid):
    """The holder is told why."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "card.reason-missing",
            Text(zh="须填写理由，持卡人将看到该理由。", en="A reason is needed; the holder will see it."),
            next_step=Text(zh="请填写理由。", en="Write the reason."),
            field="reason",
        )


class CardNotFound(NotFound):
    """The person has no active card."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("card.not-found", Text(zh="该人员尚无已激活的卡。", en="This person has no active card."))
