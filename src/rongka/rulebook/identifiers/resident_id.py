"""Number of the foreign permanent resident ID card, 2023 version: 18 digits, the first a 9, check by MOD 11-2.

The check may be an X, as with the citizen's number (ISO 7064).
"""

from __future__ import annotations

from dataclasses import dataclass

from rongka.text import Text

from .errors import WrongCharacterError, WrongCheckError, WrongLengthError

LENGTH = 18
FIRST = "9"
DIGITS = frozenset("0123456789")
CHECK_CHARACTERS = "0123456789X"
MODULUS = 11


@dataclass(frozen=True, slots=True)
class ResidentId:
    """A number whose check character fits."""

    value: str

    def __str__(self) -> str:
        """Return the 18 characters."""
        return self.value


def parse_resident_id(text: str) -> ResidentId:
    """Read a number, blanks around it and a small x allowed; raise an `IdentifierError` if it is none."""
    number = text.strip().upper()
    if len(number) != LENGTH:
        raise _wrong_length(len(number))
    for position, character in enumerate(number, start=1):
        if not _may_stand(character, position):
            raise _wrong_character(position)
    if number[-1] != _check_character(number[:-1]):
        raise _wrong_check()
    return ResidentId(value=number)


def _may_stand(character: str, position: int) -> bool:
    if position == 1:
        return character == FIRST
    return character in (CHECK_CHARACTERS if position == LENGTH else DIGITS)


def _check_character(body: str) -> str:
    # ISO 7064, MOD 11-2: read from the left, each step doubles what came before.
    total = 0
    for digit in body:
        total = (total + int(digit)) * 2 % MODULUS
    return CHECK_CHARACTERS[(1 - total) % MODULUS]


def _wrong_length(length: int) -> WrongLengthError:
    return WrongLengthError(
        code="resident-id.length",
        text=Text(
            zh=f"外国人永久居留身份证号码应为18位，所填为{length}位。",
            en=f"A permanent resident's number has 18 characters; this one has {length}.",
        ),
    )


def _wrong_character(position: int) -> WrongCharacterError:
    return WrongCharacterError(
        code="resident-id.character",
        text=Text(
            zh=f"外国人永久居留身份证号码第{position}位有误：首位为9，其余为数字，末位可为X。",
            en=f"Character {position} cannot stand in this number: first a 9, then digits; the last may be an X.",
        ),
    )


def _wrong_check() -> WrongCheckError:
    return WrongCheckError(
        code="resident-id.check",
        text=Text(
            zh="外国人永久居留身份证号码的校验码不符，可能有笔误。",
            en="The check character of the permanent resident's number does not fit; there may be a slip.",
        ),
    )
