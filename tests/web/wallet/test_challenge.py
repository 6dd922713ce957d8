"""The challenge's own code: what the scanner shows and the wallet reads."""

import json
import subprocess
from pathlib import Path

import cbor2
import pytest

from rongka.credential import base45

ROOT = Path(__file__).parents[3]
AUDIENCE, NONCE = "上海市劳动保障监察总队 · Pudong", bytes(range(16))


def spelled(claims: object) -> str:
    return "RKQ1:" + base45.encode(cbor2.dumps(claims))


GOOD = spelled({3: AUDIENCE, 10: NONCE})
REFUSED = {
    "nothing": "",
    "a live code": "NCF" + "0" * 80,
    "another version": GOOD.replace("RKQ1", "RKQ2"),
    "small letters": GOOD.lower(),
    "cut off": GOOD[:-4],
    "no nonce": spelled({3: AUDIENCE}),
    "a short nonce": spelled({3: AUDIENCE, 10: b"1234567"}),
    "a long nonce": spelled({3: AUDIENCE, 10: bytes(65)}),
    "a nonce of text": spelled({3: AUDIENCE, 10: "12345678"}),
    "no audience": spelled({10: NONCE}),
    "an empty audience": spelled({3: "", 10: NONCE}),
    "a long audience": spelled({3: "a" * 201, 10: NONCE}),
    "an audience that turns the line": spelled({3: "a\u202eb", 10: NONCE}),
    "one claim more": spelled({3: AUDIENCE, 6: 1, 10: NONCE}),
    "an array": spelled([AUDIENCE, NONCE]),
}


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    bundle = tmp_path_factory.mktemp("harness") / "challenge.mjs"
    source = Path(__file__).with_name("challenge.harness.ts")
    esbuild = ROOT / "node_modules" / ".bin" / "esbuild"
    subprocess.run(
        [esbuild, source, "--bundle", "--format=esm", f"--outfile={bundle}", "--log-level=error"], check=True
    )

    def read(*codes: str):
        made = subprocess.run(["node", bundle, *codes], check=True, capture_output=True, text=True)
        return json.loads(made.stdout)

    return read


def test_a_challenge_is_read_and_written_again_as_it_was(read):
    [found, pasted] = read(GOOD, f" {GOOD}\n")

    assert found == pasted == {"audience": AUDIENCE, "nonce": NONCE.hex(), "text": GOOD}


def test_whatever_else_a_camera_sees_is_no_challenge(read):
    answers = dict(zip(REFUSED, read(*REFUSED.values()), strict=True))

    assert answers == dict.fromkeys(REFUSED)
