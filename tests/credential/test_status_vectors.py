"""The specification's own lists and tokens (draft-ietf-oauth-status-list, 4, 5 and appendix C)."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import cbor2
import pytest

from rongka.credential import CredentialError, base64url, cbor, cose, jws, verify_status_list
from rongka.credential.errors import CoseError, TrustError
from rongka.credential.status_list import TYPE
from rongka.credential.status_list import jwt as status_list_jwt
from rongka.credential.status_list.jwt import verify_status_list_jwt
from rongka.credential.status_list.tokens import read_cwt_claims
from tests.credential.world import LIST_URI, NOW

FOLDER = Path(__file__).parents[3] / "shared" / "vectors" / "token-status-list"
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the set token-status-list is missing")

SECONDS = int(NOW.timestamp())


def appendix_c():
    return json.loads((FOLDER / "appendix-C-vectors.json").read_text(encoding="utf-8"))


def as_cwt(vector, world):
    inner = cbor.decode_map(bytes.fromhex(vector["cbor_hex"]), max_bytes=1 << 20)
    claims = {2: LIST_URI, 6: SECONDS, 4: SECONDS + 9, 65534: 60, 65533: inner}
    key = world.keys["status"]
    token = cose.sign(headers={16: TYPE, 4: key.public.kid}, payload=cbor.encode(claims), key=key)
    return verify_status_list(token=token, trust=world.trust(), now=NOW, uri=LIST_URI)


def as_jwt(vector, world):
    inner = {"bits": vector["bits"], "lst": vector["lst"]}
    claims = {"sub": LIST_URI, "iat": SECONDS, "exp": SECONDS + 9, "ttl": 60, "status_list": inner}
    token = status_list_jwt.sign_status_claims_json(claims_json=json.dumps(claims).encode(), key=world.keys["status"])
    return verify_status_list_jwt(token=token, trust=world.trust(), now=NOW, uri=LIST_URI)


def test_the_set_has_not_shrunk():
    assert {vector["bits"]: len(vector["statuses"]) for vector in appendix_c()} == {1: 11, 2: 11, 4: 15, 8: 256}
    assert len(json.loads((FOLDER / "tokens-from-rendered-spec.json").read_text(encoding="utf-8"))) == 3
    assert len(list((FOLDER / "examples").glob("status_list_encoding*"))) == 14


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
@pytest.mark.parametrize("read", [as_cwt, as_jwt], ids=["CBOR", "JSON"])
def test_the_lists_of_appendix_c_say_what_they_should_and_nothing_else(world, bits, read):
    (vector,) = (vector for vector in appendix_c() if vector["bits"] == bits)
    expected = {int(index): int(value, 2) for index, value in vector["statuses"]}

    found = read(vector, world)

    assert found.size == 1 << 20
    assert {index: found.value(index) for index in expected} == expected
    set_bytes = [byte.start() for byte in re.finditer(rb"[^\0]", found.entries, re.DOTALL)]
    assert set_bytes == sorted({index * bits // 8 for index, value in expected.items() if value})


def test_the_tokens_of_the_specification_are_read_and_their_signer_is_not_ours(world):
    tokens = json.loads((FOLDER / "tokens-from-rendered-spec.json").read_text(encoding="utf-8"))
    lists = [token for token in tokens if token["header"]["typ"] == "statuslist+jwt"]

    assert len(lists) == 2
    for example in lists:
        token = example["token"].encode()
        message = jws.read(token, types={"statuslist+jwt"})
        assert json.loads(message.payload) == example["payload"]
        status_list_jwt.check_status_claims_json(
            json.dumps({n: v for n, v in example["payload"].items() if n != "iss"}, separators=(",", ":")).encode()
        )
        with pytest.raises(TrustError):
            verify_status_list_jwt(token=token, trust=world.trust(), now=datetime.now(UTC))


def test_the_cwt_of_the_specification_is_refused_for_its_unprotected_header_alone():
    lines = (FOLDER / "examples" / "status_list_cwt.md").read_text(encoding="utf-8")
    token = bytes.fromhex("".join(lines.split()))
    protected, unprotected, payload, signature = cbor.decode(token).value
    assert unprotected == {4: b"12"}

    with pytest.raises(CoseError):
        cose.read(token)

    message = cose.read(cbor.encode(cbor2.CBORTag(18, [protected, {}, payload, signature])))
    assert message.headers[16] == TYPE
    assert read_cwt_claims(cbor.decode_map(message.payload), kid=b"").entries.hex() == "b9a3"


def test_the_sixteen_entries_of_section_4_are_packed_as_there():
    from rongka.credential import StatusList

    entries = StatusList(size=16, bits=1)
    for index, bit in enumerate("1001110111000101"):
        entries.set(index, int(bit))

    assert entries.entries.hex() == "b9a3"
    with pytest.raises(CredentialError):
        base64url.decode(b"eNrbuRgAAhcBXQ==")
