"""`rongka journey --json | rongka verify`: from the application to a verdict, in real processes."""

import json
import random
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from rongka.credential import VerdictKind, judge, transport, verify_status_list, verify_trust_list
from rongka.rulebook.order import STEPS, Track
from rongka.signer.anchor import read_anchor

# One instance serves all of its tests, if the workers of a parallel run are told to keep groups together.
pytestmark = pytest.mark.xdist_group("instance")

WAYS = {
    "A": ["--category", "A"],
    "B": ["--category", "B"],
    "C": ["--category", "C", "--then", "cancel"],
    "legacy": ["--legacy"],
}
CATEGORIES = {"A": "A", "B": "B", "C": "C", "legacy": "B"}


@pytest.fixture(scope="session")
def journeys(city_of_processes, first_journey):
    """Give one journey of each kind; the first met nothing and made everything, the others find it there."""
    return {way: first_journey if way == "A" else city_of_processes.travel(*WAYS[way]) for way in WAYS}


def _verify(instance, journey, *arguments: str, code: str = "live_code", status: str | None = "status_list"):
    lists = ["--trust", journey["trust_list"], *(["--status", journey[status]] if status else [])]
    done = instance.run("verify", "--json", *lists, *arguments, "-", given=journey[code])
    return done.returncode, json.loads(done.stdout)


def _at(journey, **later: int) -> str:
    """Give an instant after the code was made, which was just after the last step."""
    return (datetime.fromisoformat(journey["steps"][-1]["at"]) + timedelta(**later)).isoformat()


@pytest.mark.parametrize("way", WAYS)
def test_a_card_is_valid_at_once_and_stale_after_a_minute(city_of_processes, journeys, way):
    journey = journeys[way]
    status = "status_list_before" if way == "C" else "status_list"

    code, verdict = _verify(city_of_processes, journey, "--at", _at(journey, seconds=1), status=status)
    stale = _verify(city_of_processes, journey, "--at", _at(journey, seconds=65), status=status)

    assert (code, verdict["verdict"], verdict["reason"]) == (0, "valid", "code.valid")
    assert verdict["claims"]["category"] == CATEGORIES[way]
    assert (stale[0], stale[1]["reason"]) == (1, "code.stale")
    assert "claims" not in stale[1]


@pytest.mark.parametrize("way", WAYS)
def test_the_steps_are_the_whole_official_order(journeys, way):
    track = Track.LEGACY if way == "legacy" else Track.OVERSEAS

    steps = journeys[way]["steps"]

    assert [step["step"] for step in steps] == [step.code for step in STEPS if track in step.tracks]
    assert [step["at"] for step in steps] == sorted(step["at"] for step in steps)
    by = {step["step"]: (step["actor"], step["by"]) for step in steps}
    assert by["verification"] == ("counter", ["counter1", "counter2"])
    assert by["binding"] == ("holder", ["holder"])
    assert by["activation"] == ("system", ["system"])


def test_a_switch_has_no_notice_to_print(journeys):
    without = [way for way, journey in journeys.items() if journey["printed_code"] is None]

    assert without == ["legacy"]


def test_without_a_status_list_it_cannot_be_told(city_of_processes, first_journey):
    answer = _verify(city_of_processes, first_journey, "--at", _at(first_journey, seconds=1), status=None)

    assert (answer[0], answer[1]["reason"]) == (3, "status.missing")


def test_with_a_stale_trust_list_it_cannot_be_told(city_of_processes, first_journey, tmp_path):
    folder = tmp_path / "trust"
    shutil.copytree(city_of_processes.home / "trust", folder)
    signed = city_of_processes.run("trust", "publish", "--folder", str(folder), "--days", "-1")
    assert signed.returncode == 0, signed.stderr
    journey = first_journey | {"trust_list": str(folder / "trust-list.cbor")}

    answer = _verify(city_of_processes, journey, "--at", _at(journey, seconds=1))

    assert (answer[0], answer[1]["verdict"], answer[1]["reason"]) == (3, "check", "trust.stale")


def test_a_cancelled_permit_is_not_valid_once_the_status_list_is_out(city_of_processes, journeys):
    answer = _verify(city_of_processes, journeys["C"], "--at", _at(journeys["C"], seconds=1))

    assert (answer[0], answer[1]["reason"]) == (1, "status.revoked")


def test_a_printed_code_proves_the_document_only(city_of_processes, first_journey):
    answer = _verify(city_of_processes, first_journey, code="printed_code")

    assert (answer[0], answer[1]["reason"]) == (3, "document.printed")


def test_no_flipped_bit_passes(instance, first_journey):
    code, now = first_journey["live_code"], datetime.fromisoformat(_at(first_journey, seconds=1))
    trust = verify_trust_list(
        token=Path(first_journey["trust_list"]).read_bytes(),
        anchor=read_anchor(instance.home / "trust" / "anchor.cbor"),
    )
    status = verify_status_list(token=Path(first_journey["status_list"]).read_bytes(), trust=trust, now=now)
    lists = {status.uri: status}
    assert judge(code=code, trust=trust, status_lists=lists, now=now).kind is VerdictKind.VALID

    verdicts = {
        judge(code=flipped, trust=trust, status_lists=lists, now=now).kind for flipped in _flipped(code, count=1000)
    }

    assert verdicts <= {VerdictKind.NOT_VALID, VerdictKind.NOT_OUR_CODE}


def _flipped(code: str, *, count: int):
    """Flip one random bit: of the text for one half, and of the message under an honest envelope for the other."""
    chance = random.Random(20241201)  # the same bits every time
    text, message = code.encode("ascii"), transport.read(code)
    for _ in range(count // 2):
        yield _with_a_flipped_bit(text, chance).decode("latin-1")
        yield transport.write(_with_a_flipped_bit(message, chance))


def _with_a_flipped_bit(data: bytes, chance: random.Random) -> bytes:
    bit = chance.randrange(8 * len(data))
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)
