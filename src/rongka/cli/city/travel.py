"""A whole journey: somebody new, every step, then the code that the phone shows and the lists to judge it with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils import timezone

from rongka.config.issuing import issuing
from rongka.home import home
from rongka.registers.cards.commands import cancel_permit, suspend_card
from rongka.registers.issuance.commands import notice_code, publish_status_lists
from rongka.registers.issuance.queries import TRUST_LIST, published, published_status_lists
from rongka.registers.journal.actors import holder
from rongka.registers.journal.days import CITY_TIME, day_of
from rongka.rulebook.order import STEPS, State

from . import readiness
from .agencies import found_city
from .checks import show_code
from .walk import Walk
from .workers import random_worker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rongka.rulebook.order import ActorKind, Category

    from .walk import Act

    Tell = Callable[[str], None]

LEGACY_LEFT = timedelta(days=60)  # a permit that is about to be extended
REASON = "演示：旅程结束"


@dataclass(frozen=True, slots=True)
class StepDone:
    """A step of the rule book: who brought it to its end, who had a hand in it, and when it was done."""

    code: str
    actor: ActorKind
    by: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """What a journey leaves: its steps, the codes, and the files of the lists. A switch has no notice to print."""

    steps: tuple[StepDone, ...]
    live_code: str
    printed_code: str | None
    trust_list: Path
    status_list: Path
    status_list_before: Path | None = None


def travel(*, category: Category, is_legacy: bool, then: str | None, tell: Tell) -> Journey:
    """Take somebody new the whole way; `tell` hears a line about each act."""
    readiness.bring_database_up_to_date()
    with readiness.signer_running():
        with readiness.one_at_a_time():
            readiness.keep_trust_list(at=timezone.now())
            city = found_city(at=timezone.now())
        walk = Walk(city=city, worker=random_worker(category=category), clock=lambda _event: timezone.now())
        if is_legacy:
            walk.begin_with_legacy_permit(valid_until=day_of(timezone.now()) + LEGACY_LEFT)
        _go(walk, tell=tell)
        return _arrive(walk, then=then)


def _go(walk: Walk, *, tell: Tell) -> None:
    worker = walk.worker
    tell(f"{worker.surname}, {worker.given_names} · {worker.number} · {worker.category}")
    titles = {step.code: step.title for step in STEPS}
    for act in walk.acts(until=State.ACTIVE):
        step, done, clock = titles[act.step], act.event.title, act.at.astimezone(CITY_TIME)
        tell(f"  {clock:%H:%M:%S}  {step.zh} {step.en}: {done.zh} {done.en} — {act.actor.title.zh} {act.by}")


def _arrive(walk: Walk, *, then: str | None) -> Journey:
    now, means = timezone.now(), issuing()
    case = walk.case
    printed = (
        notice_code(actor=holder(walk.person_id), at=now, issuing=means, notice_id=case.notice.id)
        if case.notice
        else None
    )
    code = show_code(person_id=walk.person_id, at=now, issuing=means)
    folder = home() / "journeys" / walk.worker.number
    folder.mkdir(parents=True)
    before = _write_status_list(folder / "status-list.cbor", at=now)
    after = None
    if then is not None:
        _let_authority(then, walk=walk)
        after = _write_status_list(folder / f"status-list-after-{then}.cbor", at=timezone.now())
    return Journey(
        steps=_steps(walk.done),
        live_code=code,
        printed_code=printed,
        trust_list=_write(folder / "trust-list.cbor", published(TRUST_LIST).token),
        status_list=after or before,
        status_list_before=before if after else None,
    )


def _let_authority(then: str, *, walk: Walk) -> None:
    do = cancel_permit if then == "cancel" else suspend_card
    do(actor=walk.city.actor("authority1"), at=timezone.now(), person_id=walk.person_id, reason=REASON)


def _steps(acts: list[Act]) -> tuple[StepDone, ...]:
    """Return one row for each step: two acts of one step, by two officers at the counter, make one verification."""
    steps = []
    for code, group in groupby(acts, key=lambda act: act.step):
        of_step = list(group)
        last = of_step[-1]
        steps.append(StepDone(code=code, actor=last.actor, by=tuple(act.by for act in of_step), at=last.at))
    return tuple(steps)


def _write_status_list(path: Path, *, at: datetime) -> Path:
    """Publish the lists as the cards stand now, and keep the newest of them, in which the new card is."""
    publish_status_lists(at=at, issuing=issuing())
    return _write(path, max(published_status_lists(), key=lambda row: int(row.name)).token)


def _write(path: Path, token: bytes) -> Path:
    path.write_bytes(token)
    return path
