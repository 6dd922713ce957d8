"""The described interface, version 1: OpenAPI at `/api/v1/openapi.json`, errors in the house's form, no cookies.

There is no page of documentation that loads scripts from elsewhere: `docs/proofing-api.md` is the page.
"""

from __future__ import annotations

import json
from functools import cache, wraps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import SuspiciousOperation
from django.http import JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import URLPattern, path
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from rongka.registers.journal.errors import RegisterError
from rongka.text import Text

from .errors import Mark, problem, public
from .proofing import router

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest, HttpResponse

PREFIX = "api/v1/"
MAX_BODY = 1_000_000  # bytes: all files of a chip at their limits are 860,000 in base64

_NOT_SIGNED_IN = Text(zh="缺少配对码，或配对码已失效。", en="There is no pairing code, or it is no longer good.")
_PAIR_AGAIN = Text(
    zh="请在手机或窗口上重新生成配对码。", en="Have a new pairing code shown in the wallet or at the counter."
)
_NOT_READABLE = Text(zh="无法读取请求的内容。", en="The body of the request cannot be read.")
_NOT_VALID = Text(zh="请求的内容不符合接口说明。", en="The request is not as the interface describes it.")
_SEE = Text(zh="请参阅/api/v1/openapi.json。", en="See /api/v1/openapi.json.")
_TOO_LARGE = Text(zh="请求的内容过大。", en="The request is too large.")
_METHOD = Text(zh="此地址不接受该方法。", en="This address does not take that method.")


class _StrictParser(Parser):
    """JSON in which no name stands twice; whatever is raised here is answered with 400."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(request.body, object_pairs_hook=_once)
        return body


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        msg = "a name stands twice"
        raise ValueError(msg)
    return found


api = NinjaAPI(
    title="Rongka",
    version="1",
    description="Reading passports by an app or a kiosk · 由应用或自助机读取护照芯片",
    openapi_url=None,
    docs_url=None,
    parser=_StrictParser(),
    urls_namespace="api-v1",
)
api.add_router("proofing", router)


@api.exception_handler(RegisterError)
def _refused(_request: HttpRequest, error: RegisterError) -> HttpResponse:
    return problem(status=error.status, code=error.code, text=error.text, next_step=error.next_step)


@api.exception_handler(AuthenticationError)
def _not_paired(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    response = problem(status=401, code="pairing.unknown", text=_NOT_SIGNED_IN, next_step=_PAIR_AGAIN)
    response["WWW-Authenticate"] = 'Bearer realm="pairing"'
    return response


@api.exception_handler(ValidationError)
def _not_valid(_request: HttpRequest, _error: ValidationError) -> HttpResponse:
    return problem(status=422, code="request.invalid", text=_NOT_VALID, next_step=_SEE)


@api.exception_handler(HttpError)
def _not_readable(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(status=error.status_code, code="request.unreadable", text=_NOT_READABLE, next_step=_SEE)


@api.exception_handler(MultiPartParserError)
@api.exception_handler(SuspiciousOperation)
def _not_a_form(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problem(status=400, code="request.unreadable", text=_NOT_READABLE, next_step=_SEE)


@public
def serve_description(_request: HttpRequest) -> HttpResponse:
    """Answer with the description (OpenAPI 3.1)."""
    return JsonResponse(_description(), json_dumps_params={"ensure_ascii": False})


@cache
def _description() -> dict[str, Any]:
    return api.get_openapi_schema(path_prefix=f"/{PREFIX}")


def urls() -> Iterable[URLPattern]:
    """Give the addresses; each takes only bodies of a size that a chip's files have, and declares for whom it is."""
    yield path(f"{PREFIX}openapi.json", serve_description, name="openapi")
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            yield path(f"{PREFIX}{pattern.pattern}", _paired(pattern.callback), name=pattern.name)


def _paired(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 - Django's
        # Before anything reads the body; the middleware has seen that the length is a number.
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY:
            return problem(status=413, code="request.too-large", text=_TOO_LARGE)
        response = view(request, *args, **kwargs)
        if response.status_code == 405:  # noqa: PLR2004 - as RFC 9110, 15.5.6 numbers it
            allowed = sorted(response["Allow"].split(", "))
            response = problem(status=405, code="request.method-not-allowed", text=_METHOD)
            response["Allow"] = ", ".join(allowed)
        response["Cache-Control"] = "no-store"
        return response

    guarded.audience_mark = Mark("pairing")  # type: ignore[attr-defined]
    return guarded
