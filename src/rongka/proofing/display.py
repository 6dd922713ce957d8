"""How names and numbers are shown: in full as the passport prints them, or masked."""

import re
import unicodedata

_MARK = "***"
_SHOWN = 4  # first and last characters of a masked number
_HIDDEN = 4  # at least so many stay hidden: a passport number has nine characters, 4 + 4 would show nearly all of it


def display_name(*, surname: str, given_names: str) -> str:
    """Write ``MÜLLER, ANNA MARIA``; a single name stays single."""
    return ", ".join(part for part in (_capitals(surname), _capitals(given_names)) if part)


def _capitals(name: str) -> str:
    # German passports print the capital ẞ; Python would write SS.
    return " ".join(name.replace("ß", "ẞ").upper().split())


def mask_name(name: str) -> str:
    """Keep the first letter of each part: ``M***, A*** M***``, ``安***·穆***``."""
    return re.sub(r"[^\s,·]+", _masked_part, unicodedata.normalize("NFC", name))


def _masked_part(part: re.Match[str]) -> str:
    marks = re.match(r".[\u0300-\u036f]*", part.group(), re.DOTALL)
    return (marks.group() if marks else "") + _MARK


def mask_number(number: str) -> str:
    """Keep the first and last four characters, fewer of a short number, so that at least four stay hidden."""
    shown = max(0, min(_SHOWN, (len(number) - _HIDDEN) // 2))
    hidden = "*" * (len(number) - 2 * shown)
    return number[:shown] + hidden + number[len(number) - shown :]
