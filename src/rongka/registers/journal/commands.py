"""Writing to the journal, and performing a request once."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app as jobs

from .errors import KeyReused, Refused
from .models import Performed, Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from rongka.rulebook import Decision

    from .actors import Actor
    from .events import Event


def record(event: Event, *, actor: Actor, at: datetime) -> None:
    """Write one event; it stands or falls with the transaction of the command that calls this."""
    data = {field.name: getattr(event, field.name) for field in fields(event)}
    Record.objects.create(
        at=at,
        event=event.code,
        actor_kind=actor.kind,
        staff_id=actor.staff_id,
        agency_id=actor.agency_id,
        person_id=data.pop("person_id"),
        subject_id=data.pop("subject_id"),
        data=data,
    )


def require(decision: Decision) -> None:
    """Raise `Refused` unless the rule book allowed it."""
    if not decision.allowed:
        raise Refused(decision)


def enqueue(job: str, **arguments: str) -> None:
    """Leave work for the job named so; the worker sees it when, and only if, this transaction commits."""
    jobs.configure_task(job).defer(**arguments)


def once(
    command: Callable[..., UUID | None], /, *, actor: Actor, at: datetime, key: str, **arguments: object
) -> UUID | None:
    """Perform a command under an idempotency key: a repeated request gets the first one's answer.

    The key is written in the same transaction as the work. A second request with the key waits for the first
    (the unique index makes it wait), then returns its result; if the first failed, the second does the work.

    What is bound to the command beforehand (`functools.partial`: a verifier, a signer) is no part of the request.
    """
    fingerprint = _fingerprint(command, arguments)
    try:
        with transaction.atomic():
            performed = Performed.objects.create(actor=actor.identity, key=key, fingerprint=fingerprint, at=at)
            performed.result = command(actor=actor, at=at, **arguments)
            performed.save(update_fields=["result"])
            return performed.result
    except IntegrityError:
        earlier = Performed.objects.filter(actor=actor.identity, key=key).first()
        if earlier is None:
            raise
    if earlier.fingerprint != fingerprint:
        raise KeyReused
    return earlier.result


def _fingerprint(command: Callable[..., object], arguments: dict[str, object]) -> str:
    # A set has no order of its own: another process would spell the same one otherwise.
    ordered = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in arguments.items()}
    asked = command.func if isinstance(command, partial) else command
    text = repr((asked.__qualname__, sorted(ordered.items())))
    return hashlib.sha256(text.encode()).hexdigest()
