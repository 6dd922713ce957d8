"""Errors of the legal identifiers.

IdentifierError
├── WrongLengthError
├── WrongCharacterError     a character outside the alphabet, or at a place where it may not stand
└── WrongCheckError         the check character does not fit
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rongka.text import Text


class IdentifierError(Exception):
    """The text is no such identifier; `code` is stable, `text` says what is wrong."""

    def __init__(self, *, code: str, text: Text) -> None:
        """Keep the code and the words."""
        super().__init__(code)
        self.code = code
        self.text = text


class WrongLengthError(IdentifierError):
    """Too short or too long."""


class WrongCharacterError(IdentifierError):
    """A character that may not stand there."""


class WrongCheckError(IdentifierError):
    """The check character does not fit: most likely a slip of the pen."""
