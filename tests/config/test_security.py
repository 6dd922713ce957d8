import logging

import pytest
from django.db import IntegrityError
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from rongka.config import incidents
from rongka.config.logs import DiscreetFormatter
from rongka.config.security import MAX_BODY
from rongka.web.reading import reads_codes


def _fails(_request):
    raise RuntimeError("the passport number E12345678")


urlpatterns = [
    path("fails", _fails),
    path("works", lambda _request: HttpResponse("ok")),
    path("scans", reads_codes(lambda _request: HttpResponse("ok"))),
]
handler500 = incidents.server_error


@pytest.fixture
def visitor():
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False)


def test_a_failure_shows_its_incident_number_and_no_detail(visitor, caplog):
    response = visitor.get("/fails")

    assert response.status_code == 500
    assert response["X-Request-ID"] in response.text
    assert "E12345678" not in response.text
    assert "RuntimeError" not in response.text


def test_each_answer_has_a_number_of_its_own(visitor):
    numbers = {visitor.get("/works")["X-Request-ID"] for _ in range(3)}

    assert len(numbers) == 3


def test_each_answer_tells_the_browser_what_a_page_may_do(visitor):
    response = visitor.get("/works")

    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Permissions-Policy"].startswith("camera=(self)")


def test_webassembly_is_for_what_reads_codes_alone_and_nothing_inline_is_for_anybody(visitor):
    page, scanner = (visitor.get(address)["Content-Security-Policy"] for address in ("/works", "/scans"))
    worker = visitor.get("/static/built/no-such.worker.js")["Content-Security-Policy"]
    script = visitor.get("/static/built/no-such.island.js")["Content-Security-Policy"]

    assert "worker-src 'self'; manifest-src 'self'" in page
    assert page == script
    assert scanner == worker == f"{page}; script-src 'self' 'wasm-unsafe-eval'"


@pytest.mark.parametrize("address", ["/works?a=%00", "/works?%00=a", "/wo%00rks"])
def test_a_nul_character_in_the_address_is_a_bad_request(visitor, address):
    assert visitor.get(address).status_code == 400


def test_a_nul_character_in_a_cookie_is_a_bad_request(visitor):
    visitor.cookies["sessionid"] = "abcdefghij\0"

    assert visitor.get("/works").status_code == 400


@pytest.mark.parametrize(("length", "status"), [(MAX_BODY, 200), (MAX_BODY + 1, 413), ("x", 400), ("-1", 400)])
def test_a_body_has_a_limit(visitor, length, status):
    response = visitor.get("/works", CONTENT_LENGTH=str(length))

    assert response.status_code == status


def test_a_traceback_in_the_log_quotes_no_row():
    formatter = DiscreetFormatter("{message}", style="{")
    error = IntegrityError("duplicate key\nDETAIL:  Key (number)=(E12345678) already exists.\n")
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "failed", (), (type(error), error, None))

    line = formatter.format(record)

    assert "duplicate key" in line
    assert "E12345678" not in line


@pytest.mark.django_db
def test_the_health_check_answers_when_the_database_does(client):
    assert client.get("/healthz").json() == {"status": "ok"}
