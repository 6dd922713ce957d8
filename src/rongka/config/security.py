"""What a browser may do with a page of ours, and what a request may hold before anything looks at it."""

import re
from collections.abc import Callable, Iterable
from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]

MAX_BODY = 10 * 1024 * 1024  # bytes: a phone's photograph of a code or a passport page, and some room

# Django 5.2 has no content security policy of its own. Everything comes from this server and nothing stands inline;
# data: and blob: images are codes and previews drawn in the browser.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; worker-src 'self'; manifest-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# The reader of QR codes is WebAssembly, which needs a word of its own; it allows no `eval` of scripts.
SCANNER_POLICY = f"{CONTENT_SECURITY_POLICY}; script-src 'self' 'wasm-unsafe-eval'"
# A worker obeys the policy of its own file, not that of the page that starts it.
WORKER = re.compile(r"/built/[\w-]+\.worker(?:\.[0-9a-f]+)?\.js")
PERMISSIONS_POLICY = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"


def headers_middleware(get_response: Handler) -> Handler:
    """Set the policies on each answer."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        reads_codes = getattr(response, "reads_codes", False) or WORKER.search(request.path)
        policy = SCANNER_POLICY if reads_codes else CONTENT_SECURITY_POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return handle


def limits_middleware(get_response: Handler) -> Handler:
    """Refuse a body that is too large, and NUL characters, which PostgreSQL cannot store and would fail on."""

    def handle(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdigit()):
            msg = "the length of the body is no number"
            raise BadRequest(msg)
        if int(length) > MAX_BODY:
            return HttpResponse("Too large. 内容过大。", status=413, content_type="text/plain; charset=utf-8")
        if any("\0" in text for text in _texts(request)):
            msg = "a NUL character in the address or in a cookie"
            raise BadRequest(msg)
        return get_response(request)

    return handle


def client_address(request: HttpRequest) -> str:
    """Give the address that the request came from; behind a proxy the one that the proxy saw, which it writes last."""
    direct: str = request.META.get("REMOTE_ADDR", "")
    if not settings.BEHIND_PROXY:
        return direct
    # What stands before the last comma is what the client claims.
    last = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(last))
    except ValueError:
        return direct


def _texts(request: HttpRequest) -> Iterable[str]:
    yield request.path
    yield from request.COOKIES.values()
    for name, values in request.GET.lists():
        yield name
        yield from values
