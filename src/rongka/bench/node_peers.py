"""npm's libraries: one node process that measures its own raw check, since its OpenSSL is another than ours."""

import json
import shutil
import ssl
import subprocess
from importlib import resources
from typing import Any, Final

from rongka.bench.measuring import Measured
from rongka.bench.peers import without_status
from rongka.bench.town import NONCE, Town
from rongka.bench.verifying import MDOC, SD_JWT
from rongka.credential import base64url, cose, transport
from rongka.credential.documents import Purpose

_MOST_SECONDS: Final = 300
_PEERS: Final = ("@sd-jwt/sd-jwt-vc", "@auth0/mdl")


def measure_node_peers(town: Town, *, rounds: int) -> tuple[list[Measured], dict[str, str]]:
    """Give what npm's peers cost, and why each of the others was left out."""
    node = shutil.which("node")
    if node is None:
        return [], dict.fromkeys(_PEERS, "no node")
    script = resources.files("rongka.bench").joinpath("peers.mjs")
    with resources.as_file(script) as path:
        try:
            done = subprocess.run(  # noqa: S603 - our own script, by the node of this machine
                [node, str(path)],
                input=json.dumps(_given(town, rounds=rounds)).encode(),
                capture_output=True,
                timeout=_MOST_SECONDS,
                check=True,
            )
            answer = json.loads(done.stdout)
        except (subprocess.SubprocessError, OSError, ValueError) as error:
            return [], dict.fromkeys(_PEERS, f"does not work here: {error}")
    return [_measured(case, answer["raw_microseconds"] / 1e6) for case in answer["cases"]], answer["left_out"]


def _measured(case: dict[str, Any], raw_seconds: float) -> Measured:
    return Measured(
        name=case["name"],
        cost=case["cost"],
        seconds=1 / case["per_second"],
        raw_seconds=raw_seconds,
        peer=case["peer"],
    )


def _given(town: Town, *, rounds: int) -> dict[str, object]:
    other = Town(town.now)
    message = cose.read(transport.read(town.printed_code()))
    data = cose.to_be_signed(message.protected, message.payload)
    return {
        "names": {"sd_jwt": SD_JWT, "mdoc": MDOC},
        "rounds": rounds,
        "raw": {
            "jwk": town.keys[Purpose.NOTICE].public.to_jwk(),
            "data": _text(data),
            "signature": _text(message.signature),
        },
        "jwk": town.keys[Purpose.CARD].public.to_jwk(),
        "nonce": NONCE,
        "token": without_status(town),
        "foreign_token": without_status(other),
        "root": ssl.DER_cert_to_PEM_cert(town.root.certificate),
        "transcript": _text(town.transcript),
        "response": _text(town.device_response),
        "foreign_response": _text(other.device_response),
    }


def _text(data: bytes) -> str:
    return base64url.encode(data).decode("ascii")
