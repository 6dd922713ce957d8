from datetime import date, timedelta
from itertools import product

import pytest

from rongka.rulebook import Confidence, RuleId
from rongka.rulebook.order import ActorKind, Event, Facts, OrderTable, Paper, State, decide, the_order

DAY = date(2025, 6, 30)
GOOD = Facts(papers=frozenset({Paper.PASSPORT, Paper.VISA, Paper.ORIGINAL_NOTICE}), occasion="extension")
TODAYS_ROWS = [row for row in the_order().rows if not row.former]
LISTED = {(row.state, row.event, row.actor): row.to for row in TODAYS_ROWS}
REASONS_OF_THE_ORDER = {
    "order.wrong-actor",
    "order.not-yet",
    "order.already-done",
    "order.other-track",
    "order.ended",
}


@pytest.mark.parametrize("event", Event)
def test_every_actor_may_do_what_the_table_lists_and_nothing_else(event):
    for state, actor in product(State, ActorKind):
        decision = decide(event=event, state=state, actor=actor, on=DAY, facts=GOOD)

        assert decision.to == LISTED.get((state, event, actor))
        assert decision.allowed == ((state, event, actor) in LISTED)


@pytest.mark.parametrize("event", [event for event in Event if event is not Event.ISSUE_PHYSICAL_PERMIT])
def test_every_refusal_by_the_order_has_a_known_code_a_source_and_a_next_step(event):
    for state, actor in product(State, ActorKind):
        decision = decide(event=event, state=state, actor=actor, on=DAY, facts=GOOD)

        assert {reason.code for reason in decision.reasons} <= REASONS_OF_THE_ORDER
        for reason in decision.reasons:
            assert reason.rule is RuleId.ORDER_FIXED
            assert reason.source.confidence is Confidence.SEED
            assert reason.next_step.zh
            assert "{" not in reason.text.zh + reason.text.en + reason.next_step.zh + reason.next_step.en


def test_a_refusal_that_comes_too_early_names_what_must_come_first_and_who_is_next():
    decision = decide(event=Event.CLAIM_CARD, state=State.NOTICE_ISSUED, actor=ActorKind.HOLDER, on=DAY)

    (reason,) = decision.reasons
    assert reason.code == "order.not-yet"
    assert Event.COUNTERSIGN_IDENTITY.title.zh in reason.text.zh
    assert Event.ISSUE_VISA.title.zh in reason.next_step.zh
    assert ActorKind.CONSULATE.title.en in reason.next_step.en


@pytest.mark.parametrize(
    ("event", "state", "code"),
    [
        (Event.ISSUE_NOTICE, State.RETURNED, "order.not-yet"),
        (Event.SUBMIT_APPLICATION, State.RETURNED, "order.already-done"),
        (Event.EXAMINE_IDENTITY, State.EXAMINED, "order.already-done"),
        (Event.REJECT_IDENTITY, State.ADMITTED, "order.not-yet"),
        (Event.REINSTATE_CARD, State.ACTIVE, "order.not-yet"),
        (Event.CANCEL_PERMIT, State.CANCELLED, "order.already-done"),
        (Event.SUSPEND_CARD, State.CANCELLED, "order.ended"),
        (Event.ISSUE_VISA, State.REFUSED, "order.ended"),
        (Event.SUBMIT_SWITCH, State.APPLIED, "order.other-track"),
        (Event.SUBMIT_APPLICATION, State.LEGACY, "order.other-track"),
    ],
)
def test_a_wrong_place_is_told_as_what_it_is(event, state, code):
    actor = the_order().rows_of(event=event)[0].actor

    decision = decide(event=event, state=state, actor=actor, on=DAY, facts=GOOD)

    assert [reason.code for reason in decision.reasons] == [code]


def test_wrong_actor_and_wrong_place_are_both_told():
    decision = decide(event=Event.ACTIVATE_CARD, state=State.NOTHING, actor=ActorKind.INSPECTOR, on=DAY)

    assert [reason.code for reason in decision.reasons] == ["order.wrong-actor", "order.not-yet"]


def test_nothing_is_done_in_this_order_before_its_first_day():
    first = date(2024, 12, 1)

    before = decide(event=Event.ISSUE_NOTICE, state=State.APPLIED, actor=ActorKind.AUTHORITY, on=first - timedelta(1))
    on = decide(event=Event.ISSUE_NOTICE, state=State.APPLIED, actor=ActorKind.AUTHORITY, on=first)

    assert [reason.code for reason in before.reasons] == ["order.not-in-force"]
    assert on.allowed


def test_each_event_has_one_kind_of_actor():
    actors = {event: {row.actor for row in the_order().rows_of(event=event)} for event in Event}

    assert all(len(found) == 1 for found in actors.values()), actors


def test_a_table_with_two_answers_to_one_question_is_refused():
    row = the_order().rows[0]

    with pytest.raises(ValueError, match="two rows"):
        OrderTable(rows=(row, row))


@pytest.mark.parametrize("state", State)
def test_what_a_state_says_is_next_is_a_row_of_the_table_and_whose_turn_it_is_fits(state):
    row = the_order().find(state=state, event=state.next_event) if state.next_event else None

    assert (row is None) == (state.next_event is None)
    if row is not None and state.turn not in {None, ActorKind.HOLDER}:
        assert state.turn is row.actor
    assert state.title.zh
    assert state.todo.en
