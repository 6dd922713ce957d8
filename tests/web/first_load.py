"""What the first visit to an installable room costs in bytes, as its server sends them."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.web.conftest import BUILT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from playwright.sync_api import Page, Request

LIMIT = 80_000  # bytes, without the reader of codes (issue 4)
STATIC = "/static/built/"


@dataclass
class FirstLoad:
    """Collects what is fetched, by path; each once, as a browser with a cache does."""

    client: Client
    sizes: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def of(self, page: Page) -> Iterator[None]:
        """Count what a page asks for; data about cards and checks are no part of the load."""
        asked = []

        def note(request: Request) -> None:
            if request.resource_type not in {"fetch", "xhr"} or request.url.endswith(".wasm"):
                asked.append(urlsplit(request.url).path)

        page.on("request", note)
        yield
        page.remove_listener("request", note)
        self.add(*asked)

    def add_worker(self, path: str) -> None:
        """Count a service worker and what it keeps beside that."""
        shell = json.loads(self.client.get(path).text.partition("self.SHELL=")[2].partition(";\n")[0])
        self.add(path, shell["page"], *shell["files"])

    def add(self, *paths: str) -> None:
        """Count paths."""
        self.sizes |= {path: self._sent(path) for path in paths if path not in self.sizes}

    def total(self) -> int:
        """Return the bytes of all but the reader of codes."""
        return sum(size for path, size in self.sizes.items() if not path.endswith(".wasm"))

    def fonts(self) -> dict[str, int]:
        """Return what was fetched of web fonts."""
        return {path: size for path, size in self.sizes.items() if path.endswith(".woff2")}

    def _sent(self, path: str) -> int:
        if path.startswith(STATIC):
            file = BUILT / path.removeprefix(STATIC)
            packed = file.with_name(f"{file.name}.gz")
            return (packed if packed.exists() else file).stat().st_size
        response = self.client.get(path, headers={"accept-encoding": "gzip"})
        assert response.status_code == 200, path
        return len(response.content)
