"""Names are matched, never compared: a typed name against a passport's printed (VIZ) and machine readable (MRZ) forms.

Order, case, accents, transliteration, apostrophes, hyphens, spaces and the cut at 39 make no difference. Anything else
is a mismatch that is explained: to an officer with the parts, to someone who signs in with the kinds only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rongka.proofing.differences import DifferenceKind, NameDifference, explained, find_differences
from rongka.proofing.errors import MrzError
from rongka.proofing.folding import Part, alike, chinese_parts, is_chinese, joined, parts_of
from rongka.proofing.mrz import mrz_names
from rongka.proofing.mrz.layout import NAME_LENGTH
from rongka.text import Text

__all__ = ["DifferenceKind", "NameDifference", "NameMatch", "match_names"]

MAX_TYPED = 400  # characters; longer than any name that a passport can print
MAX_PARTS = 40  # bounds the work on a hostile text

_PRINTED: Final = ("name.printed", Text("与护照上印的姓名一致。", "Matches the name printed in the passport."))
_MACHINE_READABLE: Final = (
    "name.machine-readable",
    Text("与护照机读码中的姓名一致。", "Matches the name in the passport's machine readable zone."),
)
_CUT: Final = (
    "name.cut",
    Text("与护照上的姓名截至39个字符的写法一致。", "Matches the passport's name, cut at 39 characters."),
)
_CHINESE: Final = ("name.chinese", Text("与登记的中文姓名一致。", "Matches the registered Chinese name."))


@dataclass(frozen=True, slots=True)
class NameMatch:
    """The answer, and why. ``text`` may name parts of the stored name; ``safe`` never does."""

    matched: bool
    code: str
    text: Text
    safe: Text
    differences: tuple[NameDifference, ...] = ()


def match_names(
    given: str,
    *,
    viz_surname: str,
    viz_given_names: str,
    mrz_surname: str,
    mrz_given_names: str,
    chinese_name: str | None = None,
) -> NameMatch:
    """Match what was typed with one person's stored names, of which surname or given names may be empty."""
    if len(given) > MAX_TYPED:
        return _mismatch(NameDifference(DifferenceKind.TOO_LONG))
    if is_chinese(given):
        return _match_chinese(given, chinese_name)
    typed = parts_of(given)
    if typed is None or not typed or len(typed) > MAX_PARTS:
        return _mismatch(NameDifference(_unusable(given, typed)))
    viz, mrz = (viz_surname, viz_given_names), (mrz_surname, mrz_given_names)
    for how, stored in ((_PRINTED, viz), (_MACHINE_READABLE, mrz)):
        if _matches(typed, *(parts_of(name) for name in stored)):
            return _match(*how)
    if any(alike(joined(typed), joined(form)) for form in _cut_forms(*viz)):
        return _match(*_CUT)
    return _mismatch(*find_differences(typed, stored=[_all_parts(form) for form in (viz, mrz)]))


def _match(code: str, text: Text) -> NameMatch:
    return NameMatch(matched=True, code=code, text=text, safe=text)


def _mismatch(*differences: NameDifference) -> NameMatch:
    return NameMatch(
        matched=False,
        code=f"name.{differences[0].kind}",
        text=explained(differences),
        safe=explained(differences, only_kinds=True),
        differences=differences,
    )


def _unusable(given: str, typed: tuple[Part, ...] | None) -> DifferenceKind:
    """Say why the typed text cannot be a name in Latin letters."""
    if typed is None:
        # Letters of another script can be helped; digits and signs are a slip of the hand.
        foreign = any(c.isalpha() and parts_of(c) is None for c in given)
        return DifferenceKind.SCRIPT if foreign else DifferenceKind.CHARACTERS
    return DifferenceKind.TOO_LONG if typed else DifferenceKind.EMPTY


def _matches(typed: tuple[Part, ...], surname: tuple[Part, ...] | None, given: tuple[Part, ...] | None) -> bool:
    """Whether the typed parts are surname and given names, in either order."""
    if surname is None or given is None or not (surname or given):
        return False
    return _falls_into(typed, surname, given) or _falls_into(typed, given, surname)


def _falls_into(typed: tuple[Part, ...], first: tuple[Part, ...], second: tuple[Part, ...]) -> bool:
    """Whether the typed parts can be split in two so that each half is alike.

    LI NA is not LIN A: where the typed text separates, it must not contradict the border between the two names.
    """
    if len(typed) == 1 or not (first and second):
        return alike(joined(typed), joined(first + second))
    whole_first, whole_second = joined(first), joined(second)
    return any(
        alike(joined(typed[:border]), whole_first) and alike(joined(typed[border:]), whole_second)
        for border in range(1, len(typed))
    )


def _cut_forms(surname: str, given_names: str) -> Iterator[tuple[Part, ...]]:
    """Give the ways in which other systems cut a long name: by ICAO's rule, or simply after 39 characters."""
    for separator in (", ", " "):
        for first, second in ((surname, given_names), (given_names, surname)):
            whole = separator.join(part for part in (first.strip(), second.strip()) if part)
            if len(whole) > NAME_LENGTH:
                yield parts_of(whole[:NAME_LENGTH]) or ()
    try:
        cut = mrz_names(surname=surname, given_names=given_names)
    except MrzError:  # nothing in Latin letters to cut
        return
    parts = parts_of(" ".join(cut)) or ()
    if len(joined(parts)) < sum(len(part.plain) for part in _all_parts((surname, given_names))):
        yield parts


def _all_parts(names: tuple[str, str]) -> tuple[Part, ...]:
    return tuple(part for name in names for part in parts_of(name) or ())


def _match_chinese(given: str, chinese_name: str | None) -> NameMatch:
    typed, stored = chinese_parts(given), chinese_parts(chinese_name or "")
    orders = {"".join(stored), "".join(reversed(stored))}
    if stored and "".join(typed) in orders:
        return _match(*_CHINESE)
    return _mismatch(NameDifference(DifferenceKind.CHINESE, typed=given, stored=chinese_name or ""))
