"""Where each data element of a TD3 zone stands, and the check digits (ICAO 9303-3, 4.9; 9303-4, 4.2.2)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rongka.text import Text

LINE_LENGTH: Final = 44  # ICAO 9303-4, 4.2.2
NAME_LENGTH: Final = 39  # positions 6 to 44 of line 1
FILLER: Final = "<"
ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS: Final = (7, 3, 1)


class Sex(StrEnum):
    """As the visual zone shows it; the machine readable zone writes ``<`` for X."""

    FEMALE = "F"
    MALE = "M"
    UNSPECIFIED = "X"


@dataclass(frozen=True, slots=True)
class Element:
    """A data element: ``line`` counts from 1, ``start`` and ``end`` are a half-open range of characters from 0."""

    code: str
    title: Text
    line: int
    start: int
    end: int

    def of(self, lines: tuple[str, str]) -> str:
        """Give the element's characters."""
        return lines[self.line - 1][self.start : self.end]


DOCUMENT_CODE: Final = Element("document-code", Text("证件代码", "document code"), 1, 0, 2)
ISSUING_STATE: Final = Element("issuing-state", Text("签发国", "issuing state"), 1, 2, 5)
NAME: Final = Element("name", Text("姓名", "name"), 1, 5, 44)
NUMBER: Final = Element("number", Text("护照号码", "passport number"), 2, 0, 9)
NATIONALITY: Final = Element("nationality", Text("国籍", "nationality"), 2, 10, 13)
BIRTH: Final = Element("birth-date", Text("出生日期", "date of birth"), 2, 13, 19)
SEX: Final = Element("sex", Text("性别", "sex"), 2, 20, 21)
EXPIRY: Final = Element("expiry-date", Text("有效期至", "date of expiry"), 2, 21, 27)
OPTIONAL_DATA: Final = Element("optional-data", Text("备用信息", "optional data"), 2, 28, 42)
COMPOSITE: Final = Element("composite", Text("第二行综合", "whole second line"), 2, 0, 43)

CHECKED: Final = (NUMBER, BIRTH, EXPIRY, OPTIONAL_DATA)
"""The elements whose check digit stands right behind them."""

LETTERS: Final = (DOCUMENT_CODE, ISSUING_STATE, NAME, NATIONALITY)
"""The elements that hold no digits."""


def check_digit(data: str) -> str:
    """Compute the check digit of characters A-Z, 0-9 and ``<``: weights 7-3-1, modulo 10."""
    # ICAO 9303-3, 4.9: the filler counts 0, A counts 10, Z counts 35.
    total = sum((ALPHABET.find(c) if c != FILLER else 0) * _WEIGHTS[i % 3] for i, c in enumerate(data))
    return str(total % 10)


def composite_data(second_line: str) -> str:
    """Give what the composite check digit covers: positions 1-10, 14-20 and 22-43 (ICAO 9303-4, 4.2.2.2)."""
    return second_line[0:10] + second_line[13:20] + second_line[21:43]
