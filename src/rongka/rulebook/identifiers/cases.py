"""Worked examples of the identifiers: a text, and the value or the error that it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rongka.rulebook import data
from rongka.text import Text

from .credit_code import parse_credit_code
from .errors import IdentifierError
from .resident_id import parse_resident_id

if TYPE_CHECKING:
    from collections.abc import Callable

CASE_FILES = {
    "credit_code": Text(zh="统一社会信用代码（GB 32100—2015）", en="Unified social credit code (GB 32100-2015)"),
    "resident_id": Text(zh="外国人永久居留身份证号码（2023年版）", en="Permanent resident's number (2023 version)"),
}

_PARSERS: dict[str, Callable[[str], object]] = {"credit_code": parse_credit_code, "resident_id": parse_resident_id}


@dataclass(frozen=True, slots=True)
class IdentifierCase:
    """One example: `value` when the text is good, else the error's `code`."""

    identifier: str
    title: Text
    text: str
    value: str | None
    code: str | None

    def result(self) -> tuple[str | None, str | None]:
        """Read the text and return value and error code, one of them None."""
        try:
            return str(_PARSERS[self.identifier](self.text)), None
        except IdentifierError as error:
            return None, error.code


def identifier_cases(identifier: str) -> tuple[IdentifierCase, ...]:
    """Return the cases of one identifier, in the order of its file."""
    tables = data.read_table("identifiers", "cases", f"{identifier}.toml")["case"]
    return tuple(
        IdentifierCase(
            identifier=identifier,
            title=data.text(table["title"]),
            text=table["text"],
            value=table.get("value"),
            code=table.get("refused"),
        )
        for table in tables
    )
