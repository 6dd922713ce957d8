"""The demo city's roots: one for each state, the same in every demo, so that its passports can be made anywhere.

Their keys follow from this file, so anybody can forge under them. Trusted in a demo and nowhere else.
"""

from datetime import UTC, datetime
from functools import cache
from typing import Final

from rongka.proofing.chip.specimens.authority import SpecimenAuthority
from rongka.proofing.chip.states import STATES

SINCE: Final = datetime(2024, 1, 1, tzinfo=UTC)  # fixed: the certificates are to be the same in each demo


@cache
def demo_authority(state: str) -> SpecimenAuthority:
    """Give the demo's root of a state; raises ValueError for a state that has no letters in certificates."""
    return SpecimenAuthority.make(valid_from=SINCE, state=state, seed=f"rongka demo city {state}".encode())


def demo_roots() -> tuple[bytes, ...]:
    """Give the certificates (DER) of all the demo's roots."""
    return tuple(demo_authority(state).certificate for state in STATES)
