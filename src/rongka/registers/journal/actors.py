"""Who acts: a member of an agency's staff, a holder, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rongka.rulebook.order import ActorKind

from .errors import NotPermitted

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts, with all that a command needs to know of them."""

    kind: ActorKind
    staff_id: UUID | None = None
    agency_id: UUID | None = None
    person_id: UUID | None = None
    permissions: frozenset[str] = frozenset()

    @property
    def identity(self) -> str:
        """The same text for the same actor: the scope of idempotency keys."""
        return f"{self.kind}:{self.staff_id or self.person_id or 'system'}"

    def must_have(self, permission: str) -> None:
        """Raise `NotPermitted` unless this actor holds the permission."""
        if permission not in self.permissions:
            raise NotPermitted(permission)


SYSTEM = Actor(kind=ActorKind.SYSTEM)


def holder(person_id: UUID) -> Actor:
    """Return the actor for a signed-in holder."""
    return Actor(kind=ActorKind.HOLDER, person_id=person_id)
