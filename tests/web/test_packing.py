"""What is sent packed: pages that hold nothing of a person, and never an answer to a form."""

import gzip

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver

from rongka.registers.agencies.permissions import Permission
from rongka.web.audience import Audience, mark_of
from rongka.web.packing import packed

GZIP = {"accept-encoding": "gzip"}
PAGE = "融卡 " * 200


@pytest.mark.parametrize(
    ("method", "headers", "encoding"), [("GET", GZIP, "gzip"), ("GET", {}, ""), ("POST", GZIP, "")]
)
def test_the_answer_to_get_is_packed_for_whoever_takes_it_and_the_answer_to_a_form_never(method, headers, encoding):
    response = packed(lambda _request: HttpResponse(PAGE))(RequestFactory().generic(method, "/", headers=headers))

    body = gzip.decompress(response.content) if encoding else response.content
    assert (response.get("Content-Encoding", ""), body.decode()) == (encoding, PAGE)


def test_no_page_of_a_holder_is_packed():
    views = {view for view in _views(get_resolver()) if getattr(view, "is_packed", False)}

    assert len(views) == 6
    assert {mark_of(view).audience for view in views} == {Audience.PUBLIC, Audience.STAFF}
    assert [mark_of(view).permission for view in views if mark_of(view).audience is Audience.STAFF] == [
        Permission.INSPECT
    ]


def _views(resolver):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _views(pattern)
        else:
            yield pattern.callback
