"""Pages that read QR codes in the browser: they may compile the reader, which is WebAssembly."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from .audience import View


def reads_codes(view: View) -> View:
    """Mark the answers of a view; `config.security` gives what is marked the scanner's policy."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - Django's
        response = view(request, *args, **kwargs)
        response.reads_codes = True  # type: ignore[attr-defined]
        return response

    return marked
