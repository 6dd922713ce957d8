"""The tracker's steps for one person, as one reader sees them: the rule book's steps, names and order."""

from __future__ import annotations

from datetime import date, datetime

from rongka.registers.cards.queries import Standing
from rongka.registers.journal.days import day_of
from rongka.registers.permits.outcomes import Kind
from rongka.rulebook.notice import notice_validity
from rongka.rulebook.order import ActorKind, State, Step, Track, progress
from rongka.text import Text

from .parts import StepKind, TrackerStep

YOUR_TURN = Text(zh="轮到您办理", en="It is your turn")
REFUSED = Text(zh="不予许可", en="Refused")


def tracker(standing: Standing, *, reader: ActorKind) -> list[TrackerStep]:
    """Return every step with where it stands; the current one says whose turn it is, since when and until when."""
    reached = progress(state=standing.state, track=track_of(standing))
    dates = _dates(standing)
    ahead = reached.steps[reached.done + 1 :]
    done = [_done(step, dates) for step in reached.steps[: reached.done]]
    current = [_current(step, standing, reader) for step in reached.steps[reached.done : reached.done + 1]]
    return [*done, *current, *(TrackerStep(step.title, StepKind.AHEAD) for step in ahead)]


def track_of(standing: Standing) -> Track:
    """Return which of the two ways a person goes."""
    if standing.case is not None:
        return Track.OVERSEAS if standing.case.kind is Kind.OVERSEAS else Track.LEGACY
    return Track.LEGACY if standing.state is State.LEGACY else Track.OVERSEAS


def turn_words(state: State, *, reader: ActorKind) -> Text | None:
    """Say whose turn it is: "your" when it is the reader's; None when nobody has to do anything."""
    if state.turn is None:
        return None
    if state.turn is reader:
        return YOUR_TURN
    return Text(zh=f"等待{state.turn.title.zh}", en=f"Waiting for {state.turn.title.en}")


def _done(step: Step, dates: dict[str, date]) -> TrackerStep:
    return TrackerStep(step.title, StepKind.DONE, done_on=dates.get(step.code))


def _current(step: Step, standing: Standing, reader: ActorKind) -> TrackerStep:
    state = standing.state
    if state is State.REFUSED:
        return TrackerStep(step.title, StepKind.REFUSED, turn=REFUSED, note=state.todo)
    return TrackerStep(
        step.title,
        StepKind.CURRENT,
        turn=turn_words(state, reader=reader) or state.title,
        since=day_of(standing.since) if standing.since else None,
        expected_on=last_day(standing),
        doubt=doubt_of(standing),
        note=state.todo,
    )


def last_day(standing: Standing) -> date | None:
    """Return the last day for the current step, where the paper in hand has one. Claiming a card has none."""
    case = standing.case
    if standing.state is State.NOTICE_ISSUED and case and case.notice:
        return case.notice.expires_on
    if standing.state is State.VISA_ISSUED and case and case.visa:
        return case.visa.expires_on
    return None


def doubt_of(standing: Standing) -> Text | None:
    """Return the mark of a last day that rests on a figure which nobody official has confirmed."""
    case = standing.case
    if standing.state is not State.NOTICE_ISSUED or not case or not case.notice:
        return None
    return notice_validity(on=case.notice.issued_on).source.doubt


def _dates(standing: Standing) -> dict[str, date]:
    case, card = standing.case, standing.card
    found: dict[str, date | datetime | None] = {
        "notice": case.notice.issued_on if case and case.notice else None,
        "visa": case.visa.issued_on if case and case.visa else None,
        "entry": case.entered_on if case else None,
        "switch": case.switched_on if case else None,
        "verification": standing.verification.verified_at if standing.verification else None,
        "card": card.claimed_at if card else None,
        "binding": card.bound_at if card else None,
        "activation": card.activated_at if card else None,
    }
    return {step: day_of(at) if isinstance(at, datetime) else at for step, at in found.items() if at}
