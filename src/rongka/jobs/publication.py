"""Keeping the published lists fresh, so that no scanner has to say "cannot tell" because of us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.credential.trust_list import unverified_trust_list
from rongka.registers.issuance.commands import LIST_RENEWAL, publish_status_lists, publish_trust_list
from rongka.registers.issuance.queries import TRUST_LIST, published, published_status_lists
from rongka.registers.journal.errors import NotFound

if TYPE_CHECKING:
    from datetime import datetime

    from rongka.registers.issuance.commands import Issuing


def keep_status_lists_fresh(*, at: datetime, issuing: Issuing) -> list[str]:
    """Publish anew the status lists that grow old; return the names of what was published."""
    if all(at - row.published_at < LIST_RENEWAL for row in published_status_lists()):
        return []
    return publish_status_lists(at=at, issuing=issuing)


def take_up_trust_list(*, at: datetime, token: bytes) -> bool:
    """Serve the trust list that the anchor's keeper laid down; tell whether it was a new one.

    An older list than the one that is served is left where it lies: verifiers refuse it. Raise a `CredentialError` for
    what is no trust list.
    """
    laid_down = unverified_trust_list(token)
    try:
        served = published(TRUST_LIST).token
    except NotFound:
        served = None
    if served is not None and (served == token or laid_down.issued_at < unverified_trust_list(served).issued_at):
        return False
    publish_trust_list(at=at, token=token)
    return True
