"""The phone masks names and numbers as the server does."""

import json
import subprocess
from pathlib import Path

from rongka.credential import mask_number
from rongka.proofing.display import mask_name

ROOT = Path(__file__).parents[3]
TEXTS = [
    "MÜLLER, ANNA MARIA",
    "MU\u0308LLER, A\u0301NNA",
    "SUHARJONO",
    "O'CONNOR, SEÁN",
    "安娜·穆勒",
    "𠮷田, 太郎",
    "MUELLER  ANNA MARIA",
    "LY\u0331\u0308, X",
    "WPG3JGNXSTVV4A",
    "X12345678901",
    "1234567890",
    "12345",
    "1234",
    "",
]


def test_masks_are_the_same_on_both_sides(tmp_path):
    bundle, source = tmp_path / "words.mjs", Path(__file__).with_name("words.harness.ts")
    esbuild = ROOT / "node_modules" / ".bin" / "esbuild"
    subprocess.run(
        [esbuild, source, "--bundle", "--format=esm", f"--outfile={bundle}"], check=True, capture_output=True
    )

    made = subprocess.run(["node", bundle, json.dumps(TEXTS)], check=True, capture_output=True, text=True)

    assert json.loads(made.stdout) == [[mask_name(text), mask_number(text)] for text in TEXTS]
