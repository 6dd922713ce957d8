"""How long a phone may go without a network: Rongka's own policy, dated like law so that a change is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.rulebook.parameters import parameter

if TYPE_CHECKING:
    from datetime import date


def connect_after_days(*, on: date) -> int:
    """Return after how many days without a network a wallet says "connect once"."""
    return parameter("wallet.connect-after", on=on).value


def hide_after_days(*, on: date) -> int:
    """Return after how many days without a network a wallet hides the code."""
    return parameter("wallet.hide-after", on=on).value


def renew_credential_after_days(*, on: date) -> int:
    """Return how old a credential may be before the wallet gets a new one."""
    return parameter("wallet.renew-credential-after", on=on).value
