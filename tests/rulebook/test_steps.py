import pytest

from rongka.rulebook.order import STEPS, ActorKind, State, Track, progress, steps_of, the_order

OVERSEAS = [
    State.NOTHING, State.APPLIED, State.NOTICE_ISSUED, State.VISA_ISSUED, State.ADMITTED, State.EXAMINED,
    State.VERIFIED, State.CARD_CLAIMED, State.BOUND, State.QUALIFIED, State.ACTIVE,
]  # fmt: skip


def test_the_tracker_overseas_shows_seven_steps_in_the_one_order():
    codes = [step.code for step in steps_of(track=Track.OVERSEAS)]

    assert codes == ["notice", "visa", "entry", "verification", "card", "binding", "activation"]


def test_the_tracker_of_a_legacy_permit_shows_five():
    codes = [step.code for step in steps_of(track=Track.LEGACY)]

    assert codes == ["switch", "verification", "card", "binding", "activation"]


def test_after_entry_three_of_seven_are_done_and_it_is_the_holders_turn():
    found = progress(state=State.ADMITTED, track=Track.OVERSEAS)

    assert (found.done, len(found.steps)) == (3, 7)
    assert found.current.code == "verification"
    assert found.turn is ActorKind.HOLDER


@pytest.mark.parametrize("state", [State.ACTIVE, State.SUSPENDED, State.CANCELLED])
@pytest.mark.parametrize("track", Track)
def test_at_the_end_all_steps_are_done_and_none_is_current(state, track):
    found = progress(state=state, track=track)

    assert found.current is None
    assert found.done == len(found.steps)


def test_progress_never_goes_down_along_the_order():
    done = [progress(state=state, track=Track.OVERSEAS).done for state in OVERSEAS]

    assert done == sorted(done)


def test_each_state_before_activation_belongs_to_one_step():
    for state in set(State) - {State.ACTIVE, State.SUSPENDED, State.CANCELLED}:
        assert len([step for step in STEPS if state in step.states]) == 1, state


def test_the_steps_follow_each_other_as_the_table_does():
    order = {state: place for place, step in enumerate(STEPS) for state in step.states}

    for row in the_order().rows:
        # The switch stands between entry and verification in the list, and is left to the verification.
        if not row.back and not row.former and row.state in order and row.to in order and row.to is not State.RETURNED:
            assert order[row.state] <= order[row.to], row
