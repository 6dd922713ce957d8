"""The signed lists that every scanner keeps: the trust list and the status lists.

They are public, signed and the same for everyone, so any cache may hold them; a check by their help costs us nothing.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.cache import get_conditional_response

from rongka.credential import status_list, trust_list
from rongka.credential.status_list import aggregation, unverified_status_list
from rongka.registers.issuance.commands import LIST_TTL
from rongka.registers.issuance.queries import TRUST_LIST, published, published_status_lists

from .errors import public

if TYPE_CHECKING:
    from django.http import HttpRequest

TRUST_LIST_TTL = timedelta(hours=1)  # a key that is no longer trusted is known everywhere within the hour


@public
def serve_trust_list(request: HttpRequest) -> HttpResponse:
    """Answer with the signed trust list."""
    return _serve(request, name=TRUST_LIST, media_type=trust_list.TYPE, ttl=TRUST_LIST_TTL)


@public
def serve_status_list(request: HttpRequest, number: int) -> HttpResponse:
    """Answer with a signed status list (Token Status List, 8.1)."""
    return _serve(request, name=str(number), media_type=status_list.TYPE, ttl=LIST_TTL)


@public
def serve_aggregation(request: HttpRequest) -> HttpResponse:
    """Answer with the addresses of all status lists (Token Status List, 9.3), for whoever is to check offline."""
    uris = (unverified_status_list(row.token).uri for row in published_status_lists())
    return _answer(request, aggregation.write_aggregation(uris), media_type=aggregation.MEDIA_TYPE, ttl=LIST_TTL)


def _serve(request: HttpRequest, *, name: str, media_type: str, ttl: timedelta) -> HttpResponse:
    return _answer(request, published(name).token, media_type=media_type, ttl=ttl)


def _answer(request: HttpRequest, body: bytes, *, media_type: str, ttl: timedelta) -> HttpResponse:
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type=media_type)
    response["Cache-Control"] = f"public, max-age={int(ttl.total_seconds())}"
    response["ETag"] = etag
    # Scanners of other cities fetch the lists from pages of their own; the signature is what protects them.
    response["Access-Control-Allow-Origin"] = "*"
    return get_conditional_response(request, etag=etag, response=response) or response
