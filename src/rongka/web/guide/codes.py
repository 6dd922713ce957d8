"""Check a code with the reader's own camera, for everybody: whether it is valid, and nothing of the person.

The code stays on the reader's device; nothing is written down. What has to be asked of the server is `notices`.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rongka.web.audience import Audience, audience
from rongka.web.packing import packed
from rongka.web.reading import reads_codes
from rongka.web.scanner.scanning import anchor_key
from rongka.web.scanner.showing import FACE


@packed
@reads_codes
@audience(Audience.PUBLIC)
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    return render(request, "guide/check_code.html", {"anchor": anchor_key(), "face": FACE})
