"""The wallet without a network, from the server's side: the page for everybody, its worker, the manifest."""

import json
import re
import struct
from pathlib import Path

import pytest

from rongka.rulebook.order import State
from tests.web.conftest import BUILT

OFFLINE, WORKER, MANIFEST = (f"/en/wallet/{name}" for name in ("offline/", "worker.js", "manifest.webmanifest"))


def told(client, address=WORKER) -> dict:
    script = client.get(address).content.decode()
    return json.loads(script.partition("self.SHELL=")[2].partition(";\n")[0])


def test_the_page_is_the_same_for_a_stranger_and_for_a_holder(client, holder_at):
    before = client.get(OFFLINE)
    holder_at(State.ACTIVE)

    after = client.get(OFFLINE)

    assert before.content == after.content
    assert "Cookie" not in after.get("Vary", "")
    assert not after.cookies
    assert b"csrfmiddlewaretoken" not in after.content


def test_the_worker_rules_over_its_own_language_and_keeps_no_page_of_a_person(client):
    shell, chinese = told(client), told(client, "/zh-hans/wallet/worker.js")

    assert shell["name"] != chinese["name"]
    assert shell["version"] != chinese["version"]
    assert shell["page"] == OFFLINE
    assert all(file.startswith("/static/") for file in shell["files"])
    assert all(path.startswith("/zh-hans/wallet/") for path in chinese["covers"])


def test_the_version_stays_until_something_changes(client, monkeypatch):
    from rongka.web import shell

    first, again = told(client), told(client)
    monkeypatch.setattr(shell, "_content", lambda name: name.encode())

    changed = told(client)

    assert first == again
    assert changed["version"] != first["version"]


def test_the_page_loads_no_file_that_the_worker_does_not_keep(client):
    page = client.get(OFFLINE).content.decode()

    loaded = set(re.findall(r' (?:href|src)="(/static/[^"]+)"', page))

    assert {file for file in loaded if not file.endswith(".png")} <= set(told(client)["files"])


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Rongka: my work permit card"), ("zh-hans", "融卡 · 我的工作许可卡")]
)
def test_the_manifest_speaks_the_pages_language_and_its_icons_are_as_large_as_it_says(client, language, name):
    manifest = client.get(f"/{language}/wallet/manifest.webmanifest").json()

    sizes = {icon["sizes"]: png_size(BUILT / icon["src"].removeprefix("/static/built/")) for icon in manifest["icons"]}
    assert manifest["name"] == name
    assert manifest["scope"] == manifest["id"] == f"/{language}/wallet/"
    assert manifest["start_url"].startswith(manifest["scope"])
    assert {said: "x".join(map(str, found)) for said, found in sizes.items()} == {said: said for said in sizes}
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}


def png_size(path: Path) -> tuple[int, int]:
    """Read width and height from a PNG's first chunk."""
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG")
    return struct.unpack(">II", data[16:24])
