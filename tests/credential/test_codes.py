import cbor2
import pytest

from rongka.credential import Challenge, PublicKey, cbor, cose, read_code, transport
from rongka.credential.live_code import Presentation, live_code_to_be_signed
from rongka.credential.qr import qr_modules
from tests.credential.world import LONGEST, NOW, ORDINARY


def _modules(text):
    return len(qr_modules(text))


def test_an_ordinary_workers_live_code_fits_a_qr_code_of_73_modules(world):
    code = world.live_code(ORDINARY)

    assert len(code) <= 667
    assert _modules(code) <= 73


def test_the_longest_workers_live_code_fits_a_qr_code_of_85_modules(world):
    code = world.live_code(LONGEST)

    assert len(code) <= 938
    assert _modules(code) <= 85


def test_a_printed_code_is_half_as_long(world):
    assert len(world.printed_code()) <= 400


def test_a_live_code_is_bound_to_the_device_and_carries_the_card_unchanged(world):
    card = world.card()

    unverified = read_code(world.live_code(card_cwt=card))

    assert unverified.document.device_key == world.device.public
    assert unverified.document.claims == ORDINARY
    assert unverified.presentation.presented_at == NOW
    assert cbor.encode(cbor2.CBORTag(18, [
        unverified.issued.protected, {}, unverified.issued.payload, unverified.issued.signature
    ])) == card  # fmt: skip


def test_what_a_wallet_signs_elsewhere_is_what_the_code_carries(world):
    card = world.card()
    challenge = Challenge(nonce=b"12345678", audience="inspector 7")

    unverified = read_code(world.live_code(card_cwt=card, challenge=challenge))
    signed = live_code_to_be_signed(
        card_cwt=card,
        device=world.device.public,
        presentation=Presentation(presented_at=NOW, challenge=challenge),
    )

    assert cose.to_be_signed(unverified.shown.protected, unverified.shown.payload) == signed


def test_the_device_key_stands_compressed_in_the_card(world):
    claims = cbor.decode_map(cbor.decode(world.card()).value[2])

    assert claims[8][1][-3] in {True, False}
    assert PublicKey.from_cose(claims[8][1]) == world.device.public


@pytest.mark.parametrize("extra", [{4: b"kid"}, {33: b"certificate"}, {"jwk": 1}])
def test_a_code_with_more_headers_than_its_format_has_is_refused(world, extra):
    card = cbor.decode(world.card())
    message = cose.sign(
        headers={cose.KCWT: card, **extra}, payload=cbor.encode({6: int(NOW.timestamp())}), key=world.device
    )

    verdict = world.judge(transport.write(message))

    assert verdict.reason.code == "code.malformed"
