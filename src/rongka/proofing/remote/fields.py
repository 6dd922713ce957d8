"""Reading JSON that others wrote: every field is asked for by its kind, and what is not of that kind is malformed."""

import json
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, NoReturn, Self, TypeVar

from rongka.proofing.remote.errors import ProviderError
from rongka.text import Text

MAX_TEXT: Final = 400  # letters
MAX_ROWS: Final = 64
_MOST: Final = 1e12  # of a number; seconds since 1970 have ten digits

_Word = TypeVar("_Word", bound=StrEnum)


def base64_of(data: bytes) -> str:
    """Write bytes in JSON (RFC 4648, 4)."""
    return b64encode(data).decode("ascii")


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object; each method raises ProviderError when the field is missing or of another kind."""

    values: dict[str, Any]

    @classmethod
    def of_json(cls, data: bytes) -> Self:
        """Read an object; no name stands twice, and no number is NaN."""
        try:
            value = json.loads(data, object_pairs_hook=_once, parse_constant=_refuse)
        except (ValueError, RecursionError):
            raise ProviderError.of("remote.malformed") from None
        return cls._of(value)

    @classmethod
    def _of(cls, value: object) -> Self:
        if not isinstance(value, dict):
            raise ProviderError.of("remote.malformed")
        return cls(value)

    @property
    def names(self) -> set[str]:
        """The names of all fields."""
        return set(self.values)

    def text(self, name: str) -> str:
        """Give a text of at most `MAX_TEXT` letters."""
        value = self.values.get(name)
        if not isinstance(value, str) or len(value) > MAX_TEXT:
            raise ProviderError.of("remote.malformed")
        return value

    def optional_text(self, name: str) -> str | None:
        """Give a text, or None where there is null or nothing."""
        return None if self.values.get(name) is None else self.text(name)

    def words(self, name: str) -> Text:
        """Give words in both languages; neither may be empty."""
        inner = self.inner(name)
        zh, en = inner.text("zh"), inner.text("en")
        if not (zh and en):
            raise ProviderError.of("remote.malformed")
        return Text(zh, en)

    def word(self, name: str, kind: type[_Word]) -> _Word:
        """Give one of the words of an enumeration."""
        try:
            return kind(self.text(name))
        except ValueError:
            raise ProviderError.of("remote.malformed") from None

    def day(self, name: str) -> date:
        """Give a day, ``YYYY-MM-DD``."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            raise ProviderError.of("remote.malformed") from None

    def number(self, name: str) -> float:
        """Give a number."""
        value = self.values.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not -_MOST <= value <= _MOST:
            raise ProviderError.of("remote.malformed")
        return value

    def optional_number(self, name: str) -> float | None:
        """Give a number, or None where there is null or nothing."""
        return None if self.values.get(name) is None else self.number(name)

    def flag(self, name: str) -> bool:
        """Give true or false."""
        value = self.values.get(name)
        if not isinstance(value, bool):
            raise ProviderError.of("remote.malformed")
        return value

    def inner(self, name: str) -> "Fields":
        """Give an object within."""
        return Fields._of(self.values.get(name))

    def optional_inner(self, name: str) -> "Fields | None":
        """Give an object within, or None where there is null or nothing."""
        return None if self.values.get(name) is None else self.inner(name)

    def rows(self, name: str) -> list["Fields"]:
        """Give a list of objects, at most `MAX_ROWS`."""
        return [Fields._of(row) for row in self._list(name)]

    def texts(self, name: str) -> list[str]:
        """Give a list of texts, at most `MAX_ROWS`."""
        rows = self._list(name)
        return [Fields({"text": row}).text("text") for row in rows]

    def _list(self, name: str) -> list[object]:
        value = self.values.get(name)
        if not isinstance(value, list) or len(value) > MAX_ROWS:
            raise ProviderError.of("remote.malformed")
        return value


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    rows = list(pairs)
    found = dict(rows)
    if len(found) != len(rows):
        msg = "a name stands twice"
        raise ValueError(msg)
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
