"""The wallet's own code maker gives the bytes of the shared vectors."""

import base64
import json
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
VECTORS = json.loads((ROOT / "tests" / "vectors" / "live_code.json").read_text())


@pytest.fixture(scope="module")
def harness(tmp_path_factory):
    bundle = tmp_path_factory.mktemp("harness") / "live_code.mjs"
    source = Path(__file__).with_name("live_code.harness.ts")
    esbuild = ROOT / "node_modules" / ".bin" / "esbuild"
    subprocess.run(
        [esbuild, source, "--bundle", "--format=esm", f"--outfile={bundle}", "--log-level=error"], check=True
    )
    return bundle


def base64url(hexadecimal: str) -> str:
    return base64.urlsafe_b64encode(bytes.fromhex(hexadecimal)).rstrip(b"=").decode()


@pytest.mark.parametrize("vector", VECTORS["live_codes"], ids=lambda vector: vector["name"])
def test_the_bytes_to_sign_and_the_text_are_those_of_the_vectors(harness, vector):
    arguments = [base64url(vector["card_cwt"]), base64url(vector["signature_rfc6979"]), str(vector["iat"])]
    if vector["challenge"]:
        arguments += [base64url(vector["challenge"]["nonce"]), vector["challenge"]["aud"]]

    made = subprocess.run(["node", harness, *arguments], check=True, capture_output=True, text=True)

    assert json.loads(made.stdout) == {"signed": vector["sig_structure"], "text": vector["text"]}


def test_there_are_vectors_to_compare_with():
    assert {vector["challenge"] is None for vector in VECTORS["live_codes"]} == {True, False}
