"""Keeping the published lists fresh, so that no scanner has to say "cannot tell" because of us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.registers.issuance.commands import LIST_TTL, publish_status_lists, publish_trust_list
from rongka.registers.issuance.queries import TRUST_LIST, published, published_status_lists
from rongka.registers.journal.errors import NotFound

if TYPE_CHECKING:
    from datetime import datetime

    from rongka.registers.issuance.commands import Issuing

RENEW_AFTER = LIST_TTL / 2  # a list is replaced well before those who keep it look for a newer one


def keep_status_lists_fresh(*, at: datetime, issuing: Issuing) -> list[str]:
    """Publish all status lists anew when one of them grows old; return the names of what was published."""
    if all(at - row.published_at < RENEW_AFTER for row in published_status_lists()):
        return []
    return publish_status_lists(at=at, issuing=issuing)


def take_up_trust_list(*, at: datetime, token: bytes) -> bool:
    """Serve the trust list that the anchor's keeper laid down; tell whether it was a new one."""
    try:
        if published(TRUST_LIST).token == token:
            return False
    except NotFound:
        pass
    publish_trust_list(at=at, token=token)
    return True
