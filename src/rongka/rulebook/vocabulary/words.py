"""The words of the order: states, events, actors, papers, occasions. Their titles are in the TOML files beside."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rongka.rulebook import data
from rongka.rulebook.titled import TitledEnum

if TYPE_CHECKING:
    from rongka.text import Text


class Category(TitledEnum):
    """The category of a foreigner who works in China; the order is the same for all three."""

    A = "A"
    B = "B"
    C = "C"

    def _find_title(self) -> Text:
        return _title("categories.toml", self.value)


class ActorKind(TitledEnum):
    """Who acts; the English title is meant for the middle of a sentence."""

    EMPLOYER = "employer"
    AUTHORITY = "authority"
    CONSULATE = "consulate"
    BORDER = "border"
    COUNTER = "counter"
    HOLDER = "holder"
    SYSTEM = "system"
    INSPECTOR = "inspector"

    def _find_title(self) -> Text:
        return _title("actors.toml", self.value)


class Event(TitledEnum):
    """What can be done to a case."""

    SUBMIT_APPLICATION = "submit-application"
    CORRECT_APPLICATION = "correct-application"
    RETURN_APPLICATION = "return-application"
    REFUSE_APPLICATION = "refuse-application"
    ISSUE_NOTICE = "issue-notice"
    ISSUE_VISA = "issue-visa"
    RECORD_ENTRY = "record-entry"
    SUBMIT_SWITCH = "submit-switch"
    CORRECT_SWITCH = "correct-switch"
    RETURN_SWITCH = "return-switch"
    REFUSE_SWITCH = "refuse-switch"
    APPROVE_SWITCH = "approve-switch"
    EXAMINE_IDENTITY = "examine-identity"
    REJECT_IDENTITY = "reject-identity"
    COUNTERSIGN_IDENTITY = "countersign-identity"
    SUBMIT_PROOF = "submit-proof"
    WITHDRAW_PROOF = "withdraw-proof"
    REJECT_PROOF = "reject-proof"
    LAPSE_PROOF = "lapse-proof"
    ACCEPT_PROOF = "accept-proof"
    CLAIM_CARD = "claim-card"
    BIND_PERMIT_NUMBER = "bind-permit-number"
    GENERATE_QUALIFICATION = "generate-qualification"
    ACTIVATE_CARD = "activate-card"
    SUSPEND_CARD = "suspend-card"
    REINSTATE_CARD = "reinstate-card"
    CANCEL_PERMIT = "cancel-permit"
    ISSUE_PHYSICAL_PERMIT = "issue-physical-permit"

    def _find_title(self) -> Text:
        return _title("events.toml", self.value)


class State(TitledEnum):
    """Where a case stands."""

    NOTHING = "nothing"
    APPLIED = "applied"
    RETURNED = "returned"
    REFUSED = "refused"
    NOTICE_ISSUED = "notice-issued"
    VISA_ISSUED = "visa-issued"
    LEGACY = "legacy"
    SWITCH_APPLIED = "switch-applied"
    SWITCH_RETURNED = "switch-returned"
    ADMITTED = "admitted"
    EXAMINED = "examined"
    PROOF_SUBMITTED = "proof-submitted"
    VERIFIED = "verified"
    CARD_CLAIMED = "card-claimed"
    BOUND = "bound"
    QUALIFIED = "qualified"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"

    def _find_title(self) -> Text:
        return _title("states.toml", self.value)

    @property
    def todo(self) -> Text:
        """What is to be done now, and by whom, in one sentence."""
        return data.text(_table("states.toml")[self.value]["todo"])

    @property
    def turn(self) -> ActorKind | None:
        """Whose turn it is; None when nobody has to do anything."""
        turn = _table("states.toml")[self.value].get("turn")
        return None if turn is None else ActorKind(turn)

    @property
    def next_event(self) -> Event | None:
        """The event that is expected next; None at an end."""
        event = _table("states.toml")[self.value].get("next")
        return None if event is None else Event(event)


class Paper(TitledEnum):
    """What can be shown at a border, a counter or a desk."""

    PASSPORT = "passport"
    VISA = "visa"
    ORIGINAL_NOTICE = "original-notice"
    NOTICE_COPY = "notice-copy"
    CARD = "card"
    BARE_CARD = "bare-card"
    PHYSICAL_CARD = "physical-card"
    LEGACY_PERMIT = "legacy-permit"

    def _find_title(self) -> Text:
        return _title("papers.toml", self.value)


class Occasion(TitledEnum):
    """Why a legacy permit is switched."""

    EXTENSION = "extension"
    CHANGE = "change"
    REISSUE = "reissue"

    def _find_title(self) -> Text:
        return _title("occasions.toml", self.value)


@cache
def _title(file: str, key: str) -> Text:
    return data.text(_table(file)[key]["title"])


@cache
def _table(file: str) -> data.Table:
    return data.read_table("vocabulary", file)
