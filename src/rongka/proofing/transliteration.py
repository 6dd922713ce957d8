"""Latin letters outside A to Z, and how a passport's machine readable zone writes them (ICAO 9303-3, section 6.A).

For each letter the first writing is the one that we produce; the others stand on real passports and are typed.
Letters that are not listed are written as their base letter: É as E, Ş as S, Ữ as U.
"""

import unicodedata
from typing import Final

WRITINGS: Final[dict[str, tuple[str, ...]]] = {
    "Ä": ("AE", "A"),
    "Å": ("AA", "A"),
    "Æ": ("AE",),
    "Ð": ("D",),
    "Đ": ("D", "DJ"),
    "Ħ": ("H",),
    "İ": ("I",),
    "ı": ("I",),
    "Ĳ": ("IJ",),
    "ĸ": ("K",),
    "Ł": ("L",),
    "Ñ": ("N", "NXX"),
    "Ŋ": ("N",),
    "Ö": ("OE", "O"),
    "Ø": ("OE", "O"),
    "Œ": ("OE",),
    "ß": ("SS",),
    "ẞ": ("SS",),
    "Þ": ("TH",),
    "Ŧ": ("T",),
    "Ü": ("UE", "U", "UXX"),
    "Ə": ("E", "A"),
    "Ƀ": ("B",),
    "Ɨ": ("I",),
    "Ɵ": ("O",),
    "Ƶ": ("Z",),
}

APOSTROPHES: Final = frozenset("'`´ʻʼʽʹˈ‘’‛′＇＇")  # look-alikes are what people type for an apostrophe
HYPHENS: Final = frozenset("-‐‑‒–—―−﹣－")  # look-alikes are what people type for a hyphen


def writings(letter: str) -> tuple[str, ...]:
    """All ways to write one letter in A to Z, the preferred one first; empty when it is no Latin letter."""
    if letter in WRITINGS:
        return WRITINGS[letter]
    upper = letter.upper()
    if upper in WRITINGS:
        return WRITINGS[upper]
    # Several marks on one letter (Vietnamese Ễ, pinyin Ǘ): without the marks it is the base letter.
    base = unicodedata.normalize("NFD", upper)[:1]
    if base in WRITINGS:
        return WRITINGS[base]
    return (base,) if base.isascii() and base.isalpha() else ()


def letters_of(name: str) -> str:
    """Compose accents with their letters (NFC) after turning full-width and ligature forms into plain ones (NFKC)."""
    # NFKC turns a free-standing acute accent, often typed as an apostrophe, into a space and a mark.
    return unicodedata.normalize("NFKC", "".join("'" if c in APOSTROPHES else c for c in name))
