"""The examples of RFC 9901 and of the SD-JWT VC draft: read as they should be, and no letter of them may change."""

import json
from pathlib import Path

import pytest

from rongka.credential import CredentialError, PublicKey, base64url, jws
from rongka.credential.errors import JwsError
from rongka.credential.fields import moment
from rongka.credential.sd_jwt import key_binding
from rongka.credential.sd_jwt.reading import read
from rongka.credential.sd_jwt.verifying import holder_key_of, verify_issued

VECTORS = Path(__file__).parents[3] / "shared" / "vectors"
TYPES = ("example+sd-jwt", "dc+sd-jwt")
# The set's own kinds: how many tokens of each, and how many of them have a key binding.
COUNTS = {"sd-jwt-spec": (1, 8, 3), "sd-jwt-vc": (0, 5, 2)}


def _rows(name):
    folder = VECTORS / name
    if not folder.exists():
        pytest.skip(f"the set {name} is missing")
    return json.loads((folder / "tokens-from-rendered-spec.json").read_text(encoding="utf-8"))


def _issuer():
    folder = VECTORS / "sd-jwt-spec"
    if not folder.exists():
        pytest.skip("the set sd-jwt-spec is missing")
    keys = json.loads((folder / "jwks-from-rendered-spec.json").read_text(encoding="utf-8"))
    return PublicKey.from_jwk(json.loads(keys[6]) if isinstance(keys[6], str) else keys[6])


def _verify_whole(token, issuer, row):
    unverified = read(token, types=TYPES)
    claims = verify_issued(unverified, key=issuer)
    if row.get("kb"):
        asked = json.loads(base64url.decode(row["token"].rpartition("~")[2].split(".")[1].encode()))
        key_binding.verify(
            token=unverified.key_binding,
            bound=unverified.bound,
            key=holder_key_of(claims),
            audience=asked["aud"],
            nonce=asked["nonce"],
            now=moment(asked, "iat"),
        )
    elif unverified.key_binding:
        raise JwsError("a key binding that the example does not have")
    return claims


@pytest.mark.parametrize("name", COUNTS)
def test_every_example_is_verified(name):
    rows, issuer = _rows(name), _issuer()
    plain = [row for row in rows if row["kind"] == "jws"]
    whole = [row for row in rows if row["kind"] == "sd-jwt"]

    for row in plain:
        assert json.loads(jws.read(row["token"].encode(), types=TYPES).verify(key=issuer)) == row["payload"]
    for row in whole:
        opened = json.dumps(_verify_whole(row["token"], issuer, row), ensure_ascii=False)
        sent = row["token"].split("~")[1:-1]
        assert len(sent) == row["disclosures"]
        for disclosure in sent:
            *_, value = parts = json.loads(base64url.decode(disclosure.encode()))
            assert isinstance(value, dict) or json.dumps(value, ensure_ascii=False) in opened
            assert len(parts) == 2 or f'"{parts[1]}": ' in opened
        assert not any(reserved in opened for reserved in ('"_sd"', '"_sd_alg"', '"..."'))
    assert (len(plain), len(whole), sum(bool(row["kb"]) for row in whole)) == COUNTS[name]


@pytest.mark.parametrize("name", COUNTS)
def test_no_letter_of_an_example_may_change(name):
    issuer = _issuer()
    refused = 0
    for row in _rows(name):
        token = row["token"] + ("~" if row["kind"] == "jws" else "")
        for place in range(3, len(token), 1 + len(token) // 40):
            changed = token[:place] + chr(ord(token[place]) ^ 1) + token[place + 1 :]
            with pytest.raises(CredentialError):
                _verify_whole(changed, issuer, row)
            refused += 1
    assert refused > 150
