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

    @property
    def officer(self) -> UUID:
        """The acting member of staff; raise `NotPermitted` when nobody of an agency's staff acts."""
        if self.staff_id is None:
            raise NotPermitted("staff")
        return self.staff_id

    @property
    def agency(self) -> UUID:
        """The agency that the acting member of staff belongs to."""
        if self.agency_id is None:
            raise NotPermitted("staff")
        return self.agency_id

    @property
    def person(self) -> UUID:
        """The acting holder."""
        if self.person_id is None:
            raise NotPermitted("holder")
        return self.person_id

    def must_have(self, permission: str) -> None:
        """Raise `NotPermitted` unless this actor holds the permission."""
        if permission not in self.permissions:
            raise NotPermitted(permission)


SYSTEM = Actor(kind=ActorKind.SYSTEM)


def holder(person_id: UUID) -> Actor:
    """Return the actor for a signed-in holder."""
    return Actor(kind=ActorKind.HOLDER, person_id=person_id)
