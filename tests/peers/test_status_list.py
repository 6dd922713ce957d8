"""Status lists against `@sd-jwt/jwt-status-list` (npm) and `openvc-core` (PyPI), both ways, and what they let pass."""

import json
import shutil
import subprocess
import zlib
from pathlib import Path

import pytest

from rongka.credential import CredentialError, StatusList, base64url, jws
from rongka.credential.status_list import MAX_LIST_BYTES, WIDTHS
from rongka.credential.status_list.jwt import verify_status_list_jwt
from tests.credential.world import LIST_URI, NOW, World

ROOT = Path(__file__).parents[2]
WORLD = World()
SECONDS = int(NOW.timestamp())
SIZE = 64
CLAIMS = {"sub": LIST_URI, "iat": SECONDS, "exp": SECONDS + 900, "ttl": 60}


def statuses(bits):
    return [index * 7 % (1 << bits) for index in range(SIZE)]


def ours(bits):
    entries = StatusList(size=SIZE, bits=bits)
    for index, value in enumerate(statuses(bits)):
        entries.set(index, value)
    return signed({"status_list": {"bits": bits, "lst": packed(entries.packed())}})


def packed(data):
    return base64url.encode(data).decode()


def signed(changes, *, typ="statuslist+jwt"):
    key = WORLD.keys["status"]
    header = {"typ": typ, "kid": packed(key.public.kid)}
    return jws.sign(header=header, payload=json.dumps(CLAIMS | changes).encode(), key=key).decode()


SLOW = "grows too large"  # the npm package takes it, in a second: it is not asked each time
TOO_LARGE = MAX_LIST_BYTES + 1  # openvc-core's own bound is four times ours, the npm package has none
GOOD = zlib.compress(bytes(SIZE))
# Each is wrong in one way, signed by the right key. Who takes it: s for @sd-jwt/jwt-status-list, o for openvc-core.
HOSTILE = {
    "another address": (signed({"sub": LIST_URI + "1", "status_list": {"bits": 2, "lst": packed(GOOD)}}), "so"),
    "another type": (signed({"status_list": {"bits": 2, "lst": packed(GOOD)}}, typ="JWT"), "so"),
    "three bits": (signed({"status_list": {"bits": 3, "lst": packed(GOOD)}}), ""),
    "bytes after the end": (signed({"status_list": {"bits": 2, "lst": packed(GOOD + b"more")}}), "so"),
    "no checksum": (signed({"status_list": {"bits": 2, "lst": packed(GOOD[:-4])}}), "o"),
    "cut": (signed({"status_list": {"bits": 2, "lst": packed(zlib.compress(bytes(range(200)))[:-40])}}), "o"),
    SLOW: (signed({"status_list": {"bits": 8, "lst": packed(zlib.compress(bytes(TOO_LARGE), 9))}}), "so"),
    "padded": (signed({"status_list": {"bits": 2, "lst": packed(GOOD) + "=="}}), "so"),
    "characters that are none": (signed({"status_list": {"bits": 2, "lst": "!" + packed(GOOD)}}), "so"),
}


def verify(token):
    return verify_status_list_jwt(token=token.encode(), trust=WORLD.trust(), now=NOW, uri=LIST_URI)


@pytest.fixture(scope="module")
def npm():
    if shutil.which("node") is None or not (ROOT / "node_modules" / "@sd-jwt" / "jwt-status-list").exists():
        pytest.skip("the peer @sd-jwt/jwt-status-list is missing")
    asked = {
        "tokens": {str(bits): ours(bits) for bits in WIDTHS}
        | {n: token for n, (token, _) in HOSTILE.items() if n != SLOW},
        "lists": {str(bits): statuses(bits) for bits in WIDTHS},
        "claims": CLAIMS,
        "indices": list(range(SIZE)),
    }
    command = ["node", str(Path(__file__).with_name("jwt_status_list.mjs"))]
    done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def openvc():
    return pytest.importorskip("openvc.status.token_status_list", reason="the peer openvc-core is missing")


def openvc_reads(token, index=1):
    peer = openvc()
    claims = json.loads(base64url.decode(token.split(".")[1].encode()))
    document = {"status": {"status_list": {"uri": LIST_URI, "idx": index}}}
    return peer.check_token_status(document, resolve_status_list_token=lambda _: claims).status


@pytest.mark.parametrize("bits", WIDTHS)
def test_both_read_our_lists(npm, bits):
    assert npm["read"][str(bits)] == {"bits": bits, "statuses": statuses(bits)}
    assert [openvc_reads(ours(bits), index) for index in range(SIZE)] == statuses(bits)


@pytest.mark.parametrize("bits", WIDTHS)
def test_we_read_what_the_npm_package_writes(npm, bits):
    written = npm["written"][WIDTHS.index(bits)]
    key = WORLD.keys["status"]
    header = written["header"] | {"kid": packed(key.public.kid)}
    token = jws.sign(header=header, payload=json.dumps(written["payload"]).encode(), key=key)

    found = verify(token.decode())

    assert [found.value(index) for index in range(SIZE)] == statuses(bits)


@pytest.mark.parametrize("bits", WIDTHS)
def test_we_read_what_openvc_writes(bits):
    peer = openvc()
    data = peer.new_status_list(SIZE, bits=bits)
    for index, value in enumerate(statuses(bits)):
        peer.set_status(data, index, value, bits=bits)

    found = verify(signed({"status_list": {"bits": bits, "lst": peer.encode_status_list(bytes(data))}}))

    assert [found.value(index) for index in range(SIZE)] == statuses(bits)


@pytest.mark.parametrize("name", HOSTILE)
def test_we_refuse_what_others_let_pass(npm, name):
    token, accepted_by = HOSTILE[name]

    with pytest.raises(CredentialError):
        verify(token)

    accepts = "s" * ("error" not in npm["read"].get(name, {}))
    try:
        openvc_reads(token)
    except Exception:  # noqa: BLE001 - a peer may raise anything
        assert accepts == accepted_by
    else:
        assert accepts + "o" == accepted_by
