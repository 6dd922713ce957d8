"""From an error of the registers to an answer that a machine reads: a stable code, words in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import JsonResponse

from rongka.registers.journal.errors import RegisterError
from rongka.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    View = Callable[..., HttpResponse]

METHODS = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a view declares to the test that looks for views without an audience."""

    audience: str
    permission: None = None


def public(view: View) -> View:
    """Let everybody read a view, and only read it; answer what goes wrong in JSON."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 - Django's
        if request.method not in METHODS:
            response = problem(status=405, code="request.method-not-allowed", text=_READ_ONLY)
            response["Allow"] = ", ".join(METHODS)
            return response
        try:
            return view(request, *args, **kwargs)
        except RegisterError as error:
            return problem(status=error.status, code=error.code, text=error.text, next_step=error.next_step)

    guarded.audience_mark = Mark("public")  # type: ignore[attr-defined]
    return guarded


def problem(*, status: int, code: str, text: Text, next_step: Text | None = None) -> JsonResponse:
    """Answer with a problem."""
    body: dict[str, object] = {"code": code, "text": _words(text)}
    if next_step is not None:
        body["next_step"] = _words(next_step)
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    return response


_READ_ONLY = Text(zh="此地址只供读取。", en="This address can only be read.")


def _words(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
