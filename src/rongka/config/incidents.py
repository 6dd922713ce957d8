"""Gives each request a number; a failure shows the number and nothing else, and the log finds it by the number."""

import logging
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger(__name__)


def incident_middleware(get_response: Handler) -> Handler:
    """Put ``request.incident`` on each request and ``X-Request-ID`` on each answer."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.incident = secrets.token_hex(6)  # type: ignore[attr-defined]
        response = get_response(request)
        response["X-Request-ID"] = request.incident  # type: ignore[attr-defined]
        return response

    return handle
