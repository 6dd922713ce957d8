"""Errors of the inspection register.

RegisterError
├── Invalid
│   ├── PurposeUnknown     an inspector says why, from the list
│   ├── CheckUnreadable    a scanner sent something that is no check; names the field
│   ├── CheckFromFuture    the scanner's clock is wrong
│   └── CheckTooOld
└── Conflict
    ├── CheckIdReused      one number, two different checks
    └── AlreadyFiled
"""

from rongka.registers.journal.errors import Conflict, Invalid
from rongka.text import Text


class PurposeUnknown(Invalid):
    """Who sees a person says why."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "check.purpose-unknown",
            Text(zh="须选择查验目的。", en="Choose the purpose of the check."),
            next_step=Text(zh="请在列表中选择。", en="Choose from the list."),
            field="purpose",
        )


class CheckUnreadable(Invalid):
    """What the scanner sent is no check."""

    def __init__(self, field: str) -> None:
        """Name the field."""
        super().__init__(
            "check.unreadable",
            Text(zh=f"查验记录的内容无法读取（{field}）。", en=f"The record of the check cannot be read ({field})."),
            next_step=Text(zh="请更新查验端后重试。", en="Update the scanner and try again."),
            field=field,
        )


class CheckFromFuture(Invalid):
    """A check that has not happened yet."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "check.from-future",
            Text(zh="查验时间晚于当前时间。", en="The time of the check lies in the future."),
            next_step=Text(zh="请校准设备时间。", en="Set the clock of the device right."),
            field="checked_at",
        )


class CheckTooOld(Invalid):
    """A check that comes too late to be written down."""

    def __init__(self, days: int) -> None:
        """Say from when on it is."""
        super().__init__(
            "check.too-old",
            Text(zh=f"查验时间超过{days}日，不再受理同步。", en=f"The check is more than {days} days old."),
            next_step=Text(zh="请按书面程序报告本次查验。", en="Report this check on paper."),
            field="checked_at",
        )


class CheckIdReused(Conflict):
    """The scanner's number stands for another check already."""

    def __init__(self) -> None:
        """Say so; the first one stays as it is."""
        super().__init__(
            "check.id-reused",
            Text(zh="该编号已用于另一次查验。", en="This number already stands for another check."),
            next_step=Text(zh="请以新编号重新提交。", en="Send it again under a new number."),
            field="id",
        )


class AlreadyFiled(Conflict):
    """One check is filed once."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "filing.already-filed",
            Text(zh="该次查验已备案。", en="This check is filed already."),
            next_step=Text(zh="请查看备案记录。", en="Look at the filing."),
        )
