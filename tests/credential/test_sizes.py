"""The table of sizes in `docs/credential/README.md` is what the kit writes, and the live code keeps its two limits."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rongka.credential import cbor, cose, present_live_code, sign_trust_list
from rongka.credential.document_types import elements_of
from rongka.credential.qr import qr_modules
from tests.credential.mdoc.world import MdocWorld
from tests.credential.sd_jwt_world import FOUR, issued, presented
from tests.credential.world import LONGEST, NOW, ORDINARY, World

README = Path(__file__).parents[2] / "docs" / "credential" / "README.md"
ALL = tuple(elements_of(ORDINARY))
TOLERANCE = 0.005  # a certificate's signature and serial number differ by some bytes from key to key


@pytest.fixture(scope="module")
def world():
    return MdocWorld()


def _table():
    section = README.read_text(encoding="utf-8").partition("## Sizes")[2].partition("## ")[0]
    rows = re.findall(r"^\| (.+?) \| ([0-9]+) (?:characters|bytes) \| (?:(\d+) x \d+ )?\|$", section, re.MULTILINE)
    return {what: (int(size), int(modules) if modules else None) for what, size, modules in rows}


def _with_whole_key(world):
    claims = cbor.decode_map(cose.read(world.card()).payload)
    claims[8] = {1: world.device.public.to_cose(compressed=False)}
    key = world.keys["card"]
    card = cose.sign(headers={cose.KID: key.public.kid}, payload=cbor.encode(claims), key=key)
    return present_live_code(card_cwt=card, device=world.device, presented_at=NOW)


def _measured(world):
    mdoc = world.issue()
    codes = (world.live_code(), world.live_code(LONGEST), _with_whole_key(world), world.printed_code())
    documents = (
        world.card(),
        issued(world),
        presented(world, disclose=FOUR),
        presented(world, disclose=ALL),
        mdoc,
        world.present(mdoc, disclose=FOUR),
        world.present(mdoc, disclose=ALL),
        sign_trust_list(trust=World().trust(), anchor=world.anchor),
    )
    return [(len(code), len(qr_modules(code))) for code in codes] + [(len(data), None) for data in documents]


def test_the_table_of_sizes_is_what_the_kit_writes(world):
    table = list(_table().values())
    measured = _measured(world)

    # The last row is the status list of 10 million entries, which takes a second to make: `rongka bench status`.
    assert len(table) == len(measured) + 1
    for (told, modules), (size, side) in zip(table, measured, strict=False):
        assert abs(told - size) <= TOLERANCE * size
        assert modules == side


def test_a_live_code_keeps_its_two_limits_whenever_it_is_made(world):
    later = datetime(2037, 12, 31, 23, 59, 59, tzinfo=UTC)
    ordinary = world.live_code(ORDINARY, presented_at=later)
    longest = world.live_code(LONGEST, presented_at=later)

    assert (len(ordinary) <= 667, len(qr_modules(ordinary)) <= 73) == (True, True)
    assert len(qr_modules(longest)) <= 85
