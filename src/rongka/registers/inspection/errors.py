"""Errors of the inspection register.

RegisterError
├── Invalid
│   └── PurposeUnknown     an inspector says why, from the list
└── Conflict
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


class AlreadyFiled(Conflict):
    """One check is filed once."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "filing.already-filed",
            Text(zh="该次查验已备案。", en="This check is filed already."),
            next_step=Text(zh="请查看备案记录。", en="Look at the filing."),
        )
