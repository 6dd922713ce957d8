"""Gives each request a number; a failure shows the number and nothing else, and the log finds it by the number."""

import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string

Handler = Callable[[HttpRequest], HttpResponse]
incident_number: ContextVar[str] = ContextVar("incident_number", default="-")

# For a failure so deep that no template renders; both languages, since we no longer know which one was asked for.
LAST_RESORT = (
    '<!doctype html><meta charset="utf-8"><title>500</title><h1>系统出错 Something went wrong</h1>'
    "<p>事件编号 Incident number: {incident}</p>"
)


def incident_middleware(get_response: Handler) -> Handler:
    """Number each request, and tell the number as ``X-Request-ID``."""

    def handle(request: HttpRequest) -> HttpResponse:
        number = secrets.token_hex(6)
        incident_number.set(number)  # stays until the next request, since the log line is written after this returns
        response = get_response(request)
        response["X-Request-ID"] = number
        return response

    return handle


def server_error(_request: HttpRequest) -> HttpResponse:
    """Answer 500 with the incident number, through ``500.html`` if there is one; it is given ``incident`` only."""
    # No request and no context processors: whatever failed may fail again in them.
    context = {"incident": incident_number.get()}
    try:
        page: str = render_to_string("500.html", context)
    except TemplateDoesNotExist:
        page = LAST_RESORT.format(**context)
    return HttpResponse(page, status=500)
