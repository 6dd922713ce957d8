"""The machine-readable form of a name, derived from the printed one (ICAO Doc 9303-3, 6.A; 9303-4, 4.2.2)."""

import unicodedata
from typing import Final

MRZ_NAME_LENGTH: Final = 39  # ICAO 9303-4: line 1 of a passport leaves 39 places for the name
_TRANSLITERATED: Final = str.maketrans({
    "Ä": "AE", "Å": "AA", "Æ": "AE", "Ö": "OE", "Ø": "OE", "Ü": "UE", "ẞ": "SS", "Ñ": "N",
    "Þ": "TH", "Ð": "D", "Ł": "L", "Đ": "D", "Œ": "OE", "İ": "I", "ı": "I", "Ħ": "H", "Ŋ": "N", "Ŧ": "T",
    "'": None, "’": None, "ʼ": None, ".": None, "-": " ",
})  # fmt: skip
_PLAIN: Final = bytes.maketrans(b"-", b" ")
_OUTSIDE: Final = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ ,-"))


def mrz_name(printed: str) -> str:
    """Give the name line of the machine-readable zone for ``SURNAME, GIVEN NAMES``, at most 39 characters, unpadded.

    Passports may differ (an issuer may write Ü as UXX): a name read from a passport goes before this one.
    """
    if not printed.isascii():
        composed = unicodedata.normalize("NFC", printed).replace("ß", "ẞ").upper().translate(_TRANSLITERATED)
        printed = unicodedata.normalize("NFD", composed)
    letters = printed.upper().encode("ascii", "ignore").translate(_PLAIN, _OUTSIDE).decode("ascii")
    surname, _, given = letters.partition(",")
    parts = ["<".join(part.replace(",", " ").split()) for part in (surname, given)]
    return "<<".join(part for part in parts if part)[:MRZ_NAME_LENGTH]
