"""Unified social credit code, GB 32100-2015: 18 characters, the last a check character modulo 31."""

from __future__ import annotations

from dataclasses import dataclass

from rongka.text import Text

from .errors import WrongCharacterError, WrongCheckError, WrongLengthError

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
MODULUS = 31


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A code whose check character fits."""

    value: str

    def __str__(self) -> str:
        """Return the 18 characters."""
        return self.value


def parse_credit_code(text: str) -> CreditCode:
    """Read a code, letters in either case and blanks around it allowed; raise an `IdentifierError` if it is none."""
    code = text.strip().upper()
    if len(code) != LENGTH:
        raise _wrong_length(len(code))
    for position, character in enumerate(code, start=1):
        if character not in ALPHABET:
            raise _wrong_character(position)
    if code[-1] != _check_character(code[:-1]):
        raise _wrong_check()
    return CreditCode(value=code)


def _check_character(body: str) -> str:
    # GB 32100-2015: the weight of the i-th character is 3 to the power (i - 1), modulo 31.
    total = sum(ALPHABET.index(character) * pow(3, place, MODULUS) for place, character in enumerate(body))
    return ALPHABET[-total % MODULUS]


def _wrong_length(length: int) -> WrongLengthError:
    return WrongLengthError(
        code="credit-code.length",
        text=Text(
            zh=f"统一社会信用代码应为18位，所填为{length}位。",
            en=f"A unified social credit code has 18 characters; this one has {length}.",
        ),
    )


def _wrong_character(position: int) -> WrongCharacterError:
    return WrongCharacterError(
        code="credit-code.character",
        text=Text(
            zh=f"统一社会信用代码第{position}位有误：只能是数字或大写字母，且不含I、O、S、V、Z。",
            en=f"Character {position} cannot stand in a credit code: only digits and letters without I, O, S, V, Z.",
        ),
    )


def _wrong_check() -> WrongCheckError:
    return WrongCheckError(
        code="credit-code.check",
        text=Text(
            zh="统一社会信用代码的校验码不符，可能有笔误。",
            en="The check character of the unified social credit code does not fit; there may be a slip.",
        ),
    )
