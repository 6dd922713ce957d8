"""``rongka bench status``: a list of 10 million entries of two bits, one in a hundred revoked, in seconds and bytes."""

import random
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from rongka.bench.measuring import BenchError, seconds_of
from rongka.bench.town import Town
from rongka.credential.documents import Purpose
from rongka.credential.issuing import LocalSigner
from rongka.credential.status_list import (
    Status,
    StatusList,
    VerifiedStatusList,
    status_claim_set,
    verify_status_list,
)

ENTRIES: Final = 10_000_000
_ONE_IN: Final = 100
_URI: Final = "https://rongka.example/s/1"
_LOOK_UPS: Final = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFigures:
    """Seconds, and bytes of the signed list; `republish` is from a changed entry to a signed list."""

    entries: int
    revoked: int
    build_seconds: float
    load_seconds: float
    look_up_seconds: float
    republish_seconds: float
    packed_bytes: int
    token_bytes: int
    token_bytes_after_changes: int


def measure_status_lists(town: Town, *, entries: int = ENTRIES) -> StatusFigures:
    """Measure building, loading, looking up and publishing anew; raise `BenchError` when a list does not answer."""
    chosen = random.Random(20_261_123).sample(range(entries), entries // _ONE_IN)  # noqa: S311 - the same in each run
    start = time.process_time()
    statuses = StatusList(size=entries)
    for index in chosen:
        statuses.set(index, Status.INVALID)
    token = _publish(town, statuses, thoroughly=True)
    build_seconds = time.process_time() - start
    loaded = verify_status_list(token=token, trust=town.trust, now=town.now)
    if loaded.status(chosen[0]) is not Status.INVALID:
        raise BenchError("a revoked entry is not found in the list")
    places = iter(chosen)
    return StatusFigures(
        entries=entries,
        revoked=len(chosen),
        build_seconds=build_seconds,
        load_seconds=seconds_of(lambda: verify_status_list(token=token, trust=town.trust, now=town.now)),
        look_up_seconds=_look_up_seconds(loaded, entries=entries),
        republish_seconds=seconds_of(lambda: _change(town, statuses, index=next(places)), rounds=15),
        packed_bytes=len(StatusList(size=entries, entries=loaded.entries).packed()),
        token_bytes=len(token),
        token_bytes_after_changes=len(_publish(town, statuses, thoroughly=False)),
    )


def _change(town: Town, statuses: StatusList, *, index: int) -> bytes:
    statuses.set(index, Status.VALID if statuses.get(index) is Status.INVALID else Status.INVALID)
    return _publish(town, statuses, thoroughly=False)


def _publish(town: Town, statuses: StatusList, *, thoroughly: bool) -> bytes:
    claim_set = status_claim_set(
        uri=_URI,
        entries=statuses,
        issued_at=town.now,
        expires_at=town.now + timedelta(days=2),
        ttl=timedelta(hours=1),
        thoroughly=thoroughly,
    )
    return LocalSigner({Purpose.STATUS: town.keys[Purpose.STATUS]}).sign_status_list(claim_set=claim_set)


def _look_up_seconds(loaded: VerifiedStatusList, *, entries: int) -> float:
    drawn = random.Random(7)  # noqa: S311 - as above
    places = [drawn.randrange(entries) for _ in range(_LOOK_UPS)]

    def look_up_all() -> None:
        status = loaded.status
        for place in places:
            status(place)

    return seconds_of(look_up_all) / _LOOK_UPS
