"""Reading and writing single claims: each is of one type, within limits, or a `ClaimsError`."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, Final

from rongka.credential.errors import ClaimsError

CHINA: Final = timezone(timedelta(hours=8), "Asia/Shanghai")  # one zone, no summer time since 1991
MAX_TEXT: Final = 200  # characters of one field; the longest registered company names have about 100
LAST_MOMENT: Final = 253_370_764_800  # the year 9999: a day later would overflow `datetime` in some time zone
_EPOCH: Final = date(1970, 1, 1).toordinal()
_CHINA_SECONDS: Final = 8 * 3600
_DAY_SECONDS: Final = 86_400
# The planes 2 and 3 of Unicode, of Han characters, without their last two places, which are no characters.
_HAN: Final = (range(0x2_0000, 0x2_FFFE), range(0x3_0000, 0x3_FFFE))


def text(claims: Mapping[Any, object], key: object) -> str:
    """Give a required text; texts that UTF-16 makes shorter are byte strings of UTF-16BE (see `pack_text`)."""
    return checked_text(unchecked_text(claims, key), name=repr(key))


def unchecked_text(claims: Mapping[Any, object], key: object) -> str:
    """Give a required text as `text` does, for a caller who then checks it by `checked_text`."""
    value = claims.get(key)
    if type(value) is bytes:
        try:
            value = value.decode("utf-16-be")
        except UnicodeDecodeError:
            value = None
    if type(value) is not str:
        raise ClaimsError(f"claim {key!r} is missing or no text")
    return value


def checked_text(value: str, *, name: str) -> str:
    """Give `value` when it is 1 to `MAX_TEXT` printable characters without spaces at its ends."""
    if not 0 < len(value) <= MAX_TEXT or not _is_printable(value) or value != value.strip():
        raise ClaimsError(f"{name} is empty, too long or has characters that cannot be shown")
    return value


def _is_printable(value: str) -> bool:
    # What is not assigned yet among Han characters can only become one: a rare name, known to the issuer's Unicode,
    # must not be refused by a reader's older one.
    return value.isprintable() or all(
        character.isprintable() or any(ord(character) in plane for plane in _HAN) for character in value
    )


def check_texts(names: Sequence[str], values: Sequence[str]) -> None:
    """Raise `ClaimsError` unless `checked_text` would give each of `values`.

    On the hot path all are looked at as the lines of one text: among printable characters only the space is one that
    `strip` takes away.
    """
    lines = "\n" + "\n".join(values) + "\n"
    is_good = (
        lines.count("\n") == len(values) + 1
        and lines.replace("\n", "").isprintable()
        and not ("\n\n" in lines or "\n " in lines or " \n" in lines)
        and max(map(len, values)) <= MAX_TEXT
    )
    if not is_good:
        for name, value in zip(names, values, strict=True):
            checked_text(value, name=name)


def pack_text(value: str) -> str | bytes:
    """Give `value`, or its UTF-16BE when that is shorter than UTF-8: Chinese takes two bytes a character, not three."""
    wide = value.encode("utf-16-be")
    return wide if len(wide) < len(value.encode("utf-8")) else value


def whole_number(claims: Mapping[Any, object], key: object, *, most: int = LAST_MOMENT) -> int:
    """Give a required integer from 0 to `most`."""
    value = claims.get(key)
    if type(value) is not int or not 0 <= value <= most:
        raise ClaimsError(f"claim {key!r} is missing or no number in range")
    return value


def octets(claims: Mapping[Any, object], key: object, *, least: int, most: int) -> bytes:
    """Give a required byte string of `least` to `most` bytes."""
    value = claims.get(key)
    if type(value) is not bytes or not least <= len(value) <= most:
        raise ClaimsError(f"claim {key!r} is missing or no bytes of the right length")
    return value


def mapping(claims: Mapping[Any, object], key: object) -> dict[Any, object]:
    """Give a required map, by numbers in CBOR and by names in JSON."""
    value = claims.get(key)
    if not isinstance(value, dict):
        raise ClaimsError(f"claim {key!r} is missing or no map")
    return value


def moment(claims: Mapping[Any, object], key: object) -> datetime:
    """Give a required NumericDate (RFC 8392, 2), whole seconds only, as an instant in UTC."""
    value = claims.get(key)
    if type(value) is not int or not 0 <= value <= LAST_MOMENT:
        raise ClaimsError(f"claim {key!r} is missing or no number in range")
    return datetime.fromtimestamp(value, UTC)


def china_day(claims: Mapping[Any, object], key: object) -> date:
    """Give the day in China on which a required NumericDate lies."""
    return date.fromordinal(_EPOCH + (whole_number(claims, key) + _CHINA_SECONDS) // _DAY_SECONDS)


def seconds(at: datetime) -> int:
    """Give an aware instant as whole seconds of the epoch."""
    if at.tzinfo is None:
        raise ClaimsError("an instant without a time zone")
    return int(at.timestamp())


def midnight(on: date) -> datetime:
    """Give the first instant of a day in China."""
    return datetime(on.year, on.month, on.day, tzinfo=CHINA)
