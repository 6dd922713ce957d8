"""Names and numbers as they are shown, and their masks."""

from __future__ import annotations

import re

MASK = "***"
SHOWN = 4  # digits of a number that stay readable at each end
SHORT = 2 * SHOWN + 1  # a number up to this length would show (nearly) whole; half as much is shown then


def printed_name(surname: str, given_names: str) -> str:
    """Return ``MÜLLER, ANNA MARIA``; a single name stays single, never filled up with "FNU"."""
    parts = [part.strip() for part in (surname, given_names)]
    # "ß".upper() is "SS", the passport's own form for capitals (ICAO 9303-3, section 6).
    return ", ".join(part.upper() for part in parts if part)


def masked_name(name: str) -> str:
    """Return the first letter of each part and three stars: ``M***, A*** M***``; 安娜·穆勒 gives 安***·穆***."""
    return re.sub(r"[^\s,·]+", lambda part: part.group()[0] + MASK, name)


def masked_number(number: str) -> str:
    """Return the first 4 and the last 4 characters: ``3101***0042``; of a short number the first 2 and the last 2."""
    shown = SHOWN if len(number) > SHORT else SHOWN // 2
    if len(number) <= 2 * shown:
        return MASK
    return f"{number[:shown]}{MASK}{number[-shown:]}"
