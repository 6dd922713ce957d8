"""Template tags of the page's frame: brand, navigation, language switch, sign-out; built in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from rongka.web.components import words

from . import navigation as table

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.template.context import Context

register = template.Library()

LANGUAGE_NAMES = {words.ZH: "中文", words.EN: "English"}


@register.simple_tag(name="page_address")
def address_of(name: str) -> str:
    """Return the address of that name, or the first page's when it does not exist."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return f"/{words.page_language().lower()}/"


@register.inclusion_tag("layout/brand.html")
def brand(name: str) -> dict[str, Any]:
    """Show the mark and the name, leading to an address."""
    return {"href": address_of(name)}


@register.inclusion_tag("layout/navigation.html", takes_context=True)
def navigation(context: Context, which: str) -> dict[str, Any]:
    """Show the navigation of one audience: public, footer, wallet, desk."""
    request = context.get("request")
    return {"entries": table.entries(request, which) if request else []}


@register.inclusion_tag("layout/language.html", takes_context=True)
def language_switch(context: Context) -> dict[str, Any]:
    """Link to this same page in the other language."""
    other = words.other_language()
    return {
        "address": same_page_in(context.get("request"), other.lower()),
        "language": other,
        "title": LANGUAGE_NAMES[other],
    }


@register.inclusion_tag("layout/sign_out.html", takes_context=True)
def sign_out(context: Context) -> dict[str, Any]:
    """Let a member of staff sign out."""
    try:
        address = reverse("desks:sign-out")
    except NoReverseMatch:
        address = ""
    return {"address": address, "csrf_token": context.get("csrf_token")}


def same_page_in(request: HttpRequest | None, code: str) -> str:
    """Return the address of the request's page in another language; the first page's when it has no language."""
    codes = {known for known, _ in settings.LANGUAGES}
    if request is not None:
        _, first, *rest = request.get_full_path().split("/", 2)
        if first in codes:
            return f"/{code}/{rest[0] if rest else ''}"
    with override(code):
        return address_of("guide:home")
