"""Every address of the pages says who may open it; one that does not fails here."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.urls import URLResolver, get_resolver, path

from rongka.registers.agencies.permissions import Permission
from rongka.web import urls
from rongka.web.audience import Audience, audience, mark_of


def views(patterns, prefix="") -> Iterator:
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


def undeclared(patterns):
    return [address for address, view in views(patterns) if mark_of(view) is None]


def test_every_page_declares_its_audience():
    assert undeclared(urls.urlpatterns) == []


def test_every_desk_page_names_a_permission_or_is_for_all_staff():
    desks = [(address, mark_of(view)) for address, view in views(urls.urlpatterns) if address.startswith("desk/")]

    open_to_strangers = [address for address, mark in desks if mark.audience is Audience.HOLDER]

    assert open_to_strangers == []


def test_a_page_without_an_audience_is_found():
    declared = audience(Audience.PUBLIC)(lambda _request: HttpResponse())
    patterns = [path("good", declared), path("bad", lambda _request: HttpResponse())]

    assert undeclared(patterns) == ["bad"]


def test_only_staff_hold_permissions():
    with pytest.raises(ValueError, match="only staff"):
        audience(Audience.HOLDER, permission=Permission.DECIDE)


def test_the_walk_reaches_the_pages_behind_the_language_prefix():
    found = [address for address, view in views(get_resolver().url_patterns) if mark_of(view)]

    assert found or not urls.urlpatterns
