from dataclasses import fields, replace
from datetime import date

import pytest

from rongka.credential import ClaimsError
from rongka.credential.document_types import (
    BY_DOC_TYPE,
    BY_VCT,
    ELEMENTS,
    DocumentType,
    claims_from,
    disclosed_from,
    elements_of,
    type_of,
)
from tests.credential.world import LONGEST, NOTICE, ORDINARY, PAYMENT

DOCUMENTS = [ORDINARY, LONGEST, NOTICE, PAYMENT]


@pytest.mark.parametrize("claims", DOCUMENTS)
def test_claims_come_back_from_their_elements(claims):
    elements = elements_of(claims)

    read = claims_from(
        document_type=type_of(claims),
        elements=elements,
        valid_from=getattr(claims, "valid_from", None),
        valid_until=claims.valid_until,
    )

    assert read == claims


@pytest.mark.parametrize("claims", DOCUMENTS)
def test_dates_and_lists_are_read_as_json_has_them(claims):
    elements = {
        name: value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
        for name, value in elements_of(claims).items()
    }

    disclosed = disclosed_from(document_type=type_of(claims), elements=elements)

    assert disclosed.elements == elements_of(claims)
    assert not disclosed.unknown


def test_an_ordinary_card_has_twelve_elements():
    assert len(elements_of(ORDINARY)) == 12
    assert len(elements_of(NOTICE)) == 8
    assert len(elements_of(PAYMENT)) == 10


@pytest.mark.parametrize("document_type", DocumentType)
def test_a_type_is_found_by_its_name_in_each_format(document_type):
    assert BY_VCT[document_type.vct] is document_type
    assert BY_DOC_TYPE[document_type.doc_type] is document_type
    assert document_type.purpose == document_type.value
    assert document_type.label.zh


@pytest.mark.parametrize("claims", DOCUMENTS)
def test_every_field_of_the_claims_is_an_element_or_the_validity(claims):
    known = {element.field for element in ELEMENTS[type_of(claims)].values()}

    assert {field.name for field in fields(claims)} - known == {
        name for name in ("valid_from", "valid_until") if hasattr(claims, name)
    }


def test_what_we_do_not_know_is_kept_apart():
    disclosed = disclosed_from(document_type=DocumentType.CARD, elements={"sex": "F", "rank": {"a": 1}})

    assert disclosed.elements == {"sex": "F"}
    assert disclosed.unknown == {"rank": {"a": 1}}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", 5),
        ("name", ""),
        ("name", "A\nB"),
        ("name", None),
        ("name", {"_sd": []}),
        ("sex", "male"),
        ("sex", ["M"]),
        ("category", "D"),
        ("birth_date", "19900405"),
        ("birth_date", "1990-4-5"),
        ("birth_date", "1990-W14-4"),
        ("birth_date", "1990-02-30"),
        ("birth_date", 19900405),
        ("birth_date", True),
        ("first_month", "2026-13"),
        ("first_month", "２０２６-01"),
        ("last_month", 202601),
        ("months_paid", 0),
        ("months_paid", True),
        ("months_paid", "12"),
        ("months_paid", 10**30),
        ("insurances", []),
        ("insurances", "pension"),
        ("insurances", ["pension", "pension"]),
        ("insurances", ["pension", {}]),
        ("insurances", ["lottery"]),
    ],
)
def test_an_element_of_another_kind_is_refused(name, value):
    document_type = next(kind for kind in DocumentType if name in ELEMENTS[kind])

    with pytest.raises(ClaimsError):
        disclosed_from(document_type=document_type, elements={name: value})


@pytest.mark.parametrize("claims", DOCUMENTS)
def test_claims_want_every_element(claims):
    elements = elements_of(claims)
    elements.pop("name")

    with pytest.raises(ClaimsError):
        claims_from(document_type=type_of(claims), elements=elements, valid_from=None, valid_until=claims.valid_until)


def test_a_card_wants_its_first_day():
    with pytest.raises(ClaimsError):
        claims_from(
            document_type=DocumentType.CARD,
            elements=elements_of(ORDINARY),
            valid_from=None,
            valid_until=ORDINARY.valid_until,
        )


@pytest.mark.parametrize(
    "change",
    [
        {"months_paid": 13},
        {"months_paid": 0},
        {"first_month": "2026-02", "last_month": "2026-01", "months_paid": 1},
        {"first_month": "2026-00"},
        {"insurances": ()},
        {"employer_name": " "},
    ],
    ids=str,
)
def test_a_proof_of_payment_that_does_not_agree_with_itself_is_refused(change):
    with pytest.raises(ClaimsError):
        replace(PAYMENT, **change)
