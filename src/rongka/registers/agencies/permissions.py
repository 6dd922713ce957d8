"""What a member of staff may do: by the kind of the agency, and by the role there."""

from __future__ import annotations

from enum import StrEnum

from rongka.rulebook.order import ActorKind


class Kind(StrEnum):
    """The kinds of agency that take part in this city."""

    EMPLOYER = "employer"
    AUTHORITY = "authority"
    CONSULATE = "consulate"
    BORDER = "border"
    COUNTER = "counter"
    INSPECTORATE = "inspectorate"


class Role(StrEnum):
    """What a member of staff is within the agency."""

    OFFICER = "officer"
    READER = "reader"


class Permission(StrEnum):
    """One thing that a desk does. Pages name the one that they need; commands demand it again."""

    READ_OWN_WORKERS = "employer.read"
    APPLY = "employer.apply"
    READ_APPLICATIONS = "authority.read"
    DECIDE = "authority.decide"
    GOVERN_CARDS = "authority.govern-cards"
    OVERSEE_FACE_DATA = "authority.oversee-face-data"
    READ_NOTICES = "consulate.read"
    ISSUE_VISA = "consulate.issue-visa"
    READ_ARRIVALS = "border.read"
    RECORD_ENTRY = "border.record-entry"
    READ_VERIFICATIONS = "counter.read"
    VERIFY_IDENTITY = "counter.verify"
    REVIEW_PROOFS = "counter.review-proofs"
    READ_CHECKS = "inspectorate.read"
    INSPECT = "inspectorate.inspect"


_READING = {
    Kind.EMPLOYER: {Permission.READ_OWN_WORKERS},
    Kind.AUTHORITY: {Permission.READ_APPLICATIONS, Permission.OVERSEE_FACE_DATA},
    Kind.CONSULATE: {Permission.READ_NOTICES},
    Kind.BORDER: {Permission.READ_ARRIVALS},
    Kind.COUNTER: {Permission.READ_VERIFICATIONS},
    Kind.INSPECTORATE: {Permission.READ_CHECKS},
}
_ACTING = {
    Kind.EMPLOYER: {Permission.APPLY},
    Kind.AUTHORITY: {Permission.DECIDE, Permission.GOVERN_CARDS},
    Kind.CONSULATE: {Permission.ISSUE_VISA},
    Kind.BORDER: {Permission.RECORD_ENTRY},
    Kind.COUNTER: {Permission.VERIFY_IDENTITY, Permission.REVIEW_PROOFS},
    Kind.INSPECTORATE: {Permission.INSPECT},
}
ACTOR_KINDS = {
    Kind.EMPLOYER: ActorKind.EMPLOYER,
    Kind.AUTHORITY: ActorKind.AUTHORITY,
    Kind.CONSULATE: ActorKind.CONSULATE,
    Kind.BORDER: ActorKind.BORDER,
    Kind.COUNTER: ActorKind.COUNTER,
    Kind.INSPECTORATE: ActorKind.INSPECTOR,
}


def permissions_of(*, kind: Kind, role: Role) -> frozenset[str]:
    """Return the permissions of a role in a kind of agency. A reader sees the desk's cases; an officer also acts."""
    acting = _ACTING[kind] if role is Role.OFFICER else set()
    return frozenset(_READING[kind] | acting)
