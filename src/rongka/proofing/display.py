"""How names are shown: in full as the passport prints them, or masked."""

import re
import unicodedata

MASK = "***"


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
    return (marks.group() if marks else "") + MASK
