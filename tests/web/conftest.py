"""A browser for pages, fed by Django's test client instead of a server; and the gallery of components."""

import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BUILT = ROOT / "src" / "rongka" / "web" / "static" / "built"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
ORIGIN = "http://localhost"

sys.path.insert(0, str(HERE))


@pytest.fixture
def gallery(settings):
    from gallery.pages import Addresses

    settings.ROOT_URLCONF = Addresses
    settings.ALLOWED_HOSTS = ["*"]
    [templates] = settings.TEMPLATES
    settings.TEMPLATES = [templates | {"DIRS": [*templates["DIRS"], HERE]}]


@pytest.fixture
def open_page(browser, client) -> Iterator:
    """Open a path at a width, with or without script; every request is answered by Django here in the test.

    For pages that need no database: Playwright's loop would give Django a connection of its own, outside the test's
    transaction. A page with records is opened on pytest-django's `live_server`.
    """
    contexts = []

    def answer(route, request):
        parts = urlsplit(request.url)
        if parts.path.startswith("/static/built/"):
            file = BUILT / parts.path.removeprefix("/static/built/")
            return route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        send = {"content_type": request.headers.get("content-type", ""), "data": request.post_data_buffer or b""}
        response = client.post(path, **send) if request.method == "POST" else client.get(path)
        headers = {name: value for name, value in response.items() if name.lower() != "content-length"}
        return route.fulfill(status=response.status_code, body=response.content, headers=headers)

    def open_at(path, *, width=390, height=844, script=True):
        viewport = {"width": width, "height": height}
        context = browser.new_context(viewport=viewport, java_script_enabled=script, base_url=ORIGIN)
        contexts.append(context)
        context.route("**/*", answer)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_at
    for context in contexts:
        context.close()
