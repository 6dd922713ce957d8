"""The browser's twin gives the same answers as the kit, from the same vectors, in one run of Node."""

import json
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VERDICTS = json.loads((ROOT / "tests" / "vectors" / "verdicts.json").read_text(encoding="utf-8"))
FORMATS = json.loads((ROOT / "tests" / "vectors" / "formats.json").read_text(encoding="utf-8"))["rows"]
CASES = VERDICTS["cases"]


def _with_tokens(case):
    return case | {
        "trust": VERDICTS["trust_lists"].get(case["trust"]),
        "lists": [VERDICTS["status_lists"][name] for name in case["lists"]],
    }


@pytest.fixture(scope="module")
def twin(tmp_path_factory):
    bundle = tmp_path_factory.mktemp("twin") / "twin.mjs"
    source = Path(__file__).with_name("twin.harness.ts")
    esbuild = ROOT / "node_modules" / ".bin" / "esbuild"
    subprocess.run(
        [esbuild, source, "--bundle", "--format=esm", f"--outfile={bundle}", "--log-level=error"], check=True
    )

    def answers(rows, *options):
        given = "".join(json.dumps(row) + "\n" for row in rows)
        run = subprocess.run(["node", bundle, *options], input=given, check=True, capture_output=True, text=True)
        return [json.loads(line) for line in run.stdout.splitlines()]

    return answers


def test_the_twin_gives_every_verdict_and_reads_every_format_as_the_vectors_say(twin):
    answers = twin([_with_tokens(case) for case in CASES] + FORMATS)

    expected = [case["verdict"] for case in CASES] + [row["gives"] for row in FORMATS]
    assert len(answers) == len(expected)
    names = [case["name"] for case in CASES] + [f"{row['format']} {row['given'][:60]}" for row in FORMATS]
    rows = zip(names, answers, expected, strict=True)
    assert [(name, gives) for name, gives, wanted in rows if gives != wanted] == []


def test_a_browser_without_ed25519_cannot_tell_and_says_nothing_of_the_person(twin):
    cases = {case["name"]: _with_tokens(case) for case in CASES if "EdDSA" in case["name"]}
    answers = dict(zip(cases, twin(cases.values(), "--without-ed25519"), strict=True))

    for name in ("EdDSA everywhere", "EdDSA, another device", "EdDSA, printed"):
        assert (answers[name]["kind"], answers[name]["reason"]) == ("check", "signature.uncheckable")
    assert answers["an EdDSA anchor"]["reason"] == "trust.missing"
    assert answers["EdDSA under ES256's name"]["reason"] == "device.other_key"
    assert not any(answer["claims"] for answer in answers.values() if answer["kind"] != "valid")


def test_the_vectors_hold_every_reason_and_every_kind_of_verdict():
    reasons = json.loads((ROOT / "frontend" / "shared" / "reasons.json").read_text(encoding="utf-8"))
    given = {code for case in CASES for code in (case["verdict"]["reason"], *case["verdict"]["also"])}

    # The one that no Python gives has its own test, above.
    assert given == set(reasons) - {"signature.uncheckable"}
    assert {case["verdict"]["kind"] for case in CASES} == {"valid", "check", "not_valid", "not_our_code"}
    assert len(CASES) >= 478
    assert len(FORMATS) >= 396


def test_red_and_grey_verdicts_of_the_vectors_hold_nothing_of_a_person():
    for case in CASES:
        if case["verdict"]["kind"] in {"not_valid", "not_our_code"}:
            assert case["verdict"]["claims"] is None
            assert case["verdict"]["issuer"] is None
