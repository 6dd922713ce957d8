"""A single changed bit anywhere is refused; `flips` is a script that asks 10,000 of them."""

from collections import Counter

from rongka.proofing.chip import DocumentStatus
from tests.proofing.chip.flips import flips
from tests.proofing.chip.world import KINDS, QUICK, world_of

EACH = 60  # changes of a kind of passport; the script makes 625 of every kind


def test_no_chip_with_a_changed_bit_passes():
    found = [flip for kind in QUICK for flip in flips(world_of(kind), EACH)]

    accepted = [(flip.world, flip.file, flip.bit) for flip in found if flip.status is DocumentStatus.PASS]
    files = Counter(flip.file for flip in found)

    assert accepted == []
    assert set(QUICK) <= set(KINDS)
    assert len(found) == len(QUICK) * EACH
    assert set(files) == {"sod", "dg1", "dg2", "dg14", "dg15"}
    assert all(flip.stopped_by for flip in found)
