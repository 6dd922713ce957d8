"""The face before the camera: the page, and what its script asks. The server alone judges; the phone only shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from rongka.registers.identity.proving import finish_proof, start_proof, take_frame
from rongka.registers.journal.days import day_of
from rongka.registers.journal.errors import NotFound, RegisterError
from rongka.rulebook.parameters import parameter
from rongka.web.answers import RequestTooLarge, refusal
from rongka.web.audience import Audience, actor_of, audience
from rongka.web.components.words import in_page_language
from rongka.web.verifiers import key_wrap, person_verifier

from .parts import Part, way_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from rongka.proofing.face.results import PersonVerifier
    from rongka.registers.identity.proving import FrameAnswer

MAX_FRAME = 300_000  # bytes; a JPEG of 640 pixels has about 60,000


@audience(Audience.HOLDER)
@require_safe
def face(request: HttpRequest) -> HttpResponse:
    """Show what to do; the script asks for the camera when the holder says so."""
    way = way_of(request)
    if elsewhere := way.instead_of(Part.FACE):
        return elsewhere
    if way.tries_left < 1:
        return HttpResponseRedirect(reverse("wallet:proving-result"))
    seconds = parameter("verification.challenge-window", on=day_of(timezone.now())).value
    context = {"tries_left": way.tries_left, "seconds": seconds}
    return render(request, "wallet/proving/face.html", context)


@audience(Audience.HOLDER)
@require_POST
def start(request: HttpRequest) -> JsonResponse:
    """Begin a try: from now on the clock runs."""
    way = way_of(request)
    try:
        started = start_proof(
            actor=actor_of(request),
            at=timezone.now(),
            admission_id=way.admission_id,
            verifier=_verifier(),
            keys=key_wrap(),
        )
    except RegisterError as error:
        return refusal(error)
    answer = {
        "frames": reverse("wallet:proving-frame", args=[started.id]),
        "finish": reverse("wallet:proving-finish", args=[started.id]),
        "seconds": started.challenge.window_seconds,
        "awaited": "ahead",
    }
    return JsonResponse(answer, status=201)


@audience(Audience.HOLDER)
@require_POST
def frame(request: HttpRequest, proof_id: UUID) -> JsonResponse:
    """Look at one picture and say what comes next."""
    try:
        image = _image(request)
        answer = take_frame(
            actor=actor_of(request),
            at=timezone.now(),
            proof_id=proof_id,
            image=image,
            verifier=_verifier(),
            keys=key_wrap(),
        )
    except RegisterError as error:
        return refusal(error)
    return JsonResponse(_answer(answer))


@audience(Audience.HOLDER)
@require_POST
def finish(request: HttpRequest, proof_id: UUID) -> JsonResponse:
    """End the try: the server compares, and the rule book says what it leads to."""
    try:
        finish_proof(
            actor=actor_of(request), at=timezone.now(), proof_id=proof_id, verifier=_verifier(), keys=key_wrap()
        )
    except RegisterError as error:
        return refusal(error)
    return JsonResponse({"next": reverse("wallet:proving-result")})


def _verifier() -> PersonVerifier:
    found = person_verifier()
    if found is None:
        raise NotFound
    return found


def _image(request: HttpRequest) -> bytes:
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_FRAME:  # a number: `config.security` has looked at it
        raise RequestTooLarge
    return request.body


def _answer(answer: FrameAnswer) -> dict[str, object]:
    return {
        "awaited": answer.awaited.value if answer.awaited else None,
        "findings": [in_page_language(finding.text) for finding in answer.findings],
        "is_complete": answer.is_complete,
        "seconds_left": answer.seconds_left,
    }
