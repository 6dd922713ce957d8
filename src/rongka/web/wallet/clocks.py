"""The clocks beside the steps, each on its own: none for the card, 30 days for the residence permit, the originals.

They are told, they block nothing, and they are never merged (DESIGN 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rongka.rulebook.deadlines import deadline
from rongka.rulebook.order import State
from rongka.rulebook.parameters import parameter
from rongka.rulebook.rules import RuleId, rule
from rongka.text import Text

if TYPE_CHECKING:
    from datetime import date

    from rongka.registers.cards.queries import Standing
    from rongka.rulebook import Source

RESIDENCE, ORIGINALS, NOTICE = "residence.apply-within", "originals.check-within", "notice.visa-validity-longest"
TOLD_AFTERWARDS = 30  # days for which a day that has passed is still worth a word
CHECKED_CATEGORIES = frozenset("BC")  # FACTS 2: category A is not listed


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: its day and how many days are left, or no limit at all; and how sure we are of it."""

    name: str
    title: Text
    source: Source
    day: date | None = None
    days_left: int | None = None
    note: Text | None = None

    @property
    def mark(self) -> Text | None:
        """Return the mark of a value that no official source confirms."""
        return self.source.doubt


def clocks_of(standing: Standing, *, on: date) -> list[Clock]:
    """Return the clocks that matter where the holder stands."""
    case = standing.case
    if standing.state is State.CANCELLED:
        return []
    clocks = []
    if standing.state is State.NOTICE_ISSUED and case and case.notice:
        clocks.append(_running(NOTICE, title=_NOTICE, ends=case.notice.expires_on, on=on))
    if case and case.entered_on:
        clocks.append(_running(RESIDENCE, start=case.entered_on, on=on, note=_RESIDENCE_NOTE))
        if case.category in CHECKED_CATEGORIES:
            clocks.append(_running(ORIGINALS, start=case.entered_on, on=on, note=_ORIGINALS_NOTE))
    if standing.state in {State.ADMITTED, State.EXAMINED, State.PROOF_SUBMITTED, State.VERIFIED}:
        unlimited = rule(RuleId.CARD_NO_CLAIM_DEADLINE)
        clocks.append(Clock(name=unlimited.id, title=_CARD, source=unlimited.source, note=unlimited.title))
    return [clock for clock in clocks if clock.days_left is None or clock.days_left >= -TOLD_AFTERWARDS]


def _running(
    name: str,
    *,
    on: date,
    start: date | None = None,
    ends: date | None = None,
    title: Text | None = None,
    note: Text | None = None,
) -> Clock:
    value = parameter(name, on=on)
    day = deadline(parameter=value, start=start).on if start else ends
    left = (day - on).days if day else None
    return Clock(name=name, title=title or value.title, source=value.source, day=day, days_left=left, note=note)


_NOTICE = Text(zh="凭通知申办签证", en="Using the notice for the visa")
_CARD = Text(zh="申领电子社保卡", en="Claiming the card")
_RESIDENCE_NOTE = Text(
    zh="与申领电子社保卡无关。已申请的，无须理会。",
    en="This has nothing to do with claiming the card. If you have applied already, you are done.",
)
_ORIGINALS_NOTE = Text(
    zh="由用人单位提交原件核验。仅为提醒，不影响任何步骤。",
    en="Your employer shows the originals to the authority. A reminder: it stops no step.",
)
