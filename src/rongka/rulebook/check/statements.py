"""Invariants of the guide's other eight statements, each searched over all that could make a difference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rongka.rulebook.order import Track
from rongka.rulebook.vocabulary import ActorKind, Event, Facts, Occasion, Paper, State

from .walk import EVERYTHING, FIRST_DAY, MODEST, Place, Witness, paper_sets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .walk import Law

CARDS = (Paper.CARD, Paper.BARE_CARD, Paper.PHYSICAL_CARD)
DAYS_OF_TEN_YEARS = range(3651)
DAYS_OF_NOTE = (None, 0, 1, 29, 30, 31, 90, 365, 3650)
DAYS_WITHOUT_PHYSICAL_PERMITS = (FIRST_DAY, date(2024, 12, 2), date(2025, 6, 30), date(2034, 12, 1))
LEGACY_END = date(2027, 6, 1)
BEFORE_REFORM = date(2024, 11, 25)


def card_changes_nothing_at_the_border(law: Law) -> Iterator[Witness]:
    """Adding a card to any set of papers lets nobody in who was out."""
    for state, actor, papers in _entries(law):
        without = _may_enter(law, state, actor, papers)
        for card in CARDS:
            if card not in papers and _may_enter(law, state, actor, papers | {card}) != without:
                yield _entry_witness("a card made the difference", state, actor, papers | {card})


def entry_needs_both(law: Law) -> Iterator[Witness]:
    """Nobody enters without passport and original notice."""
    for state, actor, papers in _entries(law):
        if not {Paper.PASSPORT, Paper.ORIGINAL_NOTICE} <= papers and _may_enter(law, state, actor, papers):
            yield _entry_witness("entered without passport and original notice", state, actor, papers)


def copy_is_no_original(law: Law) -> Iterator[Witness]:
    """A copy in the place of the original lets nobody in."""
    for state, actor, papers in _entries(law):
        copy_only = Paper.NOTICE_COPY in papers and Paper.ORIGINAL_NOTICE not in papers
        if copy_only and _may_enter(law, state, actor, papers):
            yield _entry_witness("entered on a copy", state, actor, papers)


def entry_papers_are_enough(law: Law) -> Iterator[Witness]:
    """After the visa, passport, visa and original notice are enough, whatever else is shown."""
    enough = {Paper.PASSPORT, Paper.VISA, Paper.ORIGINAL_NOTICE}
    for place in law.places_after(Event.ISSUE_VISA):
        for papers in paper_sets():
            if enough <= papers and not _may_enter(law, place.state, ActorKind.BORDER, papers):
                yield _entry_witness("refused with all entry papers", place.state, ActorKind.BORDER, papers)


def card_can_be_claimed_on_any_day(law: Law) -> Iterator[Witness]:
    """Ten years of days after entry, with and without a physical card."""
    for place in law.places_after(Event.COUNTERSIGN_IDENTITY, Event.ACCEPT_PROOF):
        for days in DAYS_OF_TEN_YEARS:
            facts = Facts(days_since_entry=days, has_physical_card=bool(days % 2))
            if not law.ask(event=Event.CLAIM_CARD, state=place.state, actor=ActorKind.HOLDER, facts=facts).allowed:
                yield Witness("claim refused", place, Event.CLAIM_CARD, ActorKind.HOLDER, facts=facts)


def days_since_entry_decide_nothing(law: Law) -> Iterator[Witness]:
    """No event anywhere is refused for the days since entry."""
    for state, event, actor in law.triples():
        first, *others = (replace(MODEST, days_since_entry=days) for days in DAYS_OF_NOTE)
        expected = law.ask(event=event, state=state, actor=actor, facts=first)
        for facts in others:
            if law.ask(event=event, state=state, actor=actor, facts=facts) != expected:
                yield Witness("days since entry made the difference", Place(state), event, actor, facts=facts)


def physical_card_decides_nothing(law: Law) -> Iterator[Witness]:
    """With or without a physical card, every answer is the same."""
    for state, event, actor in law.triples():
        with_card = law.ask(event=event, state=state, actor=actor, facts=replace(MODEST, has_physical_card=True))
        facts = replace(MODEST, has_physical_card=False)
        if law.ask(event=event, state=state, actor=actor, facts=facts) != with_card:
            yield Witness("a physical card made the difference", Place(state), event, actor, facts=facts)


def no_physical_permit_is_issued(law: Law) -> Iterator[Witness]:
    """Nobody, in no state, from the first day on."""
    for state, event, actor in law.triples():
        if event is not Event.ISSUE_PHYSICAL_PERMIT:
            continue
        for day in DAYS_WITHOUT_PHYSICAL_PERMITS:
            if law.ask(event=event, state=state, actor=actor, on=day).allowed:
                yield Witness("physical permit issued", Place(state), event, actor, on=day)


def nobody_becomes_a_legacy_holder(law: Law) -> Iterator[Witness]:
    """Only who began with a legacy permit ever holds one."""
    for place in law.places:
        if place.state is State.LEGACY and place.last not in {Track.LEGACY, Event.REFUSE_SWITCH}:
            yield Witness("became a legacy holder", place)


def switch_needs_an_occasion(law: Law) -> Iterator[Witness]:
    """Without an occasion there is no switch, in any state, for anybody."""
    facts = replace(EVERYTHING, occasion=None)
    for state, event, actor in law.triples():
        if event is Event.SUBMIT_SWITCH and law.ask(event=event, state=state, actor=actor, facts=facts).allowed:
            yield Witness("switched without an occasion", Place(state), event, actor, facts=facts)


def every_occasion_is_enough(law: Law) -> Iterator[Witness]:
    """Extension, change or reissue by choice: each opens the switch."""
    for place in law.places_after(Track.LEGACY, Event.REFUSE_SWITCH):
        for occasion in Occasion:
            facts = Facts(occasion=occasion)
            if not law.ask(event=Event.SUBMIT_SWITCH, state=place.state, actor=ActorKind.EMPLOYER, facts=facts).allowed:
                yield Witness("occasion not accepted", place, Event.SUBMIT_SWITCH, ActorKind.EMPLOYER, facts=facts)


def nobody_is_made_to_switch(law: Law) -> Iterator[Witness]:
    """A switch may be required at extension and change, and on no other occasion."""
    for occasion in (None, *Occasion):
        due = occasion in {Occasion.EXTENSION, Occasion.CHANGE}
        if law.may_require_switch(occasion).allowed != due:
            yield Witness("required without need" if not due else "not due at renewal", facts=Facts(occasion=occasion))


def legacy_permit_is_valid_to_its_end(law: Law) -> Iterator[Witness]:
    """Each day from before the reform to the last: valid; from its end on: not."""
    days = (LEGACY_END - BEFORE_REFORM).days
    for day in (BEFORE_REFORM + timedelta(days=count) for count in range(days + 10)):
        if law.legacy_validity(on=day, valid_until=LEGACY_END).allowed != (day < LEGACY_END):
            yield Witness("legacy permit not valid to its end", on=day)


def valid_legacy_permit_can_be_switched(law: Law) -> Iterator[Witness]:
    """To its last day a legacy permit is good enough to be switched."""
    facts = Facts(occasion=Occasion.EXTENSION, legacy_valid_until=LEGACY_END)
    for place in law.places_after(Track.LEGACY):
        for day in (FIRST_DAY, date(2025, 6, 30), LEGACY_END - timedelta(days=1)):
            event, actor = Event.SUBMIT_SWITCH, ActorKind.EMPLOYER
            if not law.ask(event=event, state=place.state, actor=actor, on=day, facts=facts).allowed:
                yield Witness("valid legacy permit not switched", place, event, actor, on=day, facts=facts)


def either_proof_is_enough(law: Law) -> Iterator[Witness]:
    """Passport with the notice, or passport with the loaded card."""
    for papers in paper_sets():
        good = Paper.PASSPORT in papers and bool(papers & {Paper.ORIGINAL_NOTICE, Paper.CARD})
        if good and not law.papers_for_residence(papers).allowed:
            yield Witness("refused with passport and one proof", facts=Facts(papers=papers))


def less_is_not_enough(law: Law) -> Iterator[Witness]:
    """No passport, or neither proof: refused. A copy alone the guide does not speak of, and it is left out here."""
    for papers in paper_sets():
        proof = papers & {Paper.ORIGINAL_NOTICE, Paper.NOTICE_COPY, Paper.CARD}
        if (Paper.PASSPORT not in papers or not proof) and law.papers_for_residence(papers).allowed:
            yield Witness("accepted with less", facts=Facts(papers=papers))


def _entries(law: Law) -> Iterator[tuple[State, ActorKind, frozenset[Paper]]]:
    # Only border inspection is asked here; that nobody else records an entry, the sequence checks.
    return ((state, ActorKind.BORDER, papers) for state in law.states for papers in paper_sets())


def _may_enter(law: Law, state: State, actor: ActorKind, papers: frozenset[Paper]) -> bool:
    return law.ask(event=Event.RECORD_ENTRY, state=state, actor=actor, facts=Facts(papers=papers)).allowed


def _entry_witness(finding: str, state: State, actor: ActorKind, papers: frozenset[Paper]) -> Witness:
    return Witness(finding, Place(state), Event.RECORD_ENTRY, actor, facts=Facts(papers=papers))
