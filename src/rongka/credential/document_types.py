"""The three document types and their elements, by the same names in SD-JWT VC and in mdoc.

A verifier sees what the holder chose to disclose: `disclosed_from` checks each element by itself and keeps apart what
we do not know. `claims_from` wants all of them. `docs/credential/documents.md` has the table.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias

from rongka.credential.claims import CardClaims, NoticeClaims, Sex
from rongka.credential.documents import Purpose
from rongka.credential.errors import ClaimsError
from rongka.credential.fields import MAX_TEXT, checked_text
from rongka.credential.payment import PaymentClaims, checked_insurances, checked_month
from rongka.text import Text

Claims: TypeAlias = CardClaims | NoticeClaims | PaymentClaims
Value: TypeAlias = str | int | date | tuple[str, ...]

_CATEGORIES: Final = ("A", "B", "C")
_SEXES: Final = tuple(Sex)  # a tuple, so that a value that cannot be hashed is only unequal
_MOST_MONTHS: Final = 1_200  # a hundred years; no person pays longer


class DocumentType(StrEnum):
    """What a document is. Each type has an issuing key of its own purpose."""

    CARD = "card"
    NOTICE = "notice"
    PAYMENT = "payment"

    @property
    def vct(self) -> str:
        """The type in SD-JWT VC."""
        return f"urn:rongka:{self.value}:1"

    @property
    def doc_type(self) -> str:
        """The type in mdoc; its namespace is the same text."""
        return f"rongka.{self.value}.1"

    @property
    def purpose(self) -> Purpose:
        """What a key must be for to sign such documents."""
        return _PURPOSES[self]

    @property
    def label(self) -> Text:
        """What people call it."""
        return _LABELS[self]


_LABELS: Final = {
    DocumentType.CARD: Text(
        zh="电子社保卡（外国人工作许可）", en="Electronic social security card with the work permit"
    ),
    DocumentType.NOTICE: Text(zh="外国人工作许可通知", en="Work permit notice"),
    DocumentType.PAYMENT: Text(zh="社会保险缴费凭证", en="Proof of payment of social insurance"),
}
_PURPOSES: Final = {document_type: Purpose(document_type.value) for document_type in DocumentType}
BY_VCT: Final = MappingProxyType({document_type.vct: document_type for document_type in DocumentType})
BY_DOC_TYPE: Final = MappingProxyType({document_type.doc_type: document_type for document_type in DocumentType})


def _text(value: object, *, name: str) -> str:
    if type(value) is not str:
        raise ClaimsError(f"{name} is no text")
    # What is asked here first is what nearly every text is; `checked_text` has the last word.
    is_plain = 0 < len(value) <= MAX_TEXT and value.isprintable() and value == value.strip()
    return value if is_plain else checked_text(value, name=name)


def _date(value: object, *, name: str) -> date:
    if type(value) is date:
        return value
    try:
        day = date.fromisoformat(value) if type(value) is str else None
    except ValueError:
        day = None
    # Python reads 20260101 and 2026-W01-4 as well; RFC 3339 full-date is one spelling.
    if day is None or day.isoformat() != value:
        raise ClaimsError(f"{name} is no date")
    return day


def _sex(value: object, *, name: str) -> str:
    if value not in _SEXES:
        raise ClaimsError(f"{name} is not M, F or X")
    return str(value)


def _category(value: object, *, name: str) -> str:
    if value not in _CATEGORIES:
        raise ClaimsError(f"{name} is not A, B or C")
    return str(value)


def _count(value: object, *, name: str) -> int:
    if type(value) is not int or not 0 < value <= _MOST_MONTHS:
        raise ClaimsError(f"{name} is no number of months")
    return value


@dataclass(frozen=True, slots=True)
class Element:
    """One thing that a document says: its name, its label, the field of the claims that holds it, and its check.

    `read` gives the value, from JSON or from CBOR, or raises `ClaimsError`.
    """

    name: str
    label: Text
    field: str
    read: Callable[..., Value] = _text
    is_optional: bool = False


_PERMIT_NUMBER: Final = Element("permit_number", Text("工作许可编号", "Permit number"), "permit_number")
_NOTICE_NUMBER: Final = Element("notice_number", Text("通知编号", "Notice number"), "notice_number")
_NAME: Final = Element("name", Text("姓名", "Name"), "name_viz")
_NAME_MRZ: Final = Element("name_mrz", Text("机读码姓名", "Name in the MRZ"), "name_mrz")
_NAME_ZH: Final = Element("name_zh", Text("中文姓名", "Chinese name"), "name_zh", is_optional=True)
_SEX: Final = Element("sex", Text("性别", "Sex"), "sex", _sex)
_NATIONALITY: Final = Element("nationality", Text("国籍", "Nationality"), "nationality")
_BIRTH_DATE: Final = Element("birth_date", Text("出生日期", "Date of birth"), "birth_date", _date)
_PASSPORT: Final = Element("passport_number_masked", Text("护照号码", "Passport number"), "passport_masked")
_CATEGORY: Final = Element("category", Text("类别", "Category"), "category", _category)
_EMPLOYER: Final = Element("employer_name", Text("用人单位", "Employer"), "employer_name")
_CREDIT_CODE: Final = Element(
    "employer_credit_code", Text("统一社会信用代码", "Unified social credit code"), "employer_credit_code"
)
_POST: Final = Element("post", Text("岗位", "Post"), "post")
_WORK_PLACE: Final = Element("work_place", Text("工作地点", "Place of work"), "work_place")
_FIRST_MONTH: Final = Element("first_month", Text("起始月份", "First month"), "first_month", checked_month)
_LAST_MONTH: Final = Element("last_month", Text("截止月份", "Last month"), "last_month", checked_month)
_MONTHS_PAID: Final = Element("months_paid", Text("缴费月数", "Months paid"), "months_paid", _count)
_INSURANCES: Final = Element("insurances", Text("险种", "Insurances"), "insurances", checked_insurances)


def _by_name(*elements: Element) -> Mapping[str, Element]:
    return MappingProxyType({element.name: element for element in elements})


ELEMENTS: Final[Mapping[DocumentType, Mapping[str, Element]]] = MappingProxyType(
    {
        DocumentType.CARD: _by_name(
            _PERMIT_NUMBER,
            _NAME,
            _NAME_MRZ,
            _NAME_ZH,
            _SEX,
            _NATIONALITY,
            _BIRTH_DATE,
            _PASSPORT,
            _CATEGORY,
            _EMPLOYER,
            _CREDIT_CODE,
            _POST,
            _WORK_PLACE,
        ),
        DocumentType.NOTICE: _by_name(
            _NOTICE_NUMBER,
            _NAME,
            _NAME_MRZ,
            _NATIONALITY,
            _PASSPORT,
            _CATEGORY,
            _EMPLOYER,
            _POST,
        ),
        DocumentType.PAYMENT: _by_name(
            _PERMIT_NUMBER,
            _NAME,
            _NAME_MRZ,
            _PASSPORT,
            _EMPLOYER,
            _CREDIT_CODE,
            _FIRST_MONTH,
            _LAST_MONTH,
            _MONTHS_PAID,
            _INSURANCES,
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosedClaims:
    """What a holder disclosed of a document: checked elements by their names.

    `unknown` holds names that this version of the type does not have, unchecked: never show them as ours.
    """

    document_type: DocumentType
    elements: Mapping[str, Value]
    unknown: Mapping[str, object]


def type_of(claims: Claims) -> DocumentType:
    """Give the type of the document that has these claims."""
    match claims:
        case CardClaims():
            return DocumentType.CARD
        case NoticeClaims():
            return DocumentType.NOTICE
        case PaymentClaims():
            return DocumentType.PAYMENT


def elements_of(claims: Claims) -> dict[str, Value]:
    """Give the elements of a document by their names; an optional one that is not there is left out."""
    values = {name: getattr(claims, element.field) for name, element in ELEMENTS[type_of(claims)].items()}
    return {
        name: str(value) if isinstance(value, Sex) else value for name, value in values.items() if value is not None
    }


def disclosed_from(*, document_type: DocumentType, elements: Mapping[str, object]) -> DisclosedClaims:
    """Check the elements that were disclosed, few or all; raise `ClaimsError` for a value of the wrong kind."""
    known = ELEMENTS[document_type]
    checked: dict[str, Value] = {}
    unknown: dict[str, object] = {}
    for name, value in elements.items():
        element = known.get(name)
        if element is None:
            unknown[name] = value
        else:
            checked[name] = element.read(value, name=name)
    return DisclosedClaims(document_type=document_type, elements=checked, unknown=unknown)


def claims_from(
    *, document_type: DocumentType, elements: Mapping[str, object], valid_from: date | None, valid_until: date
) -> Claims:
    """Give the claims of a document that was disclosed whole; raise `ClaimsError` for a missing or wrong element.

    `valid_from` is a card's alone: the other documents begin when they are issued.
    """
    disclosed = disclosed_from(document_type=document_type, elements=elements).elements
    fields: dict[str, object] = {"valid_until": valid_until}
    for name, element in ELEMENTS[document_type].items():
        if name in disclosed:
            fields[element.field] = disclosed[name]
        elif not element.is_optional:
            raise ClaimsError(f"{name} was not disclosed")
    return _CLAIMS[document_type](fields, valid_from)


def _card(fields: dict[str, object], valid_from: date | None) -> Claims:
    if valid_from is None:
        raise ClaimsError("a card without its first day")
    return CardClaims(**{**fields, "sex": Sex(fields["sex"]), "valid_from": valid_from})  # type: ignore[arg-type] # read by the table


def _notice(fields: dict[str, object], _valid_from: date | None) -> Claims:
    return NoticeClaims(**fields)  # type: ignore[arg-type] # read by the table


def _payment(fields: dict[str, object], _valid_from: date | None) -> Claims:
    return PaymentClaims(**fields)  # type: ignore[arg-type] # read by the table


_CLAIMS: Final[Mapping[DocumentType, Callable[[dict[str, object], date | None], Claims]]] = MappingProxyType(
    {DocumentType.CARD: _card, DocumentType.NOTICE: _notice, DocumentType.PAYMENT: _payment}
)
