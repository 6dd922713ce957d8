"""The wallet without a network: the page that stands in, its service worker, and the manifest to install it by.

The page is the same for everybody. What it shows of a holder it takes from the browser's own store (docs/wallet.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from rongka.documents.wording import SEXES
from rongka.rulebook.order import Category
from rongka.rulebook.rules import RuleId, rule
from rongka.text import Text
from rongka.web.audience import Audience, audience
from rongka.web.components.parts import CardFace, Row
from rongka.web.components.words import both
from rongka.web.packing import packed
from rongka.web.shell import Shell, Shortcut, manifest_response, worker_response

from .licence import BY_EYE, FIELDS
from .services import residence_ways

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

SHELL = Shell(
    name="wallet",
    page="wallet:offline",
    worker="wallet.worker.js",
    files=("wallet.island.js",),
    covers=("wallet:code", "wallet:licence", "wallet:offline", "wallet:services", "wallet:steps"),
)


@packed
@audience(Audience.PUBLIC)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the page without a person; the browser fills it in with what it has kept."""
    return _page(request)


@audience(Audience.PUBLIC)
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Answer with the service worker of this language's wallet."""
    return worker_response(shell=SHELL, page=_page(request))


@audience(Audience.PUBLIC)
@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """Answer with the web manifest."""
    return manifest_response(
        home="wallet:steps",
        start="wallet:code",
        name=_("Rongka: my work permit card"),
        short_name=_("Rongka card"),
        description=_("The work permit on the social security card: code, licence view, steps. A demonstration."),
        icons="wallet",
        shortcuts=(Shortcut(_("My code"), "wallet:code"), Shortcut(_("Licence view"), "wallet:licence")),
    )


def empty_face() -> CardFace:
    """Return the licence view with places for the claims of a card, which the browser fills in."""
    category = _place("category")
    return CardFace(
        name=_place("name"),
        chinese_name=_place("chineseName"),
        mrz_name=_place("machineName"),
        category=Text(zh=format_html("{}类", category), en=format_html("Category {}", category)),
        fields=[Row(title, _field(name)) for name, title in FIELDS.items()],
        footnote=BY_EYE,
    )


def _page(request: HttpRequest) -> HttpResponse:
    context = {
        "face": empty_face(),
        "residence": rule(RuleId.RESIDENCE_NOTICE_OR_CARD),
        "ways": residence_ways(),
        "entry": rule(RuleId.ENTRY_CARD_IS_NO_ENTRY_DOCUMENT),
    }
    return render(request, "wallet/offline.html", context)


def _place(name: str) -> SafeString:
    return format_html('<span data-claim="{}" translate="no"></span>', name)


def _field(name: str) -> SafeString:
    if name == "category":
        return _one_of(name, {one.value: one.title for one in Category})
    if name == "sex":
        return _one_of(name, SEXES)
    return _place(name)


def _one_of(name: str, words: Mapping[str, Text]) -> SafeString:
    """Return all words that a claim can mean; the browser shows the one that it means."""
    shown = [(name, value, both(text, inline=True)) for value, text in words.items()]
    return format_html_join("", '<span data-one-of="{}" data-value="{}" hidden>{}</span>', shown)
