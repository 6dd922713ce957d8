"""An agency that verifies for others: HTTPS on this machine under a CA of its own, answers signed as JWS.

Written from `docs/proofing.md` alone, with nothing of `rongka.proofing.remote`. Its three hooks let tests misbehave.
"""

import base64
import hashlib
import ipaddress
import json
import ssl
import threading
import time
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc import jwk, jws

from rongka.proofing.chip import Answer, ChipDocument
from rongka.proofing.face.challenge import Challenge, Turn
from rongka.proofing.face.results import Frame

NAME = "https://agency.example"
TYPE = "rongka-proofing-answer+jwt"


class Agency:
    """A provider; use it in a ``with`` block."""

    def __init__(self, folder: Path, *, documents=None, persons=None):
        self.folder, self.documents, self.persons = folder, documents, persons
        self.key = jwk.ECKey.generate_key("P-256", {"kid": "2026-1"})
        self.requests = []  # parsed
        self.headers = []
        self.answered = {}  # by idempotency key
        self.be_well_behaved()

    def be_well_behaved(self):
        self.change = lambda claims: claims
        self.sign = self.signed
        self.send = lambda handler, token: handler.reply(200, token)

    def __enter__(self):
        self.ca_file = self.folder / "agency-ca.pem"
        certificate = self.folder / "agency.pem"
        _write_certificates(self.ca_file, certificate)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self.server.daemon_threads = True
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self.server.server_port}/proofing"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    @property
    def jwks(self) -> bytes:
        return json.dumps({"keys": [self.key.as_dict(private=False)]}).encode()

    def signed(self, claims, *, key=None, algorithm="ES256", kind=TYPE) -> bytes:
        header = {"alg": algorithm, "typ": kind, "kid": "2026-1"}
        payload = json.dumps(claims).encode()
        return jws.serialize_compact(header, payload, key or self.key, algorithms=[algorithm]).encode()

    def claims(self, body: bytes) -> dict:
        asked = json.loads(body)
        assert (asked["version"], asked["audience"]) == (1, NAME)
        self.requests.append(asked)
        return {
            "iss": NAME,
            "aud": asked["asked_by"],
            "iat": int(time.time()),
            "request_id": asked["request_id"],
            "request_sha256": hashlib.sha256(body).hexdigest(),
            "nonce": asked["nonce"],
            "kind": asked["kind"],
            "result": getattr(self, f"_{asked['kind']}")(asked),
        }

    def _document(self, asked) -> dict:
        files = {name: _bytes(data) for name, data in asked["document"].items() if name != "answer"}
        said = asked["document"].get("answer")
        answer = Answer(bytes.fromhex(said["nonce"]), _bytes(said["signature"])) if said else None
        result = self.documents.verify(ChipDocument(**files, answer=answer), at=datetime.now(UTC))
        return {
            "status": result.status,
            "level": result.level,
            "claims": None if result.claims is None else _claims(result.claims),
            "checks": [_check(check) for check in result.checks],
            "signer_fingerprint": result.signer_fingerprint,
            "csca_fingerprint": result.csca_fingerprint,
            "trust_list_version": result.trust_list_version,
        }

    def _look(self, asked) -> dict:
        look = self.persons.look(_bytes(asked["look"]["frame"]))
        return asdict(look) | {"findings": [_reason(row) for row in look.findings]}

    def _person(self, asked) -> dict:
        person = asked["person"]
        challenge = person["challenge"]
        result = self.persons.verify(
            challenge=Challenge(
                nonce=challenge["nonce"],
                turns=tuple(Turn(turn) for turn in challenge["turns"]),
                issued_at=datetime.fromisoformat(challenge["issued_at"]),
                window_seconds=challenge["window_seconds"],
            ),
            portrait=_bytes(person["portrait"]),
            frames=[
                Frame(_bytes(row["image"]), datetime.fromisoformat(row["received_at"])) for row in person["frames"]
            ],
            at=datetime.fromisoformat(asked["at"]),
        )
        return {
            "status": result.status,
            "score": result.score,
            "thresholds": asdict(result.thresholds),
            "liveness": asdict(result.liveness),
            "findings": [_reason(row) for row in result.findings],
            "reasons": [_reason(row) for row in result.reasons],
            "model_hashes": result.model_hashes,
            "method": result.method,
        }


def _reason(row) -> dict:
    return {"code": row.code, "text": {"zh": row.text.zh, "en": row.text.en}}


def _claims(claims) -> dict:
    names = ("issuing_state", "nationality", "surname", "given_names", "number", "sex")
    days = {"birth_on": claims.birth_on.isoformat(), "expires_on": claims.expires_on.isoformat()}
    return {name: getattr(claims, name) for name in names} | days


def _check(check) -> dict:
    words = {"zh": check.text.zh, "en": check.text.en}
    return {"name": check.name, "outcome": check.outcome, "code": check.code, "text": words}


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _handler_of(agency: Agency):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            agency.headers.append(dict(self.headers))
            key = self.headers["Idempotency-Key"]
            if key not in agency.answered:
                agency.answered[key] = agency.sign(agency.change(agency.claims(body)))
            agency.send(self, agency.answered[key])

        def reply(self, status, body, **headers):
            self.send_response(status)
            for name, value in {"Content-Type": "application/jwt", "Content-Length": len(body), **headers}.items():
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Handler


def _write_certificates(ca_file: Path, certificate_file: Path) -> None:
    now = datetime.now(UTC)
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Agency test CA")])
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "agency")])

    def certify(subject, public_key, *extensions):
        builder = x509.CertificateBuilder(
            issuer_name=ca_name,
            subject_name=subject,
            public_key=public_key,
            serial_number=x509.random_serial_number(),
            not_valid_before=now - timedelta(hours=1),
            not_valid_after=now + timedelta(days=1),
        )
        ca_identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
        builder = builder.add_extension(ca_identifier, critical=False)
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        for extension in extensions:
            builder = builder.add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
        return builder.sign(ca_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    ca_file.write_bytes(certify(ca_name, ca_key.public_key(), x509.BasicConstraints(ca=True, path_length=0)))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    certificate_file.write_bytes(private + certify(name, key.public_key(), here))
