"""What ends by itself: pictures whose time is over, and online verifications that nobody reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.registers.evidence.commands import delete_due_images as delete_batch
from rongka.registers.identity.proving import lapse_proofs as lapse
from rongka.registers.journal.actors import SYSTEM

if TYPE_CHECKING:
    from datetime import datetime


def delete_due_images(*, at: datetime) -> int:
    """Delete every picture whose time is over, batch by batch; return how many. Each batch is written down."""
    deleted = 0
    while (deletion := delete_batch(actor=SYSTEM, at=at)) is not None:
        deleted += deletion.images
    return deleted


def lapse_proofs(*, at: datetime) -> int:
    """End the tries that nobody reviewed in time, or that were begun and left; return how many."""
    return lapse(actor=SYSTEM, at=at)
