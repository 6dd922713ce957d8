"""Write a TD3 zone for specimens and demo persons: transliteration, truncation at 39, check digits."""

import re
from datetime import date
from typing import Final

from rongka.proofing.errors import MrzError
from rongka.proofing.mrz import problems
from rongka.proofing.mrz.layout import (
    FILLER,
    ISSUING_STATE,
    NAME,
    NAME_LENGTH,
    NATIONALITY,
    NUMBER,
    OPTIONAL_DATA,
    Element,
    Sex,
    check_digit,
    composite_data,
)
from rongka.proofing.transliteration import APOSTROPHES, HYPHENS, letters_of, writings

MAX_NAME = 400  # characters of one name before truncation; bounds the work

_STATE: Final = re.compile(r"[A-Z]{1,3}")


def build_td3(
    *,
    issuing_state: str,
    surname: str,
    given_names: str,
    number: str,
    nationality: str,
    birth_on: date,
    sex: Sex,
    expires_on: date,
    optional_data: str = "",
) -> str:
    """Write the two lines, joined by a line end, of a passport with these data; a single name is a surname.

    Raises MrzError for what a zone cannot hold.
    """
    for element, state in ((ISSUING_STATE, issuing_state), (NATIONALITY, nationality)):
        if not _STATE.fullmatch(state):
            raise MrzError(problems.form(element))
    first = f"P{FILLER}{issuing_state:{FILLER}<3}{_name_field(surname, given_names)}"
    optional = _padded(OPTIONAL_DATA, optional_data)
    second = (
        _with_check_digit(_padded(NUMBER, number, may_be_empty=False))
        + f"{nationality:{FILLER}<3}"
        + _with_check_digit(f"{birth_on:%y%m%d}")
        + (FILLER if sex is Sex.UNSPECIFIED else sex.value)
        + _with_check_digit(f"{expires_on:%y%m%d}")
        # ICAO 9303-4, 4.2.2.2: the filler is the check digit of absent optional data.
        + (_with_check_digit(optional) if optional.strip(FILLER) else optional + FILLER)
    )
    return f"{first}\n{second}{check_digit(composite_data(second))}"


def mrz_names(*, surname: str, given_names: str) -> tuple[str, str]:
    """Surname and given names as the zone writes them: transliterated, in capitals, cut to fit 39 positions."""
    primary, _, secondary = _name_field(surname, given_names).partition(FILLER * 2)
    return primary.strip(FILLER).replace(FILLER, " "), secondary.strip(FILLER).replace(FILLER, " ")


def _name_field(surname: str, given_names: str) -> str:
    primary, secondary = _components(surname), _components(given_names)
    if not primary:
        raise MrzError(problems.not_writable(NAME))
    return f"{_fit(primary, secondary):{FILLER}<{NAME_LENGTH}}"


def _components(name: str) -> list[str]:
    """Split into parts in A to Z. ICAO 9303-4, 4.2.2.3: apostrophes vanish, hyphens and spaces separate."""
    written = ""
    if len(name) > MAX_NAME:
        raise MrzError(problems.not_writable(NAME))
    for character in letters_of(name):
        if character in HYPHENS or character == "," or character.isspace():
            written += FILLER
        elif character in APOSTROPHES or not character.isalpha():
            continue
        elif options := writings(character):
            written += options[0]
        else:
            raise MrzError(problems.not_writable(NAME))
    return [part for part in written.split(FILLER) if part]


def _fit(primary: list[str], secondary: list[str]) -> str:
    """Shorten to 39 so that the last position is a letter, which tells a reader that the name was cut (9303-4)."""
    whole = _joined(primary, secondary)
    if len(whole) <= NAME_LENGTH:
        return whole
    # ICAO 9303-4, 4.2.2.3: the secondary identifier keeps at least its first letter, so 36 remain for the primary.
    room = NAME_LENGTH - 3 if secondary else NAME_LENGTH
    primary = _cut(primary, room)
    secondary = _cut(secondary, NAME_LENGTH - len(FILLER.join(primary)) - 2)
    return _joined(primary, secondary)


def _joined(primary: list[str], secondary: list[str]) -> str:
    return (FILLER * 2).join(FILLER.join(parts) for parts in (primary, secondary) if parts)


def _cut(parts: list[str], room: int) -> list[str]:
    """Keep ``room`` characters; never ending in a separator, for which the longest part gives up a letter."""
    text = FILLER.join(parts)[:room]
    if not text.endswith(FILLER):
        return text.split(FILLER) if text else []
    kept = text.rstrip(FILLER).split(FILLER)
    longest = max(range(len(kept)), key=lambda index: len(kept[index]))
    if len(kept[longest]) == 1:  # nothing but initials: nothing can give way
        return kept
    kept[longest] = kept[longest][:-1]
    return [*kept, parts[len(kept)][0]]


def _padded(element: Element, value: str, *, may_be_empty: bool = True) -> str:
    """Write the value in the zone's alphabet, filled up to the element's width."""
    width = element.end - element.start
    written = re.sub(r"[ \-]", FILLER, value.upper())
    pattern = r"[A-Z0-9][A-Z0-9<]*"
    if len(written) > width or not (re.fullmatch(pattern, written, re.ASCII) or (may_be_empty and not written)):
        raise MrzError(problems.not_writable(element))
    return f"{written:{FILLER}<{width}}"


def _with_check_digit(data: str) -> str:
    return data + check_digit(data)
