"""The shell of an installable room: its manifest, its service worker, and the page for when there is no network.

The worker keeps that page and its files, and never a page of a person (frontend/shared/shell_worker.ts). Its version is
a digest of what it keeps, so that a browser takes a new worker exactly when something has changed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.staticfiles.finders import find
from django.http import HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control

from rongka.web.components.words import page_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http.response import HttpResponseBase

VERSION_LENGTH = 16  # hexadecimal digits
# What every page is made of, but for the fonts: installable rooms use the device's.
COMMON_FILES = (
    "rongka.css",
    "page.island.js",
    "images/favicon.svg",
    "images/mark.svg",
)


@dataclass(frozen=True, slots=True)
class Shell:
    """What a room keeps in the browser: the page and its own files; `covers` names pages that it can stand in for."""

    name: str
    page: str
    worker: str
    files: tuple[str, ...]
    covers: tuple[str, ...]
    # Built files at addresses of their own inside the room: a browser may ask a service worker of that address alone.
    inside: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An entry in the menu of the installed room's icon."""

    title: str
    address: str


def manifest_response(
    *, home: str, start: str, name: str, short_name: str, description: str, icons: str, shortcuts: tuple[Shortcut, ...]
) -> JsonResponse:
    """Answer with the web manifest (W3C) of a room, in the page's language; `icons` begins its pictures' names."""
    scope = reverse(home)
    return JsonResponse(
        {
            "id": scope,
            "scope": scope,
            "start_url": reverse(start),
            "name": name,
            "short_name": short_name,
            "description": description,
            "lang": page_language(),
            "dir": "ltr",
            "display": "standalone",
            "background_color": "#faf8f4",
            "theme_color": "#172052",
            "icons": [
                _icon(f"{icons}-192.png", 192, "any"),
                _icon(f"{icons}-512.png", 512, "any"),
                _icon(f"{icons}-maskable-512.png", 512, "maskable"),
            ],
            "shortcuts": [{"name": one.title, "url": reverse(one.address)} for one in shortcuts],
        },
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )


def worker_response(*, shell: Shell, page: HttpResponseBase) -> HttpResponse:
    """Answer with a room's service worker, which knows the shell; `page` is the room's page without a person."""
    if not isinstance(page, HttpResponse):
        msg = "a page that is sent in pieces has no digest"
        raise TypeError(msg)
    script = _file(shell.worker).read_text(encoding="utf-8")
    files = (*COMMON_FILES, *shell.files)
    told = {
        "name": f"{shell.name}-{page_language().lower()}",
        "version": version_of(script.encode(), page.content, *map(_content, (*files, *shell.inside.values()))),
        "page": reverse(shell.page),
        "files": [*(static(f"built/{name}") for name in files), *map(reverse, shell.inside)],
        "covers": [reverse(name) for name in shell.covers],
    }
    response = HttpResponse(f"self.SHELL={json.dumps(told)};\n{script}", content_type="text/javascript; charset=utf-8")
    patch_cache_control(response, no_cache=True)
    return response


def script_response(name: str) -> HttpResponse:
    """Answer with a built script at an address inside a room (`Shell.inside`)."""
    response = HttpResponse(_content(name), content_type="text/javascript; charset=utf-8")
    patch_cache_control(response, no_cache=True)
    return response


def version_of(*contents: bytes) -> str:
    """Return a digest of contents in their order."""
    return sha256(b"".join(sha256(content).digest() for content in contents)).hexdigest()[:VERSION_LENGTH]


def _icon(name: str, size: int, purpose: str) -> dict[str, str]:
    address = static(f"built/images/{name}")
    return {"src": address, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def _content(name: str) -> bytes:
    path = _file(name)
    known = path.stat()
    return _read(path, known.st_mtime_ns, known.st_size)


@lru_cache(maxsize=64)  # some dozens of files, each in the version that is built
def _read(path: Path, _changed_at: int, _size: int) -> bytes:
    return path.read_bytes()


def _file(name: str) -> Path:
    found = find(f"built/{name}")
    if not found:
        msg = f"{name} is not built; run `npm run build`"
        raise FileNotFoundError(msg)
    return Path(found)
