"""With libraries that none of us wrote, both ways; and what they accept of what a verifier must refuse.

What they accept is written down here: when a newer version is better, this test says so.
"""

import json
import subprocess
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import cbor2
import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from rongka.credential import SoftwareKey
from rongka.credential.demo_certificates import DemoRoot
from rongka.credential.errors import CoseError, CredentialError
from rongka.credential.mdoc import encoding
from rongka.credential.mdoc.issuer_signed import UnverifiedIssuerSigned
from tests.credential.mdoc import hostile
from tests.credential.mdoc.world import CARD, STATUS, TRANSCRIPT, MdocWorld
from tests.credential.test_certificates import UNKNOWN, changed
from tests.credential.world import NOW

ROOT = Path(__file__).parents[2]
WORLD = MdocWorld()
NAMES = ("name", "birth_date", "category", "employer_name")
SHOWN = {
    "name": "NGUYEN, VAN AN",
    "birth_date": date(1990, 4, 5),
    "category": "B",
    "employer_name": "上海融卡示例国际贸易有限责任公司",
}
TWIN = DemoRoot.make(name="Shanghai", valid_from=NOW - timedelta(days=90))
TWINS = TWIN.certify(key=WORLD.key.public, valid_from=NOW)


def _signer(*extensions, **changes):
    certificate = changed(WORLD.certificate, *extensions, sign_with=WORLD.root.key.private, **changes)
    return WORLD.forge(certificate=certificate)


def _long_ended(mso):
    mso["validityInfo"] |= {
        "signed": cbor2.CBORTag(0, "2026-11-20T00:00:00Z"),
        "validFrom": cbor2.CBORTag(0, "2026-11-20T00:00:00Z"),
        "validUntil": cbor2.CBORTag(0, "2026-11-22T00:00:00Z"),
    }


def _twice(items):
    items.append({"digestID": 40, "random": b"r" * 16, "elementIdentifier": "name", "elementValue": "ANOTHER"})


CONTROL = {"presented by us": WORLD.present(), "forged without a change": WORLD.forge()}
# Every one of these is wrong in one way and right in all others.
HOSTILE = {
    "an element twice, with two values": WORLD.forge(items=_twice),
    "ended yesterday": WORLD.forge(mso=_long_ended),
    "signed after it begins": WORLD.forge(mso=hostile.SECURITY_OBJECT["signed after it begins"][0]),
    "a status that reports an error": WORLD.forge(response=hostile.RESPONSE["an error"][0]),
    "errors of the document": WORLD.forge(document=hostile.DOCUMENT["errors"][0]),
    "a MAC beside the signature": WORLD.forge(device_auth=hostile.DEVICE_AUTH["a MAC beside"][0]),
    "no device's signature": WORLD.forge(device_auth=hostile.DEVICE_AUTH["signature nil"][0]),
    "a critical header": WORLD.forge(protected=cbor2.dumps({1: -7, 2: [99], 99: 1})),
    "certificates by address": WORLD.forge(issuer_auth=hostile.ISSUER_AUTH["certificates by address (x5u)"][0]),
    "another session": WORLD.present(session_transcript=hostile.OTHER_TRANSCRIPT),
    "another device": WORLD.present(device=SoftwareKey.generate()),
    "bytes after the end": WORLD.present() + b"\0",
    "a root of the same name": WORLD.forge(certificate=TWINS),
    "a chain with its own root": WORLD.forge(
        issuer_auth=lambda auth: auth[1].update({33: [TWINS, TWIN.certificate]})
    ),
    "a signer for web servers": _signer((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), True)),
    "a signer that is an authority": _signer((x509.BasicConstraints(ca=True, path_length=0), True)),
    "a signer with an unknown critical extension": _signer((UNKNOWN, True)),
    "an expired signer": WORLD.forge(certificate=WORLD.certify(life=timedelta(days=9))),
}  # fmt: skip
CHAINS = {name for name in HOSTILE if "signer" in name or "root" in name}
ACCEPTED = {
    "@owf/mdoc": {
        "an element twice, with two values",
        "signed after it begins",
        "a status that reports an error",
        "errors of the document",
        "a MAC beside the signature",
        "a critical header",
        "certificates by address",
    },
    "@auth0/mdl": {
        "an element twice, with two values",
        "signed after it begins",
        "a status that reports an error",
        "errors of the document",
        "a MAC beside the signature",
        "a critical header",
        "certificates by address",
        "a signer for web servers",
        "a signer that is an authority",
        "a signer with an unknown critical extension",
    },
    "openvc-core": {
        "an element twice, with two values",
        "signed after it begins",
        "errors of the document",
        "a MAC beside the signature",
        "certificates by address",
        "a signer that is an authority",
    },
    "pymdoccbor": set(HOSTILE) - {
        "a critical header", "a root of the same name", "a chain with its own root", "an expired signer",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def node():
    """Ask both packages for Node in one process."""
    if not (ROOT / "node_modules" / "@owf" / "mdoc").exists():
        pytest.skip("the npm packages of package.json are not installed")
    asked = {
        "now": NOW.isoformat(),
        "root": _text(WORLD.root.certificate),
        "certificate": _text(WORLD.certificate),
        "transcript": _text(TRANSCRIPT),
        "doc_type": CARD,
        "names": NAMES,
        "elements": {"name": "NGUYEN, VAN AN", "category": "B"},
        "issuer_signed": _text(issuer_signed := WORLD.issue()),
        "issued_response": _text(_as_response(issuer_signed)),
        "device": _jwk(WORLD.device),
        "issuer": _jwk(WORLD.key),
        "responses": {name: _text(response) for name, response in (CONTROL | HOSTILE).items()},
    }
    ran = subprocess.run(
        ["node", str(Path(__file__).with_name("mdoc.mjs"))],
        input=json.dumps(asked).encode(),
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    return json.loads(ran.stdout)


def test_none_of_the_hostile_responses_is_accepted_by_us():
    for response in CONTROL.values():
        WORLD.verify(response)
    for response in HOSTILE.values():
        with pytest.raises(CredentialError):
            WORLD.verify(response)


@pytest.mark.parametrize("peer", ["@owf/mdoc", "@auth0/mdl"])
def test_packages_for_node_verify_what_we_write_and_accept_more(node, peer):
    taken = {name for name, outcome in node["verified"][peer].items() if "value" in outcome}

    assert set(CONTROL) <= taken
    # @owf/mdoc leaves the chain to its caller, which here is the test.
    judged = set(HOSTILE) - (CHAINS if peer == "@owf/mdoc" else set())
    assert taken & judged == ACCEPTED[peer]


def test_openvc_core_verifies_what_we_write_and_accepts_more():
    mdoc = pytest.importorskip("openvc.mdoc")
    roots = [x509.load_der_x509_certificate(WORLD.root.certificate)]

    def verify(response):
        return mdoc.verify_device_response(response, trust_anchors=roots, session_transcript=TRANSCRIPT, now=NOW)

    assert verify(CONTROL["presented by us"])[0].elements(CARD)["name"] == "NGUYEN, VAN AN"
    assert _taken(verify) == ACCEPTED["openvc-core"]


@pytest.mark.filterwarnings("ignore")
def test_pymdoccbor_verifies_what_we_write_and_accepts_nearly_everything():
    verifier = pytest.importorskip("pymdoccbor.mdoc.verifier")
    roots = [x509.load_der_x509_certificate(WORLD.root.certificate)]

    def verify(response):
        mdoc = verifier.MdocCbor()
        mdoc.loads(response)
        # It looks at the issuer alone: the device, its session and the times are never verified.
        if not mdoc.verify(roots):
            raise ValueError
        return mdoc

    assert verify(CONTROL["presented by us"]).disclosure_map[CARD]["name"] == "NGUYEN, VAN AN"
    assert _taken(verify) == ACCEPTED["pymdoccbor"]


@pytest.mark.filterwarnings("ignore")
def test_a_document_that_pymdoccbor_issues_is_presented_and_verified_by_us():
    issuer = pytest.importorskip("pymdoccbor.mdoc.issuer")
    began = datetime.now(UTC) - timedelta(days=2)  # it asks the clock
    city = MdocWorld(root=DemoRoot.make(name="Shanghai", valid_from=began))
    certificate = city.root.certify(key=city.key.public, valid_from=began)
    key = {
        "KTY": "EC2",
        "CURVE": "P_256",
        "ALG": "ES256",
        "D": urlsafe_b64decode(_jwk(city.key)["d"] + "="),
        "KID": b"k",
    }
    x, y = city.device.public.coordinates

    mdoc = issuer.MdocCborIssuer(private_key=key, alg="ES256")
    mdoc.new(
        doctype=CARD,
        data={CARD: {"name": "NGUYEN, VAN AN", "birth_date": "1990-04-05"}},
        devicekeyinfo={"KTY": "EC2", "CURVE": "P_256", "X": x, "Y": y},
        validity={"issuance_date": f"{began:%Y-%m-%d}", "expiry_date": f"{began + timedelta(days=90):%Y-%m-%d}"},
        x509_chain=[certificate],
        revocation=STATUS.to_claim(),
    )
    issuer_signed = cbor2.dumps(mdoc.signed["documents"][0]["issuerSigned"])
    trust = city.trust(*city.roots(signs_from=began))
    verified = city.verify(
        city.present(issuer_signed, disclose=("name", "birth_date")), trust=trust, now=datetime.now(UTC)
    )

    assert verified.disclosed.elements == {"name": "NGUYEN, VAN AN", "birth_date": date(1990, 4, 5)}
    assert verified.status == STATUS


def test_what_owf_mdoc_presents_of_our_document_is_verified_by_us(node):
    response = _bytes(node["presented"]["@owf/mdoc"]["value"])

    assert WORLD.verify(response).disclosed.elements == SHOWN


def test_what_auth0_mdl_presents_has_an_undefined_key_identifier_and_is_verified_by_us_without_it(node):
    response = _bytes(node["presented"]["@auth0/mdl"]["value"])
    with pytest.raises(CoseError):
        WORLD.verify(response)

    changed_response = cbor2.loads(response)
    # {4: undefined} beside the device's signature; nothing that is signed changes without it.
    changed_response["documents"][0]["deviceSigned"]["deviceAuth"]["deviceSignature"][1].clear()

    assert WORLD.verify(cbor2.dumps(changed_response)).disclosed.elements == SHOWN


def test_what_owf_mdoc_issues_is_verified_by_us(node):
    issuer_signed = UnverifiedIssuerSigned.read(_bytes(node["issued"]["@owf/mdoc"]["value"]))

    issuer_signed.verify(key=WORLD.key.public)

    assert {item.name: item.value for item in issuer_signed.namespaces[CARD]} == {
        "name": "NGUYEN, VAN AN",
        "birth_date": date(1990, 4, 5),
        "category": "B",
    }


def test_what_auth0_mdl_issues_has_a_second_unprotected_header_and_is_verified_by_us_without_it(node):
    value = encoding.decode(_bytes(node["issued"]["@auth0/mdl"]["value"]))["documents"][0]["issuerSigned"]
    with pytest.raises(CoseError):
        UnverifiedIssuerSigned.from_value(value)

    del value["issuerAuth"][1][4]
    issuer_signed = UnverifiedIssuerSigned.from_value(value)

    issuer_signed.verify(key=WORLD.key.public)
    assert {item.name for item in issuer_signed.namespaces[CARD]} == {"name", "category"}


def _taken(verify):
    taken = set()
    for name, response in HOSTILE.items():
        try:
            verify(response)
        except Exception:  # noqa: BLE001, S112 - peers raise what they like
            continue
        taken.add(name)
    return taken


def _as_response(issuer_signed):
    document = b"\xa2" + cbor2.dumps("docType") + cbor2.dumps(CARD) + cbor2.dumps("issuerSigned") + issuer_signed
    return (
        b"\xa3" + cbor2.dumps("version") + cbor2.dumps("1.0") + cbor2.dumps("documents") + b"\x81" + document
        + cbor2.dumps("status") + b"\x00"
    )  # fmt: skip


def _jwk(key):
    number = key.private.private_numbers().private_value
    return {**key.public.to_jwk(), "d": _text(number.to_bytes(32, "big"))}


def _text(data):
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _bytes(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
