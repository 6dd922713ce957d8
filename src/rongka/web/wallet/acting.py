"""What every page of the wallet asks: who is signed in, and how a form's one command is carried out once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from rongka.registers.journal.commands import once
from rongka.web.audience import actor_of
from rongka.web.forms import key_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest


def own_id(request: HttpRequest) -> UUID:
    """Return the person who is signed in; a page shows nobody else."""
    person_id = actor_of(request).person_id
    if person_id is None:
        msg = "a page for holders was opened by somebody else"
        raise TypeError(msg)
    return person_id


def act(request: HttpRequest, command: Callable[..., UUID], **arguments: object) -> None:
    """Carry out a command as the holder; the same form sent again does nothing again."""
    actor, at, key = actor_of(request), timezone.now(), key_of(request)
    if key is None:
        command(actor=actor, at=at, **arguments)
    else:
        once(command, actor=actor, at=at, key=key, **arguments)
