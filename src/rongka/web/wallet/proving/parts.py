"""How far a holder has come on the way by phone, and which part comes first; a page that is too early leads there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from rongka.registers.cards.queries import Standing, standing_of
from rongka.registers.evidence.queries import check_to_compare, consent_of
from rongka.registers.identity.queries import proof_of, tries_left
from rongka.registers.journal.errors import NotFound
from rongka.registers.people.queries import person_card
from rongka.rulebook.order import State
from rongka.web.verifiers import person_verifier
from rongka.web.wallet.acting import own_id

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from rongka.proofing.face.results import PersonVerifier
    from rongka.registers.evidence.queries import ConsentCard, DocumentCheckCard
    from rongka.registers.identity.queries import ProofCard

ZONE_KEY = "proving_zone_confirmed"  # the admission whose passport's two lines were typed and confirmed


class Part(IntEnum):
    """The parts in their order, as the pages count them; `NONE` is the page of the two ways."""

    NONE = 0
    CONSENT = 1
    PASSPORT = 2
    CHIP = 3
    FACE = 4


PAGES = {
    Part.NONE: "wallet:verification",
    Part.CONSENT: "wallet:proving-consent",
    Part.PASSPORT: "wallet:proving-passport",
    Part.CHIP: "wallet:proving-chip",
    Part.FACE: "wallet:proving-face",
}


@dataclass(frozen=True, slots=True)
class Way:
    """What a holder has behind them. `verifier` is None where nobody compares faces: then the counter is the way."""

    standing: Standing
    verifier: PersonVerifier | None
    consent: ConsentCard | None
    check: DocumentCheckCard | None
    proof: ProofCard | None
    is_zone_confirmed: bool
    tries_left: int  # how often the face may still be shown today

    @property
    def admission_id(self) -> UUID:
        """The admission that the verification belongs to; raise `NotFound` before the entry."""
        case = self.standing.case
        if case is None or case.admission_id is None:
            raise NotFound
        return case.admission_id

    @property
    def has_passport(self) -> bool:
        """Whether the chip was read, is genuine, says what the record says, and its photo is still there."""
        return self.check is not None and self.check.agrees and self.check.has_portrait

    @property
    def first(self) -> Part:
        """The part that comes next."""
        if self.standing.state is not State.ADMITTED or self.verifier is None:
            return Part.NONE
        if self.consent is None:
            return Part.CONSENT
        if self.has_passport:
            return Part.FACE
        return Part.CHIP if self.is_zone_confirmed else Part.PASSPORT

    def instead_of(self, part: Part) -> HttpResponseRedirect | None:
        """Lead to the part that comes first, when this one is too early or there is no way at all."""
        return None if self.first is not Part.NONE and part <= self.first else to_part(self.first)


def way_of(request: HttpRequest) -> Way:
    """Return how far the signed-in holder has come."""
    standing = standing_of(own_id(request))
    admission_id = standing.case.admission_id if standing.case else None
    consent = consent_of(standing.person_id)
    passport_id = person_card(standing.person_id).passport_id
    return Way(
        standing=standing,
        verifier=person_verifier(),
        # A consent belongs to one admission: after a new entry the holder is asked again.
        consent=consent if consent and consent.admission_id == admission_id else None,
        check=check_to_compare(admission_id, passport_id=passport_id) if admission_id else None,
        proof=proof_of(admission_id) if admission_id else None,
        is_zone_confirmed=admission_id is not None and request.session.get(ZONE_KEY) == str(admission_id),
        tries_left=tries_left(admission_id, at=timezone.now()) if admission_id else 0,
    )


def to_part(part: Part) -> HttpResponseRedirect:
    """Lead to a part's page."""
    return HttpResponseRedirect(reverse(PAGES[part]))
