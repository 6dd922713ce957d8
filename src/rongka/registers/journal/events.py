"""What every event has: a stable code, a title, a subject and, where there is one, the person it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from uuid import UUID

    from rongka.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened; subclasses add what else is worth keeping, and never a secret."""

    code: ClassVar[str]
    title: ClassVar[Text]

    subject_id: UUID
    person_id: UUID | None


def titles() -> dict[str, Text]:
    """Return the title of every kind of event, by its code."""
    return {kind.code: kind.title for kind in Event.__subclasses__()}
