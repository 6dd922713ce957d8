"""Errors of the agencies' register.

RegisterError
└── Invalid
    └── CreditCodeInvalid    the unified social credit code fails its check
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.registers.journal.errors import Invalid
from rongka.rulebook.sources import named_source
from rongka.text import Text

if TYPE_CHECKING:
    from rongka.rulebook.identifiers.errors import IdentifierError


class CreditCodeInvalid(Invalid):
    """GB 32100-2015: the code is not one."""

    source = named_source("credit-code")

    def __init__(self, cause: IdentifierError) -> None:
        """Take code and words from the rule book's parser."""
        super().__init__(
            cause.code,
            cause.text,
            next_step=Text(
                zh="请按营业执照逐位核对。", en="Compare it with the business licence, character by character."
            ),
            field="credit_code",
        )
