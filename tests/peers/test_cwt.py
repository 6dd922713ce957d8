"""Printed codes and CWT against `claim169` (Rust) and `cwt` (Python), both ways, and what each of them lets pass."""

import zlib

import cbor2
import pytest

from rongka.credential import Algorithm, CredentialError, Purpose, SoftwareKey, base45, cbor, cose, transport
from rongka.credential.claims import NoticeClaims
from tests.credential.world import NOTICE, NOW, ORDINARY, World
from tests.peers import python_cwt

claim169 = pytest.importorskip("claim169", reason="the peer claim169 is missing")
cwt = python_cwt.load() or pytest.skip("the peer cwt is missing", allow_module_level=True)

WORLD = World()
KEY = WORLD.keys[Purpose.NOTICE]
MESSAGE = cose.read(transport.read(WORLD.printed_code()))
CLAIMS = cbor.decode_map(MESSAGE.payload)
FAR = 4_000_000_000


def point(key):
    x, y = key.public.coordinates
    return b"\x04" + x + y if y else x


def their_key(key, *, private=False):
    x, y = key.public.coordinates
    # It writes a key's identifier unprotected, which we refuse, and needs it to find the key for what it reads.
    more = {-4: _secret(key)} if private else {2: KEY.public.kid}
    return cwt.COSEKey.new({1: 2, 3: -7, -1: 1, -2: x, -3: y} | more)


def claim169_reads(code, key=KEY):
    named = {"verify_with_ecdsa_p256" if len(point(key)) == 65 else "verify_with_ed25519": point(key)}
    return claim169.decode(code, validate_timestamps=False, **named).claim169.to_dict()


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_claim169_reads_our_printed_code(algorithm):
    world = World()
    world.keys[Purpose.NOTICE] = SoftwareKey.generate(algorithm=algorithm)

    found = claim169_reads(world.printed_code(), world.keys[Purpose.NOTICE])

    assert found == {"fullName": NOTICE.name_viz, "nationality": NOTICE.nationality}


def test_claim169_reads_the_identity_of_our_card():
    found = claim169_reads(transport.write(WORLD.card()), WORLD.keys[Purpose.CARD])

    assert found == {
        "id": ORDINARY.permit_number,
        "fullName": ORDINARY.name_viz,
        "dateOfBirth": "19900405",
        "gender": 1,
        "nationality": "VNM",
    }


@pytest.mark.parametrize("algorithm", ["ed25519", "ecdsa_p256"])
def test_what_claim169_writes_we_read_once_it_is_inflated(algorithm):
    key = SoftwareKey.generate(algorithm=Algorithm.EDDSA if algorithm == "ed25519" else Algorithm.ES256)
    written = key.private.private_bytes_raw() if algorithm == "ed25519" else _secret(key)
    identity = claim169.Claim169Input(id=ORDINARY.permit_number, full_name=ORDINARY.name_viz)
    identity.date_of_birth, identity.gender = "19900405", 1
    meta = claim169.CwtMetaInput(issuer="https://rongka.example", expires_at=FAR)
    code = getattr(claim169, f"encode_with_{algorithm}")(identity, meta, written)

    message = cose.read(zlib.decompress(base45.decode(code)))

    claims = cbor.decode_map(message.verify(key=key.public))
    assert claims[169] == {1: ORDINARY.permit_number, 4: ORDINARY.name_viz, 8: "19900405", 9: 1}
    with pytest.raises(CredentialError):  # not stored but compressed, and no permit in it
        transport.read(code)


def _secret(key):
    return key.private.private_numbers().private_value.to_bytes(32, "big")


def test_cwt_reads_our_printed_code_and_what_it_writes_we_read():
    found = cwt.decode(transport.read(WORLD.printed_code()), their_key(KEY))
    assert found == CLAIMS

    claims = {1: "https://rongka.example", 4: FAR, 169: {4: NOTICE.name_viz}}
    written = cwt.encode(dict(claims), their_key(KEY, private=True))

    read = cbor.decode_map(cose.read(written).verify(key=KEY.public))
    assert read | claims == read


def test_cwt_refuses_our_code_for_another_key():
    with pytest.raises(cwt.VerifyError):
        cwt.decode(transport.read(WORLD.printed_code()), their_key(SoftwareKey.generate()))


def signed(protected=MESSAGE.protected, payload=MESSAGE.payload, *, unprotected=None, tag=18):
    signature = KEY.sign(cbor2.dumps(["Signature1", protected, b"", payload]))
    return cbor2.dumps(cbor2.CBORTag(tag, [protected, unprotected or {}, payload, signature]))


def headers(**changes):
    given = {1: -7, 4: KEY.public.kid} | {int(name[1:]): value for name, value in changes.items()}
    return cbor2.dumps({name: value for name, value in given.items() if value is not None})


def claims(**changes):
    return cbor2.dumps(CLAIMS | {int(name[1:]): value for name, value in changes.items()})


TWICE = bytes([MESSAGE.payload[0] + 1]) + MESSAGE.payload[1:] + cbor2.dumps(169) + cbor2.dumps({4: "SOMEBODY ELSE"})

# Each is signed by the right key and must be refused by us. Who accepts it: c for cwt, r for claim169.
HOSTILE = {
    "bytes after the end": (signed() + b"\x00", "c"),
    "no tag": (cbor2.dumps(cbor2.loads(signed()).value), "r"),
    "the tag of CWT around it": (b"\xd8\x3d" + signed(), "c"),
    "an unprotected header": (signed(unprotected={99: 1}), "cr"),
    "another kid, unprotected": (signed(unprotected={4: b"none"}), "cr"),
    "a claim twice": (signed(payload=TWICE), "c"),
    "an indefinite map": (signed(payload=b"\xbf" + MESSAGE.payload[1:] + b"\xff"), "cr"),
    "a number that is none": (signed(payload=claims(_4=float("nan"))), "c"),
    "an unknown critical header": (signed(headers(_2=[99], _99=1)), "c"),
    "no algorithm": (signed(headers(_1=None)), "c"),
    "the algorithm unprotected": (signed(headers(_1=None), unprotected={1: -7}), "c"),
    "another algorithm": (signed(headers(_1=-8)), "c"),
    "HMAC with a public key": (signed(headers(_1=5)), "c"),
    "deep nesting": (signed(payload=claims(_99=[[[[[[[[[[[[0]]]]]]]]]]]])), "cr"),
    "an issue in the future": (signed(payload=claims(_6=FAR)), "cr"),
    "an end that is a text": (signed(payload=claims(_4="never")), ""),
    "no end": (signed(payload=cbor2.dumps({k: v for k, v in CLAIMS.items() if k != 4})), "cr"),
}


def peer_accepts(read):
    try:
        read()
    except Exception:  # noqa: BLE001 - a peer may raise anything
        return False
    return True


@pytest.mark.parametrize("name", HOSTILE)
def test_we_refuse_what_others_let_pass(name):
    raw, accepted_by = HOSTILE[name]

    verdict = WORLD.judge(transport.write(raw))

    assert str(verdict.kind) in {"not_valid", "not_our_code"}
    assert verdict.claims is None
    packed = base45.encode(zlib.compress(raw, 9))
    accepts = "c" * peer_accepts(lambda: cwt.decode(raw, their_key(KEY))) + "r" * peer_accepts(
        lambda: claim169.decode(packed, verify_with_ecdsa_p256=point(KEY))
    )
    assert accepts == accepted_by


@pytest.mark.parametrize(
    ("cut", "accepted"),
    [(lambda z: z + b"xx", True), (lambda z: z[:-4], True), (lambda _: signed(), True), (lambda z: z[:-9], False)],
    ids=["bytes after the zlib stream", "no checksum", "not compressed", "cut"],
)
def test_we_refuse_a_second_spelling_of_a_code_where_claim169_does_not(cut, accepted):
    stored = base45.decode(transport.write(signed()))
    code = base45.encode(cut(stored))

    with pytest.raises(CredentialError):
        transport.read(code)
    assert peer_accepts(lambda: claim169_reads(code)) is accepted


def test_the_claims_of_their_profile_that_we_write_are_those_of_the_document():
    assert NoticeClaims.from_cwt(CLAIMS) == NOTICE
    assert CLAIMS[6] == int(NOW.timestamp())
