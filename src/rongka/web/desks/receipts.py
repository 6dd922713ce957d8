"""The page after a POST: reference number, next step, date, print. A receipt is in both languages, Chinese first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rongka.rulebook.order import State
from rongka.text import Text
from rongka.web.components.parts import Link, Row

from . import showing

WHAT_NEXT = Text(zh="下一步", en="What happens next")


def receipt(
    request: HttpRequest,
    *,
    title: Text,
    reference: str,
    at: datetime | None,
    rows: Sequence[Row],
    state: State,
    onward: Link,
    primary: Link | None = None,
) -> HttpResponse:
    """Render what was done; `state` is where the case stands now and says what comes next."""
    context = {
        "title": title,
        "reference": reference,
        "at": at,
        "rows": showing.in_both(rows),
        "what_next": WHAT_NEXT,
        "next_step": state.todo,
        "onward": onward,
        "primary": primary,
    }
    return render(request, "desks/receipt.html", context)
