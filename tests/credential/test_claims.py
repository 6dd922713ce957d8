from dataclasses import replace
from datetime import date

import pytest

from rongka.credential import CardClaims, ClaimsError, NoticeClaims, Purpose, cbor, credit_code, mask_number, mrz_name
from rongka.credential.documents import check_claim_set
from rongka.credential.fields import pack_text
from tests.credential.world import LONGEST, NOTICE, ORDINARY


@pytest.mark.parametrize(
    "claims",
    [
        ORDINARY,
        LONGEST,
        replace(ORDINARY, name_viz="SUKARNO", name_mrz="SUKARNO"),
        replace(ORDINARY, name_viz="O'CONNOR, SEAN", name_mrz="OCONNOR<<SEAN", name_zh="肖恩·奥康纳"),
        replace(ORDINARY, name_viz="MÜLLER, ANNA", name_mrz="MUXLLER<<ANNA"),
        replace(ORDINARY, employer_credit_code="not a credit code", passport_masked="****"),
        replace(ORDINARY, employer_name="ACME Ltd 上海"),
    ],
)
def test_a_card_comes_back_from_its_claims(claims):
    assert CardClaims.from_cwt(cbor.decode_map(cbor.encode(claims.to_cwt()))) == claims


def test_a_notice_comes_back_from_its_claims():
    assert NoticeClaims.from_cwt(cbor.decode_map(cbor.encode(NOTICE.to_cwt()))) == NOTICE


@pytest.mark.parametrize(
    "change",
    [
        {"permit_number": ""},
        {"post": "x" * 201},
        {"work_place": "a\u202eb"},
        {"name_viz": " X"},
        {"employer_name": "a\nb"},
        {"category": "D"},
        {"valid_until": date(2026, 1, 1)},
        {"name_zh": "\x00"},
    ],
    ids=str,
)
def test_claims_that_cannot_be_shown_are_refused(change):
    with pytest.raises(ClaimsError):
        replace(ORDINARY, **change)


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        (4, "tomorrow"),
        (4, True),
        (4, -1),
        (4, 1 << 60),
        (5, None),
        (169, []),
        (169, {1: 5}),
        (-65537, {}),
        (-65537, 7),
    ],
)
def test_claims_of_the_wrong_type_are_refused(claim, value):
    claims = cbor.decode_map(cbor.encode(ORDINARY.to_cwt() | {claim: value}))

    with pytest.raises(ClaimsError):
        CardClaims.from_cwt(claims)


@pytest.mark.parametrize("birth", ["19900230", "1990040", "١٩٩٠٠٤٠٥", "1990-4-5", ""])
def test_a_birth_date_that_is_no_date_is_refused(birth):
    claims = ORDINARY.to_cwt()
    claims[169] = claims[169] | {8: birth}

    with pytest.raises(ClaimsError):
        CardClaims.from_cwt(cbor.decode_map(cbor.encode(claims)))


@pytest.mark.parametrize("name", ["\U00031350", "\U0003fffd", "阮\U000323b0"])
def test_rare_han_characters_of_a_later_unicode_are_kept(name):
    claims = replace(ORDINARY, name_zh=name)

    assert CardClaims.from_cwt(cbor.decode_map(cbor.encode(claims.to_cwt()))) == claims


@pytest.mark.parametrize("name", ["\U0002ffff", "\u0378", "a\u202eb", "a\U00031350\n"])
def test_what_is_no_character_to_show_is_refused(name):
    with pytest.raises(ClaimsError):
        replace(ORDINARY, name_zh=name)


def test_text_takes_the_shorter_of_two_writings():
    assert pack_text("abc") == "abc"
    assert pack_text("上海") == "上海".encode("utf-16-be")


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91310000000000000P"])
def test_a_credit_code_is_eleven_bytes_or_stays_as_it_is(code):
    packed = credit_code.pack(code)

    assert packed == code or credit_code.unpack(packed) == code
    assert credit_code.pack("91350100M000100Y43") != "91350100M000100Y43"


@pytest.mark.parametrize("packed", [b"", b"\xff" * 11, b"\x00" * 12])
def test_bytes_that_are_no_credit_code_are_refused(packed):
    with pytest.raises(ClaimsError):
        credit_code.unpack(packed)


@pytest.mark.parametrize(
    ("printed", "machine"),
    [
        ("MÜLLER, ANNA MARIA", "MUELLER<<ANNA<MARIA"),
        ("O'CONNOR, SEAN", "OCONNOR<<SEAN"),
        ("NGUYỄN, VĂN AN", "NGUYEN<<VAN<AN"),
        ("GARCÍA-LÓPEZ, JOSÉ", "GARCIA<LOPEZ<<JOSE"),
        ("Ångström, Åsa", "AANGSTROEM<<AASA"),
        ("STRAUß, JÖRG", "STRAUSS<<JOERG"),
        ("SUKARNO", "SUKARNO"),
    ],
)
def test_the_machine_readable_name_follows_from_the_printed_one(printed, machine):
    assert mrz_name(printed) == machine


@pytest.mark.parametrize(
    ("number", "masked"), [("C01234567", "C***4567"), ("310000202501234567", "3100***4567"), ("1234", "***")]
)
def test_numbers_are_masked_by_their_length(number, masked):
    assert mask_number(number) == masked


def test_a_claim_set_of_another_purpose_is_not_what_a_signer_signs(world):
    card = world.card()
    claim_set = cbor.decode(card).value[2]

    check_claim_set(purpose=Purpose.CARD, claim_set=claim_set)
    for purpose in set(Purpose) - {Purpose.CARD}:
        with pytest.raises(ClaimsError):
            check_claim_set(purpose=purpose, claim_set=claim_set)


def test_a_claim_set_with_one_claim_more_is_not_what_a_signer_signs(world):
    claims = cbor.decode_map(cbor.decode(world.card()).value[2])

    with pytest.raises(ClaimsError):
        check_claim_set(purpose=Purpose.CARD, claim_set=cbor.encode({**claims, 99: 1}))
