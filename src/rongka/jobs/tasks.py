"""The jobs by the names under which commands leave them (`registers.journal.commands.enqueue`). Each may run twice."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from rongka.registers.cards.queries import persons_left_bound
from rongka.registers.issuance import commands as issuance

from . import completion, publication, retention

if TYPE_CHECKING:
    from rongka.registers.issuance.commands import Issuing

# From half a minute apart to half an hour: a signer that is restarted is back for the second try, and one that has to
# be mended for the last.
TRY_AGAIN = RetryStrategy(max_attempts=8, wait=30, linear_wait=300)

LEFT_AFTER = timedelta(hours=2)  # a little more than all those tries take


@app.task(name="complete_card", retry=TRY_AGAIN)
def complete_card(*, person_id: str) -> None:
    """Generate the qualification and activate the card of a person who has bound the permit number."""
    completion.complete_card(person_id=UUID(person_id), at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="complete_cards_left")
def complete_cards_left(timestamp: int) -> None:  # noqa: ARG001 - what procrastinate passes to periodic work
    """Begin again with every card whose job has run out of tries, or was lost."""
    for person_id in persons_left_bound(before=timezone.now() - LEFT_AFTER):
        # The lock keeps it to one job a person that waits, however often this runs.
        with suppress(AlreadyEnqueued), transaction.atomic():
            complete_card.configure(queueing_lock=f"complete_card {person_id}").defer(person_id=str(person_id))


@app.task(name="publish_status_lists", retry=TRY_AGAIN)
def publish_status_lists() -> None:
    """Publish after a suspension, a cancellation or the revocation of a device."""
    issuance.publish_status_lists(at=timezone.now(), issuing=_issuing())


# Every five minutes, since a worker that starts makes up for what it missed in the last ten: an instance that was
# switched off for a week has fresh lists as soon as it is back.
@app.periodic(cron="*/5 * * * *")
@app.task(name="keep_lists_fresh")
def keep_lists_fresh(timestamp: int) -> None:  # noqa: ARG001 - what procrastinate passes to periodic work
    """Serve the newest trust list, and publish the status lists anew before they grow old."""
    token: bytes | None = import_string(settings.RONGKA_TRUST_LIST)()
    if token is not None:
        publication.take_up_trust_list(at=timezone.now(), token=token)
    publication.keep_status_lists_fresh(at=timezone.now(), issuing=_issuing())


@app.periodic(cron="7 * * * *")
@app.task(name="delete_due_images", retry=TRY_AGAIN)
def delete_due_images(timestamp: int) -> None:  # noqa: ARG001 - what procrastinate passes to periodic work
    """Delete the pictures whose time is over, and write down how many."""
    retention.delete_due_images(at=timezone.now())


@app.periodic(cron="17 * * * *")
@app.task(name="lapse_proofs", retry=TRY_AGAIN)
def lapse_proofs(timestamp: int) -> None:  # noqa: ARG001 - what procrastinate passes to periodic work
    """End online verifications that nobody reviewed in time."""
    retention.lapse_proofs(at=timezone.now())


def _issuing() -> Issuing:
    found: Issuing = import_string(settings.RONGKA_ISSUING)()
    return found
