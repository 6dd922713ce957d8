from dataclasses import replace

import pytest

from rongka.rulebook import RuleId, RuleSet
from rongka.rulebook.check import ALL_INVARIANTS, check_rules
from rongka.rulebook.order import ActorKind, Event, OrderTable, State, Transition, the_order

ORDER_INVARIANTS = tuple(
    found
    for found in ALL_INVARIANTS
    if found.code.startswith("sequence.") or found.code in {"order.ends-are-told-apart", "order.both-tracks-meet"}
)
ROWS = the_order().rows
TODAYS_ROWS = [row for row in ROWS if not row.former]


def violations(table):
    return check_rules(table=OrderTable(rows=tuple(table)), invariants=ORDER_INVARIANTS).violations


def bogus_rows():
    """Rows that the order does not have: each event in each state where it may not be."""
    for state in State:
        for row in {row.event: row for row in TODAYS_ROWS}.values():
            if the_order().find(state=state, event=row.event) is None:
                yield Transition(state=state, event=row.event, actor=row.actor, to=row.to, document="guide")


def changed_rows():
    """The order's own rows leading elsewhere, or left to somebody else."""
    for row in TODAYS_ROWS:
        yield from ((row, replace(row, to=state)) for state in State if state is not row.to)
        yield from ((row, replace(row, actor=actor)) for actor in ActorKind if actor is not row.actor)


def test_the_rule_book_keeps_every_statement_of_the_guide():
    report = check_rules()

    assert report.violations == ()
    assert report.states == len(State)
    assert report.triples == len(State) * len(Event) * len(ActorKind)
    assert report.questions > report.triples
    assert report.invariants == len(ALL_INVARIANTS)


@pytest.mark.parametrize("rule_id", RuleId)
def test_a_rule_taken_out_is_missed_by_a_statement_of_its_own(rule_id):
    its_own = [found for found in ALL_INVARIANTS if found.rule is rule_id]

    report = check_rules(rules=RuleSet(without=frozenset({rule_id})), invariants=its_own)

    assert its_own
    assert report.violations
    for violation in report.violations:
        assert violation.as_json()["rule"] == rule_id.value


@pytest.mark.parametrize("row", TODAYS_ROWS, ids=lambda row: f"{row.state}-{row.event}")
def test_a_row_left_out_of_the_order_is_found(row):
    assert violations(other for other in ROWS if other is not row)


@pytest.mark.parametrize("row", list(bogus_rows())[::31], ids=lambda row: f"{row.state}-{row.event}")
def test_a_row_too_many_in_the_order_is_found(row):
    assert violations([*ROWS, row])


@pytest.mark.parametrize(
    ("row", "changed"), list(changed_rows())[::47], ids=lambda row: f"{row.state}-{row.event}-{row.to}-{row.actor}"
)
def test_a_row_that_leads_elsewhere_or_is_another_actors_is_found(row, changed):
    assert violations(changed if other is row else other for other in ROWS)


def test_each_invariant_has_a_code_of_its_own():
    codes = [found.code for found in ALL_INVARIANTS]

    assert len(codes) == len(set(codes))
