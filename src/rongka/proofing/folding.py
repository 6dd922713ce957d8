"""Names as sequences of letters that can each be written in several ways, and whether two of them can be the same."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rongka.proofing.transliteration import APOSTROPHES, HYPHENS, letters_of, writings

Letters = tuple[tuple[str, ...], ...]
"""For each letter of a name all its writings in A to Z."""

# People separate with all of these; the filler is there because some copy their name from the machine readable zone.
_SEPARATORS: Final = HYPHENS | frozenset(",;.<，、")

_HAN: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
# The point inside a foreigner's Chinese name is U+00B7; keyboards give all the others too.
_CHINESE_POINTS: Final = re.compile(r"[·・•.‧∙⋅⸱。,，\s<\-]+")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a name, as it was written and as its letters."""

    text: str
    letters: Letters

    @property
    def plain(self) -> str:
        """Give the preferred writing, in A to Z."""
        return "".join(options[0] for options in self.letters)


def parts_of(name: str) -> tuple[Part, ...] | None:
    """Split a name in Latin letters into its parts; None when it holds anything else."""
    parts: list[Part] = []
    for word in _separated(letters_of(name)).split():
        letters = []
        for character in word:
            if character in APOSTROPHES or unicodedata.category(character) == "Mn":
                continue
            options = writings(character)
            if not options:
                return None
            letters.append(options)
        if letters:
            parts.append(Part(word.upper(), tuple(letters)))
    return tuple(parts)


def joined(parts: Iterable[Part]) -> Letters:
    """Put parts together, for spaces and hyphens are never a difference inside a surname or given names."""
    return tuple(options for part in parts for options in part.letters)


def alike(one: Letters, other: Letters) -> bool:
    """Whether some writing of the one is some writing of the other, such as MÜLLER and MUELLER."""
    todo, seen = [(0, 0, "", "")], set()
    while todo:
        state = todo.pop()
        if state in seen:
            continue
        seen.add(state)
        # How far each side has been written, and what it has written that the other side has not yet.
        i, j, left, right = state
        if not left and i < len(one):
            todo += [step for w in one[i] if (step := _cancelled(i + 1, j, w, right))]
        elif not right and j < len(other):
            todo += [step for w in other[j] if (step := _cancelled(i, j + 1, left, w))]
        elif not left and not right:
            return True
    return False


def _cancelled(i: int, j: int, left: str, right: str) -> tuple[int, int, str, str] | None:
    """Take away what both sides have written; None when they differ."""
    shared = min(len(left), len(right))
    return (i, j, left[shared:], right[shared:]) if left[:shared] == right[:shared] else None


def _separated(name: str) -> str:
    return "".join(" " if character in _SEPARATORS else character for character in name)


def is_chinese(name: str) -> bool:
    """Whether the name has a Chinese character."""
    return bool(_HAN.search(unicodedata.normalize("NFKC", name)))


def chinese_parts(name: str) -> tuple[str, ...]:
    """Split a Chinese name at its points, whichever of their many forms was typed."""
    parts = _CHINESE_POINTS.split(unicodedata.normalize("NFKC", name).upper())
    return tuple(part for part in parts if part)
