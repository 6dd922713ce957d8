"""The scanner without a network: the page that stands in, its service worker, its reader of codes, and the manifest.

The page is the same for everybody; who uses it, the browser keeps from the day of the sign-in (docs/scanner.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from rongka.web.audience import Audience, audience
from rongka.web.packing import packed
from rongka.web.reading import reads_codes
from rongka.web.shell import Shell, Shortcut, manifest_response, script_response, worker_response

from .forms import ScanForm
from .scanning import anchor_key
from .showing import FACE

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

DECODER = "decoder.worker.js"
SHELL = Shell(
    name="scanner",
    page="scanner:offline",
    worker="scanner.worker.js",
    files=("scanner.island.js", "zxing_reader.wasm"),
    covers=("scanner:scan", "scanner:offline"),
    inside={"scanner:decoder": DECODER},
)


@packed
@reads_codes
@audience(Audience.PUBLIC)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the scanner without an inspector; the browser fills in who it was."""
    return _page(request)


@audience(Audience.PUBLIC)
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Answer with the service worker of this language's scanner."""
    return worker_response(shell=SHELL, page=_page(request))


@packed
@reads_codes
@audience(Audience.PUBLIC)
@require_safe
@conditional_page
def decoder(_request: HttpRequest) -> HttpResponse:
    """Answer with the worker that reads codes; a browser that has it is told so."""
    return script_response(DECODER)


@audience(Audience.PUBLIC)
@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """Answer with the web manifest."""
    return manifest_response(
        home="scanner:scan",
        start="scanner:scan",
        name=_("Rongka: the inspector's scanner"),
        short_name=_("Rongka scanner"),
        description=_("Checks work permit cards by their codes, with and without a network. A demonstration."),
        icons="scanner",
        shortcuts=(Shortcut(_("Checks of our unit"), "scanner:checks"),),
    )


def _page(request: HttpRequest) -> HttpResponse:
    context = {"form": ScanForm(), "anchor": anchor_key(), "face": FACE, "is_shell": True}
    return render(request, "scanner/scan.html", context)
