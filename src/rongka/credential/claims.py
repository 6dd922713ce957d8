"""What a card and a notice say, and the numbers that stand for it in a CWT.

Identity stands in claim 169 (MOSIP ID Claim 169, version 1.2.2: field numbers of section 3.1), the permit in one
claim of our own, private use by RFC 8392, 9.1. `docs/credential/claims.md` has the whole table.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Final, Self

from rongka.credential import credit_code
from rongka.credential.errors import ClaimsError
from rongka.credential.fields import (
    check_texts,
    china_day,
    mapping,
    midnight,
    pack_text,
    seconds,
    text,
    unchecked_text,
    whole_number,
)
from rongka.credential.names import mrz_name

# Registered claims: RFC 8392 (1 to 7), RFC 8747 (cnf), RFC 9711 (nonce), Token Status List.
ISS, SUB, AUD, EXP, NBF, IAT, CNF, NONCE = 1, 2, 3, 4, 5, 6, 8, 10
STATUS_LIST, TTL, STATUS = 65533, 65534, 65535
IDENTITY: Final = 169
# Ours, private use (below -65536). A card and a notice have different claims, so that one never passes for the other.
CARD_PERMIT: Final = -65537
NOTICE_PERMIT: Final = -65538

# MOSIP ID Claim 169, 3.1.
_ID, _FULL_NAME, _BIRTH_DATE, _GENDER, _NATIONALITY, _NAME_SECOND_LANGUAGE = 1, 4, 8, 9, 13, 19
# Ours, inside the permit's claim.
_NAME_MRZ, _PASSPORT, _CATEGORY, _EMPLOYER, _CREDIT_CODE, _POST, _PLACE, _NOTICE = range(1, 9)


class Sex(StrEnum):
    """Sex as passports print it (ICAO 9303-4)."""

    MALE = "M"
    FEMALE = "F"
    UNSPECIFIED = "X"


_GENDERS: Final = {Sex.MALE: 1, Sex.FEMALE: 2, Sex.UNSPECIFIED: 3}
_SEXES: Final = {number: sex for sex, number in _GENDERS.items()}
_CATEGORIES: Final = ("A", "B", "C")
_MASK: Final = "***"
_CARD_TEXTS: Final = (
    "permit_number",
    "name_viz",
    "name_mrz",
    "nationality",
    "passport_masked",
    "employer_name",
    "employer_credit_code",
    "post",
    "work_place",
)
_NOTICE_TEXTS: Final = (
    "notice_number",
    "name_viz",
    "name_mrz",
    "nationality",
    "passport_masked",
    "employer_name",
    "post",
)
_SHOWN: Final = 4  # last characters of a number that a mask shows


@dataclass(frozen=True, slots=True, kw_only=True)
class CardClaims:
    """What a card says of its holder; dates are half open, in China: valid on `valid_from`, not on `valid_until`.

    `name_viz` is the printed name as ``SURNAME, GIVEN NAMES``; `mask_number` makes `passport_masked`.
    """

    permit_number: str
    name_viz: str
    name_mrz: str
    sex: Sex
    nationality: str
    birth_date: date
    passport_masked: str
    category: str
    employer_name: str
    employer_credit_code: str
    post: str
    work_place: str
    valid_from: date
    valid_until: date
    name_zh: str | None = None

    def __post_init__(self) -> None:
        """Refuse claims that could not be shown or sorted."""
        _check(self, _CARD_TEXTS if self.name_zh is None else (*_CARD_TEXTS, "name_zh"))
        if self.valid_from >= self.valid_until:
            raise ClaimsError("a validity that ends before it begins")

    def to_cwt(self) -> dict[int, object]:
        """Give the claims by their numbers."""
        identity: dict[int, object] = {
            _ID: self.permit_number,
            _FULL_NAME: self.name_viz,
            _BIRTH_DATE: f"{self.birth_date:%Y%m%d}",
            _GENDER: _GENDERS[self.sex],
            _NATIONALITY: self.nationality,
        }
        permit = {
            _PASSPORT: _pack_mask(self.passport_masked),
            _CATEGORY: _CATEGORIES.index(self.category),
            _EMPLOYER: pack_text(self.employer_name),
            _CREDIT_CODE: credit_code.pack(self.employer_credit_code),
            _POST: pack_text(self.post),
            _PLACE: pack_text(self.work_place),
            **_names(self.name_viz, self.name_mrz),
        }
        if self.name_zh is not None:
            identity[_NAME_SECOND_LANGUAGE] = self.name_zh
        return {
            EXP: seconds(midnight(self.valid_until)),
            NBF: seconds(midnight(self.valid_from)),
            IDENTITY: identity,
            CARD_PERMIT: permit,
        }

    @classmethod
    def from_cwt(cls, claims: dict[object, object]) -> Self:
        """Read the claims of a card; raise `ClaimsError` for any that is missing or wrong."""
        identity, permit = mapping(claims, IDENTITY), mapping(claims, CARD_PERMIT)
        name = unchecked_text(identity, _FULL_NAME)
        return cls(
            permit_number=unchecked_text(identity, _ID),
            name_viz=name,
            name_mrz=unchecked_text(permit, _NAME_MRZ) if _NAME_MRZ in permit else mrz_name(name),
            sex=_sex(identity),
            nationality=unchecked_text(identity, _NATIONALITY),
            birth_date=_birth_date(identity),
            passport_masked=_unpack_mask(text(permit, _PASSPORT)),
            category=_CATEGORIES[whole_number(permit, _CATEGORY, most=2)],
            employer_name=unchecked_text(permit, _EMPLOYER),
            employer_credit_code=_credit_code(permit),
            post=unchecked_text(permit, _POST),
            work_place=unchecked_text(permit, _PLACE),
            valid_from=china_day(claims, NBF),
            valid_until=china_day(claims, EXP),
            name_zh=unchecked_text(identity, _NAME_SECOND_LANGUAGE) if _NAME_SECOND_LANGUAGE in identity else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeClaims:
    """What a work permit notice says; it proves the document and never the person."""

    notice_number: str
    name_viz: str
    name_mrz: str
    nationality: str
    passport_masked: str
    category: str
    employer_name: str
    post: str
    valid_until: date

    def __post_init__(self) -> None:
        """Refuse claims that could not be shown."""
        _check(self, _NOTICE_TEXTS)

    def to_cwt(self) -> dict[int, object]:
        """Give the claims by their numbers."""
        permit = {
            _PASSPORT: _pack_mask(self.passport_masked),
            _CATEGORY: _CATEGORIES.index(self.category),
            _EMPLOYER: pack_text(self.employer_name),
            _POST: pack_text(self.post),
            _NOTICE: self.notice_number,
            **_names(self.name_viz, self.name_mrz),
        }
        return {
            EXP: seconds(midnight(self.valid_until)),
            IDENTITY: {_FULL_NAME: self.name_viz, _NATIONALITY: self.nationality},
            NOTICE_PERMIT: permit,
        }

    @classmethod
    def from_cwt(cls, claims: dict[object, object]) -> Self:
        """Read the claims of a notice; raise `ClaimsError` for any that is missing or wrong."""
        identity, permit = mapping(claims, IDENTITY), mapping(claims, NOTICE_PERMIT)
        name = unchecked_text(identity, _FULL_NAME)
        return cls(
            notice_number=unchecked_text(permit, _NOTICE),
            name_viz=name,
            name_mrz=unchecked_text(permit, _NAME_MRZ) if _NAME_MRZ in permit else mrz_name(name),
            nationality=unchecked_text(identity, _NATIONALITY),
            passport_masked=_unpack_mask(text(permit, _PASSPORT)),
            category=_CATEGORIES[whole_number(permit, _CATEGORY, most=2)],
            employer_name=unchecked_text(permit, _EMPLOYER),
            post=unchecked_text(permit, _POST),
            valid_until=china_day(claims, EXP),
        )


def mask_number(number: str) -> str:
    """Mask a document number for a code: four characters at each end of a long one, one and four of a short one."""
    start = _SHOWN if len(number) >= 3 * _SHOWN else 1
    return f"{number[:start]}{_MASK}{number[-_SHOWN:]}" if len(number) > start + _SHOWN else _MASK


def _pack_mask(masked: str) -> str:
    # The stars of our own mask always stand before the last four characters and need not be sent.
    plain = masked.replace(_MASK, "", 1)
    return plain if plain and _unpack_mask(plain) == masked else masked


def _unpack_mask(packed: str) -> str:
    return packed if "*" in packed else f"{packed[:-_SHOWN]}{_MASK}{packed[-_SHOWN:]}"


def _check(claims: CardClaims | NoticeClaims, texts: tuple[str, ...]) -> None:
    check_texts(texts, attrgetter(*texts)(claims))
    if claims.category not in _CATEGORIES:
        raise ClaimsError("a category that is not A, B or C")


def _names(viz: str, mrz: str) -> dict[int, object]:
    # A machine-readable name that follows from the printed one would cost 20 characters and say nothing new.
    return {} if mrz == mrz_name(viz) else {_NAME_MRZ: mrz}


def _sex(identity: dict[object, object]) -> Sex:
    sex = _SEXES.get(whole_number(identity, _GENDER))
    if sex is None:
        raise ClaimsError("a sex that claim 169 does not know")
    return sex


def _birth_date(identity: dict[object, object]) -> date:
    digits = unchecked_text(identity, _BIRTH_DATE)
    if len(digits) != len("YYYYMMDD") or not (digits.isascii() and digits.isdecimal()):
        raise ClaimsError("a birth date that is not YYYYMMDD")
    try:
        return date.fromisoformat(digits)
    except ValueError:
        raise ClaimsError("a birth date that no calendar has") from None


def _credit_code(permit: dict[object, object]) -> str:
    packed = permit.get(_CREDIT_CODE)
    return credit_code.unpack(packed) if type(packed) is bytes else unchecked_text(permit, _CREDIT_CODE)
