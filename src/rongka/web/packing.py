"""Answers that are sent packed. Files are packed when they are built; of what is made anew each says so itself.

The length of a packed page tells whether words out of its address stand elsewhere on it, too, and so, guess by guess,
what stands there (BREACH). Therefore nothing is packed that holds something of a person. The token of a form may be in
it: Django masks it anew in each answer, so that no guess is right twice, and adds some random bytes to what it packs.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.views.decorators.gzip import gzip_page

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from .audience import View


def packed(view: View) -> View:
    """Pack the answers to GET with gzip. An answer to a form is none of these: it may be about a person."""
    packing = gzip_page(view)

    @wraps(view)
    def handle(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - Django's
        return (packing if request.method == "GET" else view)(request, *args, **kwargs)

    handle.is_packed = True  # type: ignore[attr-defined]
    return handle
