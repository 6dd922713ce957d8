"""Read a TD3 zone: typed or scanned text in, verified fields out, or an MrzError that says where it fails."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from rongka.proofing.errors import MrzError, MrzProblem
from rongka.proofing.mrz import layout, problems
from rongka.proofing.mrz.layout import FILLER, LINE_LENGTH, Element, Sex

MAX_INPUT = 400  # two lines of 44 with room for spaces between all letters; bounds the work on hostile text

_SEXES: Final = {"F": Sex.FEMALE, "M": Sex.MALE, FILLER: Sex.UNSPECIFIED}
_STATE: Final = re.compile(r"[A-Z]{1,3}<{0,2}")
_NAME: Final = re.compile(r"[A-Z][A-Z<]*")
_NUMBER: Final = re.compile(r"[A-Z0-9][A-Z0-9<]*")
# ICAO 9303-3, 4.8: unknown parts of a date of birth are fillers.
_DATE: Final = re.compile(r"[0-9<]{6}")
_DOCUMENT_CODE: Final = re.compile(r"P[A-Z<]")

# Only what certainly means the same is changed: case of A to Z, and the full-width forms that a Chinese keyboard types.
_TYPED: Final = str.maketrans(
    {chr(c): chr(c).upper() for c in range(ord("a"), ord("z") + 1)}
    | {chr(c + 0xFEE0): chr(c).upper() for c in range(0x21, 0x7F)},
)


@dataclass(frozen=True, slots=True)
class Mrz:
    """What a TD3 zone says, after all its check digits were verified. Names are in the zone's own letters."""

    document_code: str
    issuing_state: str
    surname: str
    given_names: str
    number: str
    nationality: str
    birth_on: date
    sex: Sex
    expires_on: date
    optional_data: str
    lines: tuple[str, str]

    @property
    def name_is_cut(self) -> bool:
        """Whether the name may have been shortened to fit (ICAO 9303-4: then the last position holds a letter)."""
        return self.lines[0][-1] != FILLER


def parse_td3(text: str, *, on: date) -> Mrz:
    """Read two lines of 44 characters, in any spacing and case; ``on`` decides the century of two-digit years.

    Raises MrzError, with every failing element, for anything that is not a valid TD3 zone.
    """
    lines = _split(text)
    # A letter O in a date explains itself better than the check digit that it spoils, so the forms come first.
    for found in (list(_form_problems(lines)), list(_check_digit_problems(lines))):
        if found:
            raise MrzError(*found)
    surname, _, given_names = layout.NAME.of(lines).partition(FILLER * 2)
    return Mrz(
        document_code=layout.DOCUMENT_CODE.of(lines).rstrip(FILLER),
        issuing_state=layout.ISSUING_STATE.of(lines).rstrip(FILLER),
        surname=_words(surname),
        given_names=_words(given_names),
        number=layout.NUMBER.of(lines).rstrip(FILLER),
        nationality=layout.NATIONALITY.of(lines).rstrip(FILLER),
        birth_on=_birth_on(layout.BIRTH.of(lines), on=on),
        sex=_SEXES[layout.SEX.of(lines)],
        expires_on=_expires_on(layout.EXPIRY.of(lines), on=on),
        optional_data=layout.OPTIONAL_DATA.of(lines).rstrip(FILLER),
        lines=lines,
    )


def _split(text: str) -> tuple[str, str]:
    """Normalise what was typed and cut it into the two lines."""
    if len(text) > MAX_INPUT:
        raise MrzError(problems.too_long(limit=MAX_INPUT))
    typed = ["".join(line.translate(_TYPED).split()) for line in text.splitlines()]
    lines = [line for line in typed if line]
    # Copying from a document often loses the line end.
    if len(lines) == 1 and len(lines[0]) == 2 * LINE_LENGTH:
        lines = [lines[0][:LINE_LENGTH], lines[0][LINE_LENGTH:]]
    for number, line in enumerate(lines, start=1):
        _refuse_foreign_characters(line, number=number)
    if len(lines) != 2:  # noqa: PLR2004  # a TD3 zone has two lines
        raise MrzError(problems.line_count(count=len(lines)))
    wrong = [problems.line_length(line=n, length=len(s)) for n, s in enumerate(lines, start=1) if len(s) != LINE_LENGTH]
    if wrong:
        raise MrzError(*wrong)
    return lines[0], lines[1]


def _refuse_foreign_characters(line: str, *, number: int) -> None:
    for position, character in enumerate(line, start=1):
        if character not in layout.ALPHABET and character != FILLER:
            raise MrzError(problems.character(character, line=number, position=position))


def _form_problems(lines: tuple[str, str]) -> Iterator[MrzProblem]:
    """Find what an element's form forbids, before any arithmetic."""
    if not _DOCUMENT_CODE.fullmatch(layout.DOCUMENT_CODE.of(lines)):
        yield problems.not_a_passport()
    for element, pattern in (
        (layout.ISSUING_STATE, _STATE),
        (layout.NAME, _NAME),
        (layout.NUMBER, _NUMBER),
        (layout.NATIONALITY, _STATE),
        (layout.BIRTH, _DATE),
        (layout.EXPIRY, _DATE),
    ):
        if not pattern.fullmatch(element.of(lines)):
            yield problems.form(element)
    if layout.SEX.of(lines) not in _SEXES:
        yield problems.sex()


def _check_digit_problems(lines: tuple[str, str]) -> Iterator[MrzProblem]:
    """Each check digit that differs; the composite only when it is the only one, for the others spoil it anyway."""
    second, found = lines[1], False
    for element in layout.CHECKED:
        given, expected = second[element.end], layout.check_digit(element.of(lines))
        # ICAO 9303-4, 4.2.2.2, note: without optional data the check digit may be zero or the filler.
        may_be_filler = element is layout.OPTIONAL_DATA and not element.of(lines).strip(FILLER)
        if given != expected and not (given == FILLER and may_be_filler):
            found = True
            yield problems.check_digit(element, expected=expected, given=given)
    expected = layout.check_digit(layout.composite_data(second))
    if not found and second[-1] != expected:
        yield problems.check_digit(layout.COMPOSITE, expected=expected, given=second[-1])


def _words(field: str) -> str:
    return " ".join(field.replace(FILLER, " ").split())


def _birth_on(digits: str, *, on: date) -> date:
    """Choose the latest such day that is not after ``on``; so nobody is taken for more than 99 years old."""
    days = _days(layout.BIRTH, digits, years=(on.year // 100 * 100, on.year // 100 * 100 - 100))
    past = [day for day in days if day <= on]
    if not past:
        raise MrzError(problems.not_a_date(layout.BIRTH))
    return max(past)


def _expires_on(digits: str, *, on: date) -> date:
    """Choose the day nearest to ``on``: passports run for about ten years, so the century is never in doubt."""
    century = on.year // 100 * 100
    days = _days(layout.EXPIRY, digits, years=(century - 100, century, century + 100))
    return min(days, key=lambda day: abs(day - on))


def _days(element: Element, digits: str, *, years: tuple[int, ...]) -> list[date]:
    """List the real days that two-digit year, month and day can mean."""
    if FILLER in digits:
        raise MrzError(problems.not_a_date(element))
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    found = []
    for century in years:
        try:
            found.append(date(century + year, month, day))
        except ValueError:  # no such day in that century
            continue
    if not found:
        raise MrzError(problems.not_a_date(element))
    return found
