"""With libraries that none of us wrote, both ways; and what they accept of what a verifier must refuse."""

import json
import subprocess
import zlib
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest

from rongka.credential import CredentialError, Purpose, SoftwareKey
from rongka.credential.document_types import DocumentType, elements_of
from rongka.credential.sd_jwt import type_metadata
from rongka.credential.sd_jwt.reading import read
from rongka.credential.sd_jwt.verifying import verify_issued
from tests.credential.sd_jwt_world import (
    AUDIENCE,
    FOUR,
    NONCE,
    b64,
    bound,
    digest,
    header_of,
    issued,
    made,
    payload_of,
    presented,
    private_jwk,
    token,
    verified,
)
from tests.credential.world import INDEX, LIST_URI, NOW, ORDINARY, World

ROOT = Path(__file__).parents[2]
VECTORS = ROOT.parent / "shared" / "vectors"
WORLD = World()
SECONDS = int(NOW.timestamp())
OTHER = SoftwareKey.generate()
ONE, TWO = ["c2FsdA", "name", "AN"], ["c2FsdA", "post", "minister"]
DIGESTS = {"_sd": [digest(b64(ONE))]}


def _unbound(presentation):
    return presentation.rpartition("~")[0] + "~"


def _disclosed(name, value):
    disclosure = ["c2FsdA", name, value]
    return made(WORLD, payload_of(WORLD, **{name: ...}) | {"_sd": [digest(b64(disclosure))]}, disclosure)


def _twice(payload, name):
    text = json.dumps(payload)
    return text.replace("{", '{"' + name + '":"x",', 1).encode()


# Every one of these is wrong in one way and right in all others.
HOSTILE = {
    "type JWT": made(WORLD, payload_of(WORLD), header=header_of(WORLD, typ="JWT")),
    "critical header": made(WORLD, payload_of(WORLD), header=header_of(WORLD, crit=["x"], x=1)),
    "name twice": made(WORLD, _twice(payload_of(WORLD), "vct")),
    "NaN": made(WORLD, json.dumps(payload_of(WORLD, x=float("nan"))).encode()),
    "expired": made(WORLD, payload_of(WORLD, exp=SECONDS - 3600)),
    "not yet valid": made(WORLD, payload_of(WORLD, nbf=SECONDS + 3600)),
    "exp disclosed": _disclosed("exp", SECONDS + 3600),
    "vct disclosed": _disclosed("vct", "urn:rongka:card:1"),
    "status disclosed": _disclosed("status", payload_of(WORLD)["status"]),
    "named _sd": _disclosed("_sd", ["x"]),
    "named ...": _disclosed("...", "x"),
    "unreferenced": made(WORLD, payload_of(WORLD, **DIGESTS), ONE, TWO),
    "disclosure twice": made(WORLD, payload_of(WORLD, **DIGESTS), ONE, ONE),
    "digest twice": made(WORLD, payload_of(WORLD, **DIGESTS, rank=dict(DIGESTS)), ONE),
    "unused digest twice": made(WORLD, payload_of(WORLD, _sd=["x", "x"])),
    "overwritten": made(WORLD, payload_of(WORLD, name="B", **DIGESTS), ONE),
    "no key binding": _unbound(presented(WORLD)),
    "other nonce": made(WORLD, payload_of(WORLD), nonce="another"),
    "other audience": made(WORLD, payload_of(WORLD), aud="https://other.example"),
    "other sd_hash": made(WORLD, payload_of(WORLD), sd_hash=digest("x")),
    "key binding a day old": made(WORLD, payload_of(WORLD), iat=SECONDS - 86_400),
    "key binding without iat": made(WORLD, payload_of(WORLD), iat=...),
    "key binding by another": made(WORLD, payload_of(WORLD), key=OTHER),
    "key binding of another type": made(WORLD, payload_of(WORLD), kb_header={"alg": "ES256", "typ": "JWT"}),
    "private key in cnf": made(WORLD, payload_of(WORLD, cnf={"jwk": private_jwk(WORLD.device)})),
    "padded base64url": bound(WORLD, issued(WORLD, decoys=0).split("~")[0] + "=~"),
}
# What each of them accepted of these, measured with the locked versions; `docs/divergences.md` says so too.
_BY_ALL = {"name twice", "padded base64url", "private key in cnf"}
_BY_THREE = _BY_ALL | {
    "type JWT",
    "exp disclosed",
    "vct disclosed",
    "status disclosed",
    "named ...",
    "key binding a day old",
}
ACCEPTED = {
    "openvc-core": _BY_ALL | {"NaN"},
    "vouchkit": _BY_THREE | {"NaN", "critical header", "unused digest twice", "key binding without iat"},
    "sd-jwt": _BY_THREE | {"NaN", "named _sd", "unreferenced", "expired", "not yet valid", "key binding without iat"},
    "@sd-jwt/sd-jwt-vc": _BY_THREE
    | {"critical header", "named _sd", "unreferenced", "disclosure twice", "digest twice", "unused digest twice"}
    | {"overwritten", "other audience"},
}


def _by_sd_jwt(presentation):
    from jwcrypto.jwk import JWK
    from sd_jwt.verifier import SDJWTVerifier

    key = JWK(**WORLD.keys[Purpose.CARD].public.to_jwk())
    return SDJWTVerifier(presentation, lambda _issuer, _header: key, AUDIENCE, NONCE).get_verified_payload()


def _by_vouchkit(presentation):
    import vouchkit

    key = WORLD.keys[Purpose.CARD].public.to_jwk()
    return vouchkit.verify_sd_jwt_vc(presentation, key, expected_aud=AUDIENCE, expected_nonce=NONCE, now=SECONDS).claims


def _by_openvc(presentation):
    from openvc.proof.sd_jwt import SdJwtVcProofSuite

    key = WORLD.keys[Purpose.CARD].public.to_jwk()
    # Its dates are held against the clock of the machine, whatever `now` is.
    with mock.patch("time.time", return_value=SECONDS):
        found = SdJwtVcProofSuite().verify(
            presentation, public_key_jwk=key, audience=AUDIENCE, nonce=NONCE, require_key_binding=True, now=NOW
        )
    return found.claims


PEERS = {"sd-jwt": _by_sd_jwt, "vouchkit": _by_vouchkit, "openvc-core": _by_openvc}


def _accepts(verify, presentation):
    try:
        verify(presentation)
    except Exception:  # noqa: BLE001 - their errors are of many kinds; here it matters only that they refuse
        return False
    return True


@pytest.fixture(scope="module")
def node():
    """The answers of @sd-jwt/sd-jwt-vc to everything at once."""
    if not (ROOT / "node_modules" / "@sd-jwt" / "sd-jwt-vc").exists():
        pytest.skip("the npm package @sd-jwt/sd-jwt-vc is not installed")
    valid = b64(zlib.compress(bytes(INDEX // 8 + 1)))
    status = {"sub": LIST_URI, "iat": SECONDS, "status_list": {"bits": 1, "lst": valid}}
    about = payload_of(WORLD)
    asked = {
        "issuer": WORLD.keys[Purpose.CARD].public.to_jwk(),
        "signs": {"issuer": private_jwk(WORLD.keys[Purpose.CARD]), "holder": private_jwk(WORLD.device)},
        "kid": header_of(WORLD)["kid"],
        "status_list": token({"alg": "ES256", "typ": "statuslist+jwt"}, status, WORLD.keys[Purpose.STATUS]),
        "presentations": {**HOSTILE, "good": presented(WORLD)},
        "now": SECONDS,
        "nonce": NONCE,
        "audience": AUDIENCE,
        "about": about,
        "elements": elements_of(ORDINARY) | {"birth_date": ORDINARY.birth_date.isoformat()},
        "disclose": FOUR,
        "metadata": [*map(type_metadata, DocumentType), {"vct": 5}],
    }
    script = Path(__file__).with_name("sd_jwt.mjs")
    run = subprocess.run(["node", script], input=json.dumps(asked), check=True, capture_output=True, text=True)
    return json.loads(run.stdout)


@pytest.mark.parametrize("peer", PEERS)
def test_they_read_what_we_write(peer):
    claims = PEERS[peer](presented(WORLD))

    assert {name: claims[name] for name in FOUR} == {name: elements_of(ORDINARY)[name] for name in FOUR}


def test_sd_jwt_vc_of_npm_reads_what_we_write(node):
    claims = node["outcomes"]["good"]["claims"]

    assert {name: claims[name] for name in FOUR} == {name: elements_of(ORDINARY)[name] for name in FOUR}


def test_we_read_what_sd_jwt_vc_of_npm_writes(node):
    shown = verified(WORLD, node["shown"])

    assert shown.disclosed.elements == {name: elements_of(ORDINARY)[name] for name in FOUR}
    assert verified(WORLD, presented(WORLD, node["issued"])).disclosed.elements == shown.disclosed.elements


def test_our_type_metadata_has_the_form_that_sd_jwt_vc_of_npm_wants(node):
    assert node["metadata"] == [True, True, True, False]


def test_we_read_what_sd_jwt_writes():
    from jwcrypto.jwk import JWK
    from sd_jwt.common import SDObj
    from sd_jwt.holder import SDJWTHolder
    from sd_jwt.issuer import SDJWTIssuer

    issuer, holder = (JWK(**private_jwk(key)) for key in (WORLD.keys[Purpose.CARD], WORLD.device))
    hidden = {SDObj(name): value for name, value in elements_of(ORDINARY).items() if name != "birth_date"}
    header = {"typ": "dc+sd-jwt", "kid": header_of(WORLD)["kid"]}
    made_by_them = SDJWTIssuer(
        payload_of(WORLD) | hidden, issuer, add_decoy_claims=True, extra_header_parameters=header
    ).sd_jwt_issuance

    shown = verified(WORLD, presented(WORLD, made_by_them))

    assert shown.disclosed.elements == {name: elements_of(ORDINARY)[name] for name in FOUR}
    wallet = SDJWTHolder(made_by_them)
    wallet.create_presentation({"post": True}, NONCE, AUDIENCE, holder)
    # Their wallet dates its answer by the clock, so that only the issuer's part can be checked at a fixed moment.
    assert (
        verify_issued(read(wallet.sd_jwt_presentation, types=None), key=WORLD.keys[Purpose.CARD].public)["post"]
        == ORDINARY.post
    )


def test_nested_claims_of_the_specifications_come_back_as_their_reference_code_has_them():
    from jwcrypto.jwk import JWK
    from sd_jwt.holder import SDJWTHolder
    from sd_jwt.issuer import SDJWTIssuer
    from sd_jwt.utils.yaml_specification import load_yaml_specification
    from sd_jwt.verifier import SDJWTVerifier

    files = [file for name in ("sd-jwt-spec", "sd-jwt-vc") for file in (VECTORS / name).rglob("specification.yml")]
    if not files:
        pytest.skip("the sets sd-jwt-spec and sd-jwt-vc are missing")
    key = SoftwareKey.generate()
    jwk = JWK(**private_jwk(key))
    for file in files:
        example = load_yaml_specification(file)
        whole = SDJWTIssuer(example["user_claims"], jwk, add_decoy_claims=True).sd_jwt_issuance
        wallet = SDJWTHolder(whole)
        wallet.create_presentation(example["holder_disclosed_claims"])

        for sent in (whole, wallet.sd_jwt_presentation):
            ours = verify_issued(read(sent, types=("example+sd-jwt",)), key=key.public)
            theirs = SDJWTVerifier(sent, lambda _issuer, _header: jwk).get_verified_payload()
            assert ours == theirs
    assert len(files) == 18


@pytest.mark.parametrize("name", HOSTILE)
def test_we_refuse_all_of_it(name):
    with pytest.raises(CredentialError):
        verified(WORLD, HOSTILE[name])


@pytest.mark.parametrize("peer", PEERS)
def test_what_they_accept_of_it_is_as_we_wrote_down(peer):
    assert {name for name in HOSTILE if _accepts(PEERS[peer], HOSTILE[name])} == ACCEPTED[peer]


def test_what_sd_jwt_vc_of_npm_accepts_of_it_is_as_we_wrote_down(node):
    outcomes = node["outcomes"]

    assert {name for name in HOSTILE if "claims" in outcomes[name]} == ACCEPTED["@sd-jwt/sd-jwt-vc"]


def test_the_hostile_ones_differ_from_a_good_one_in_their_one_way_only():
    assert verified(WORLD, made(WORLD, payload_of(WORLD, **DIGESTS), ONE), now=NOW + timedelta(seconds=1))
