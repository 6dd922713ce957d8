"""Other people's libraries, each doing as much of the same work as it can; one that is not installed is left out.

What they do not do (status, purpose of a key, exact elements) makes them faster here, and is not held against them.
"""

import importlib
import json
import sys
import types
import zlib
from collections.abc import Callable, Iterator
from typing import Any, Final

import cbor2

from rongka.bench.measuring import Case, prove
from rongka.bench.town import AUDIENCE, NONCE, Town
from rongka.bench.verifying import MDOC, PRINTED, SD_JWT
from rongka.credential import base45, base64url, cbor, cose, jws, strict_json, transport
from rongka.credential.documents import Purpose
from rongka.credential.keys import Algorithm, SoftwareKey
from rongka.credential.sd_jwt import key_binding


def working_peers(town: Town) -> tuple[list[Case], dict[str, str]]:
    """Give the cases of the peers that are installed and work, and why each of the others was left out."""
    found: list[Case] = []
    left_out = {}
    for name, make in _PEERS.items():
        try:
            cases = list(make(town))
            for case in cases:
                prove(case)
        except ImportError as error:
            left_out[name] = f"not installed: {error}"
        except Exception as error:  # noqa: BLE001 - others' libraries may fail in any way at all, and only they
            left_out[name] = f"does not work here: {error}"
        else:
            found += cases
    return found, left_out


def without_status(town: Town) -> str:
    """Give our SD-JWT VC without its status reference, which some peers would fetch from the network."""
    token, _, disclosed = town.sd_jwt().partition("~")
    header, payload, _ = token.split(".")
    claims = strict_json.decode_object(base64url.decode(payload.encode()))
    del claims["status"]
    key = town.keys[Purpose.CARD]
    kept = {name: value for name, value in json.loads(base64url.decode(header.encode())).items() if name != "alg"}
    signed = jws.sign(header=kept, payload=strict_json.encode(claims), key=key).decode()
    presented = town.present_sd_jwt(f"{signed}~{disclosed}")
    return presented.rpartition("~")[0] + "~" + _binding(town, presented)


def _binding(town: Town, presented: str) -> str:
    bound = (presented.rpartition("~")[0] + "~").encode()
    return key_binding.sign(
        bound=bound, holder=town.device, audience=AUDIENCE, nonce=NONCE, presented_at=town.now
    ).decode()


def _cwt(town: Town) -> Iterator[Case]:
    # `cwt` imports certvalidator for x5chain, whose oscrypto does not know OpenSSL's two-digit versions.
    stub = types.ModuleType("certvalidator")
    stub.CertificateValidator = stub.ValidationContext = None  # type: ignore[attr-defined]
    sys.modules.setdefault("certvalidator", stub)
    cwt: Any = importlib.import_module("cwt")
    public = town.keys[Purpose.NOTICE].public
    x, y = public.coordinates
    reader, now = cwt.COSE.new(), int(town.now.timestamp())
    key = cwt.COSEKey.new({1: 2, 2: public.kid, 3: -7, -1: 1, -2: x, -3: y})

    def check(code: str) -> object:
        # Its `decode` wants lists where cbor2 6 gives tuples: this is what that does, with a list.
        read = cbor2.loads(zlib.decompress(base45.decode(code)))
        p, _, payload, signature = read.value
        claims = cbor2.loads(reader.decode(cbor2.CBORTag(read.tag, [p, {}, payload, signature]), key))
        if claims[4] < now:
            raise ValueError("expired")
        return claims

    printed, foreign = town.printed_code(), Town(town.now).printed_code()
    yield Case(name=f"{PRINTED} (our base45)", run=lambda: check(printed), refused=lambda: check(foreign), peer="cwt")


def _vouchkit(town: Town) -> Iterator[Case]:
    vouchkit: Any = importlib.import_module("vouchkit")
    jwk = town.keys[Purpose.CARD].public.to_jwk()

    def check(presentation: str) -> object:
        return vouchkit.verify_sd_jwt_vc(presentation, jwk, expected_aud=AUDIENCE, expected_nonce=NONCE)

    yield _sd_jwt_case(town, check, peer="vouchkit")


def _openvc(town: Town) -> Iterator[Case]:
    suite = importlib.import_module("openvc.proof.sd_jwt").SdJwtVcProofSuite()
    mdoc: Any = importlib.import_module("openvc.mdoc")
    x509: Any = importlib.import_module("cryptography.x509")
    jwk = town.keys[Purpose.CARD].public.to_jwk() | {"alg": "ES256"}

    def check(presentation: str) -> object:
        return suite.verify(presentation, public_key_jwk=jwk, audience=AUDIENCE, nonce=NONCE, require_key_binding=True)

    yield _sd_jwt_case(town, check, peer="openvc-core")
    anchors = [x509.load_der_x509_certificate(town.root.certificate)]

    def check_mdoc(response: bytes) -> object:
        return mdoc.verify_device_response(response, trust_anchors=anchors, session_transcript=town.transcript)

    response, foreign = town.device_response, Town(town.now).device_response
    yield Case(name=MDOC, run=lambda: check_mdoc(response), refused=lambda: check_mdoc(foreign), peer="openvc-core")


def _sd_jwt_python(town: Town) -> Iterator[Case]:
    verifier = importlib.import_module("sd_jwt.verifier").SDJWTVerifier
    key = importlib.import_module("jwcrypto.jwk").JWK(**town.keys[Purpose.CARD].public.to_jwk())

    def check(presentation: str) -> object:
        return verifier(presentation, lambda *_: key, AUDIENCE, NONCE).get_verified_payload()

    yield _sd_jwt_case(town, check, peer="sd-jwt")


def _pymdoccbor(town: Town) -> Iterator[Case]:
    mdoc: Any = importlib.import_module("pymdoccbor.mdoc.verifier")
    x509: Any = importlib.import_module("cryptography.x509")
    roots = [x509.load_der_x509_certificate(town.root.certificate)]

    def check(response: bytes) -> object:
        read = mdoc.MdocCbor()
        read.loads(response.hex())
        if not read.verify(trusted_root_certs=roots):
            raise ValueError("pymdoccbor answered False")
        return read

    response, foreign = town.device_response, Town(town.now).device_response
    name = f"{MDOC} (no device signature)"
    yield Case(name=name, run=lambda: check(response), refused=lambda: check(foreign), peer="pymdoccbor")


def _claim169(town: Town) -> Iterator[Case]:
    claim169: Any = importlib.import_module("claim169")
    message = cose.read(transport.read(town.printed_code()))
    claims = cbor.decode_map(message.payload)
    decoders = (
        (Algorithm.ES256, claim169.decode_with_ecdsa_p256, "ES256"),
        (Algorithm.EDDSA, claim169.decode_with_ed25519, "Ed25519"),
    )
    for algorithm, decode, words in decoders:
        key = SoftwareKey.generate(algorithm=algorithm)
        code = _code(claims, key)
        foreign = _code(claims, SoftwareKey.generate(algorithm=algorithm))
        x, y = key.public.coordinates
        point = b"\x04" + x + y if y else x
        yield Case(
            name=f"{PRINTED} in Rust, {words}",
            run=lambda code=code, decode=decode, point=point: decode(code, point),  # type: ignore[misc]
            refused=lambda code=foreign, decode=decode, point=point: decode(code, point),  # type: ignore[misc]
            peer="claim169",
        )


def _code(claims: dict[object, object], key: SoftwareKey) -> str:
    return transport.write(cose.sign(headers={cose.KID: key.public.kid}, payload=cbor.encode(claims), key=key))


def _sd_jwt_case(town: Town, check: Callable[[str], object], *, peer: str) -> Case:
    presentation, foreign = without_status(town), without_status(Town(town.now))
    return Case(name=SD_JWT, run=lambda: check(presentation), refused=lambda: check(foreign), peer=peer)


_PEERS: Final[dict[str, Callable[[Town], Iterator[Case]]]] = {
    "cwt": _cwt,
    "claim169": _claim169,
    "vouchkit": _vouchkit,
    "openvc-core": _openvc,
    "sd-jwt": _sd_jwt_python,
    "pymdoccbor": _pymdoccbor,
}
