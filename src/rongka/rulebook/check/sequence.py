"""The order, told once more by what may follow what: the guide's sentences, not the rule book's table.

For every event: who does it, and after which events (or at which start) it may come, and there it must be possible.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rongka.rulebook.order import Track
from rongka.rulebook.rules import RuleId
from rongka.rulebook.vocabulary import ActorKind, Event
from rongka.text import Text

from .invariant import Invariant
from .walk import Witness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .walk import Law


@dataclass(frozen=True, slots=True)
class Turn:
    """An event, its actor, and what may come directly before it."""

    event: Event
    actor: ActorKind
    after: frozenset[Event | Track]


def _turn(event: Event, actor: ActorKind, *after: Event | Track) -> Turn:
    return Turn(event=event, actor=actor, after=frozenset(after))


E, A = Event, ActorKind
# Admitted for the first time, or again because nothing came of an attempt: both ways of verification are open.
_ADMITTED = (
    E.RECORD_ENTRY,
    E.APPROVE_SWITCH,
    E.REJECT_IDENTITY,
    E.WITHDRAW_PROOF,
    E.REJECT_PROOF,
    E.LAPSE_PROOF,
)

SEQUENCE: tuple[tuple[str, Text, tuple[Turn, ...]], ...] = (
    (
        "sequence.application",
        Text(
            zh="用人单位提出申请；退回后补正，许可机关仅对已提交的申请作出决定。",
            en="The employer applies and corrects what was returned; the authority rules only on what was submitted.",
        ),
        (
            _turn(E.SUBMIT_APPLICATION, A.EMPLOYER, Track.OVERSEAS),
            _turn(E.CORRECT_APPLICATION, A.EMPLOYER, E.RETURN_APPLICATION),
            _turn(E.RETURN_APPLICATION, A.AUTHORITY, E.SUBMIT_APPLICATION, E.CORRECT_APPLICATION),
            _turn(E.REFUSE_APPLICATION, A.AUTHORITY, E.SUBMIT_APPLICATION, E.CORRECT_APPLICATION),
            _turn(E.ISSUE_NOTICE, A.AUTHORITY, E.SUBMIT_APPLICATION, E.CORRECT_APPLICATION),
        ),
    ),
    (
        "sequence.visa-after-notice",
        Text(zh="获批工作许可通知之后，申办Z字签证。", en="The Z visa comes after the work permit notice."),
        (_turn(E.ISSUE_VISA, A.CONSULATE, E.ISSUE_NOTICE),),
    ),
    (
        "sequence.entry-after-visa",
        Text(zh="取得Z字签证之后，入境。", en="Entry comes after the Z visa."),
        (_turn(E.RECORD_ENTRY, A.BORDER, E.ISSUE_VISA),),
    ),
    (
        "sequence.switch",
        Text(
            zh="旧卡切换由用人单位申请、许可机关决定；不予切换的，旧卡照旧，可以再次申请。",
            en="The employer applies for the switch, the authority decides; after a refusal it may be tried again.",
        ),
        (
            _turn(E.SUBMIT_SWITCH, A.EMPLOYER, Track.LEGACY, E.REFUSE_SWITCH),
            _turn(E.CORRECT_SWITCH, A.EMPLOYER, E.RETURN_SWITCH),
            _turn(E.RETURN_SWITCH, A.AUTHORITY, E.SUBMIT_SWITCH, E.CORRECT_SWITCH),
            _turn(E.REFUSE_SWITCH, A.AUTHORITY, E.SUBMIT_SWITCH, E.CORRECT_SWITCH),
            _turn(E.APPROVE_SWITCH, A.AUTHORITY, E.SUBMIT_SWITCH, E.CORRECT_SWITCH),
        ),
    ),
    (
        "sequence.verification-after-admission",
        Text(
            zh="入境（或者旧卡切换核准）之后，实名实人核验；初核之后才有复核。",
            en="Verification comes after entry (or an approved switch); the countersignature after the examination.",
        ),
        (
            _turn(E.EXAMINE_IDENTITY, A.COUNTER, *_ADMITTED),
            _turn(E.REJECT_IDENTITY, A.COUNTER, E.EXAMINE_IDENTITY),
            _turn(E.COUNTERSIGN_IDENTITY, A.COUNTER, E.EXAMINE_IDENTITY),
        ),
    ),
    (
        "sequence.proof-after-admission",
        Text(
            zh="线上核验与窗口核验同时开放；本人提交之后，才有撤回、审核和逾期失效，之后窗口仍然开放。",
            en="Online and counter are open together; withdrawal, review and lapse come after the holder's submission.",
        ),
        (
            _turn(E.SUBMIT_PROOF, A.HOLDER, *_ADMITTED),
            _turn(E.WITHDRAW_PROOF, A.HOLDER, E.SUBMIT_PROOF),
            _turn(E.REJECT_PROOF, A.COUNTER, E.SUBMIT_PROOF),
            _turn(E.LAPSE_PROOF, A.SYSTEM, E.SUBMIT_PROOF),
            _turn(E.ACCEPT_PROOF, A.COUNTER, E.SUBMIT_PROOF),
        ),
    ),
    (
        "sequence.card-after-verification",
        Text(zh="完成实名核验之后，申领电子社保卡。", en="The card is claimed after the verification."),
        (_turn(E.CLAIM_CARD, A.HOLDER, E.COUNTERSIGN_IDENTITY, E.ACCEPT_PROOF),),
    ),
    (
        "sequence.binding-after-card",
        Text(zh="申领之后，绑定本人的工作许可编号。", en="The permit number is bound after the card is claimed."),
        (_turn(E.BIND_PERMIT_NUMBER, A.HOLDER, E.CLAIM_CARD),),
    ),
    (
        "sequence.qualification-after-binding",
        Text(zh="绑定之后，由系统生成工签资质。", en="After the binding the system makes the qualification."),
        (_turn(E.GENERATE_QUALIFICATION, A.SYSTEM, E.BIND_PERMIT_NUMBER),),
    ),
    (
        "sequence.activation-after-qualification",
        Text(zh="生成工签资质之后，证卡融合功能生效。", en="After the qualification the card becomes active."),
        (_turn(E.ACTIVATE_CARD, A.SYSTEM, E.GENERATE_QUALIFICATION),),
    ),
    (
        "sequence.life-after-activation",
        Text(
            zh="激活之后才有暂停、恢复和注销；暂停期间也可以注销。",
            en="Suspension, reinstatement and cancellation come after activation; a suspended permit can be cancelled.",
        ),
        (
            _turn(E.SUSPEND_CARD, A.AUTHORITY, E.ACTIVATE_CARD, E.REINSTATE_CARD),
            _turn(E.REINSTATE_CARD, A.AUTHORITY, E.SUSPEND_CARD),
            _turn(E.CANCEL_PERMIT, A.AUTHORITY, E.ACTIVATE_CARD, E.REINSTATE_CARD, E.SUSPEND_CARD),
        ),
    ),
)


def _search(turns: tuple[Turn, ...], law: Law) -> Iterator[Witness]:
    for turn in turns:
        yield from _too_early_or_late(turn, law)
        yield from _not_possible(turn, law)


def _too_early_or_late(turn: Turn, law: Law) -> Iterator[Witness]:
    for place in law.places:
        if place.last in turn.after:
            continue
        for actor in ActorKind:
            if law.ask(event=turn.event, state=place.state, actor=actor).allowed:
                yield Witness(finding="allowed out of order", place=place, event=turn.event, actor=actor)


def _not_possible(turn: Turn, law: Law) -> Iterator[Witness]:
    for last in turn.after:
        places = law.places_after(last)
        if not places:
            yield Witness(finding=f"never happens: {last}", event=turn.event, actor=turn.actor)
        for place in places:
            for actor in ActorKind:
                allowed = law.ask(event=turn.event, state=place.state, actor=actor).allowed
                if allowed != (actor is turn.actor):
                    finding = "allowed to another actor" if allowed else "refused in its turn"
                    yield Witness(finding=finding, place=place, event=turn.event, actor=actor)


SEQUENCE_INVARIANTS = tuple(
    Invariant(code=code, rule=RuleId.ORDER_FIXED, statement=statement, search=partial(_search, turns))
    for code, statement, turns in SEQUENCE
)
