"""The address that an inspector's challenge travels in."""

import json
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGE = "https://city.example/en/wallet/code/"
UNIT = "劳动监察 Labour inspection"


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    bundle = tmp_path_factory.mktemp("challenge") / "challenge.mjs"
    source = Path(__file__).with_name("challenge.harness.ts")
    esbuild = ROOT / "node_modules" / ".bin" / "esbuild"
    subprocess.run(
        [esbuild, source, "--bundle", "--format=esm", f"--outfile={bundle}", "--log-level=error"], check=True
    )

    def answer(*addresses):
        run = subprocess.run(["node", bundle, PAGE, UNIT, *addresses], check=True, capture_output=True, text=True)
        return json.loads(run.stdout)

    return answer


def test_a_challenge_comes_out_as_it_went_in_and_no_two_are_the_same(answer):
    first, second = answer(), answer()

    assert first["own"].startswith(f"{PAGE}#challenge=")
    assert first["read"][0]["audience"] == UNIT
    assert len(first["read"][0]["nonce"]) == 32
    assert first["read"][0]["nonce"] != second["read"][0]["nonce"]


def test_what_no_device_may_answer_is_no_challenge(answer):
    good, long = "A" * 22, "A" * 88
    parts = ["", "challenge=", "challenge=AAAA.QQ", f"challenge={long}.QQ", f"challenge={good}.", f"other={good}.QQ"]
    not_utf8, a_new_line, not_base64 = f"challenge={good}._w", f"challenge={good}.Cg", f"challenge={good}.A"

    given = answer(*(f"{PAGE}#{part}" for part in (*parts, not_utf8, a_new_line, not_base64)), f"{PAGE}?x")

    assert given["read"][1:] == [None] * 10
