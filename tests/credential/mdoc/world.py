"""A city with roots and document signers; and a forger, who signs with true keys what no honest issuer would sign."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import cbor2

from rongka.credential import Issuer, Purpose, SoftwareKey, StatusReference, VerifiedTrustList, cose
from rongka.credential.demo_certificates import DemoRoot
from rongka.credential.document_types import DocumentType, elements_of
from rongka.credential.mdoc import issue_mdoc, openid4vp_transcript, present_mdoc, verify_device_response
from rongka.credential.trust_list import TrustedRoot
from rongka.text import Text
from tests.credential.world import INDEX, LIST_URI, NOW, ORDINARY, World

CARD = DocumentType.CARD.doc_type
ALL = tuple(elements_of(ORDINARY))
TRANSCRIPT = openid4vp_transcript(
    client_id="x509_san_dns:hospital.example",
    nonce="n-0S6_WzA2Mj",
    response_uri="https://hospital.example/response",
    encryption_key=None,
)
STATUS = StatusReference(uri=LIST_URI, index=INDEX)


def nothing(_value):
    """Leave a part as an honest issuer or wallet makes it."""


@dataclass
class MdocWorld(World):
    root: DemoRoot = field(default_factory=lambda: DemoRoot.make(name="Shanghai", valid_from=NOW - timedelta(days=90)))

    def __post_init__(self):
        self.key = self.keys[Purpose.CARD]
        self.certificate = self.certify()

    def certify(self, *, key: SoftwareKey | None = None, begun=timedelta(days=10), **changes) -> bytes:
        return self.root.certify(key=(key or self.key).public, valid_from=NOW - begun, **changes)

    def trust(self, *roots: TrustedRoot, keys=()) -> VerifiedTrustList:
        city = Issuer(name=Text(zh="上海", en="Shanghai"), keys=tuple(keys), roots=roots or self.roots())
        return super().trust(issuers=(city,))

    def roots(self, *certificates: bytes, **changes) -> tuple[TrustedRoot, ...]:
        given = {"purpose": Purpose.CARD, "signs_from": NOW - timedelta(days=60)}
        return tuple(
            TrustedRoot(certificate=certificate, **given | changes)
            for certificate in certificates or (self.root.certificate,)
        )

    def issue(self, claims=ORDINARY, **changes) -> bytes:
        given = {
            "claims": claims,
            "device_key": self.device.public,
            "status": STATUS,
            "issued_at": NOW,
            "key": self.key,
            "certificate": self.certificate,
        }
        return issue_mdoc(**given | changes)

    def present(self, issuer_signed=None, *, disclose=ALL, **changes) -> bytes:
        given = {
            "issuer_signed": issuer_signed or self.issue(),
            "disclose": disclose,
            "device": self.device,
            "session_transcript": TRANSCRIPT,
        }
        return present_mdoc(**given | changes)

    def verify(self, response, **changes):
        given = {"response": response, "session_transcript": TRANSCRIPT, "now": NOW}
        if "trust" not in changes:
            given["trust"] = self.trust()
        return verify_device_response(**given | changes)

    def forge(
        self,
        *,
        items: Callable[[list[dict]], object] = nothing,
        mso: Callable[[dict], object] = nothing,
        issuer_auth: Callable[[list], object] = nothing,
        issuer_signed: Callable[[dict], object] = nothing,
        device_auth: Callable[[dict], object] = nothing,
        document: Callable[[dict], object] = nothing,
        response: Callable[[dict], object] = nothing,
        protected=None,
        device_protected=None,
        certificate=None,
        transcript: bytes = TRANSCRIPT,
        device: SoftwareKey | None = None,
        dumps=cbor2.dumps,
    ) -> bytes:
        """Write a response step by step; each step changes its part in place before the next one signs it."""
        made = _items()
        items(made)
        contents = [dumps(item) for item in made]
        said = _mso(self, dict(zip([item.get("digestID") for item in made], map(_digest, contents), strict=True)))
        mso(said)
        payload = _tag24(dumps(said))
        head = dumps({1: -7}) if protected is None else protected
        signature = self.key.sign(cose.to_be_signed(head, payload))
        auth = [head, {33: certificate or self.certificate}, payload, signature]
        issuer_auth(auth)
        signed = {"nameSpaces": {CARD: [cbor2.CBORTag(24, content) for content in contents]}, "issuerAuth": auth}
        issuer_signed(signed)
        head = dumps({1: -7}) if device_protected is None else device_protected
        shown = {
            "deviceSignature": [head, {}, None, (device or self.device).sign(_to_be_signed(head, said, transcript))]
        }
        device_auth(shown)
        paper = {
            "docType": said["docType"],
            "issuerSigned": signed,
            "deviceSigned": {"nameSpaces": cbor2.CBORTag(24, b"\xa0"), "deviceAuth": shown},
        }
        document(paper)
        whole = {"version": "1.0", "documents": [paper], "status": 0}
        response(whole)
        return dumps(whole)


def _items():
    values = {
        name: cbor2.CBORTag(1004, value.isoformat()) if isinstance(value, date) else value
        for name, value in elements_of(ORDINARY).items()
    }
    return [
        {"digestID": number, "random": bytes((number,)) * 16, "elementIdentifier": name, "elementValue": value}
        for number, (name, value) in enumerate(values.items())
    ]


def _mso(world, digests):
    return {
        "version": "1.0",
        "digestAlgorithm": "SHA-256",
        "valueDigests": {CARD: digests},
        "deviceKeyInfo": {"deviceKey": world.device.public.to_cose(compressed=False)},
        "docType": CARD,
        "validityInfo": {
            "signed": cbor2.CBORTag(0, "2026-11-23T03:00:00Z"),
            "validFrom": cbor2.CBORTag(0, "2026-11-23T03:00:00Z"),
            "validUntil": cbor2.CBORTag(0, "2027-01-23T03:00:00Z"),
        },
        "status": STATUS.to_claim(),
    }


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(_tag24(content)).digest()


def _tag24(content: bytes) -> bytes:
    return cbor2.dumps(cbor2.CBORTag(24, content))


def _to_be_signed(head: bytes, said: dict, transcript: bytes) -> bytes:
    # Written by hand, not by the kit: the transcript as it is, between parts that cbor2 writes.
    parts = [cbor2.dumps("DeviceAuthentication"), transcript, cbor2.dumps(said.get("docType")), _tag24(b"\xa0")]
    return cose.to_be_signed(head, _tag24(b"\x84" + b"".join(parts)))
