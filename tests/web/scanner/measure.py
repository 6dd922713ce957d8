"""How long a verdict takes in the browser: ``python -m tests.web.scanner.measure``. A measurement, not a test.

From the frame that is read to the verdict painted, median and 95th percentile, the page's CPU throttled fourfold, with
and without a network; then what the first visit costs in bytes. Chromium throttles pages and not their workers, so
that the time in the reader of codes is counted four times here.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
from dataclasses import replace

from django.utils import timezone

ROUNDS = 40
THROTTLE = 4
# Notes how long the worker takes for each picture.
_WATCH_THE_READER = """
const Reader = window.Worker;
window.readings = [];
window.Worker = class extends Reader {
    postMessage(message, ...more) { this.askedAt = performance.now(); super.postMessage(message, ...more); }
    set onmessage(handle) {
        super.onmessage = event => {
            if (event.data.texts.length) window.readings.push(performance.now() - this.askedAt);
            handle(event);
        };
    }
};
"""
_LAST = """() => [performance.getEntriesByName("rongka:verdict").at(-1)?.duration ?? 0, window.readings.at(-1)]"""


def main() -> None:
    """Measure and print."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "rongka.config.settings", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    import django

    django.setup()
    from django.conf import settings
    from playwright.sync_api import sync_playwright

    from tests.web.scanner.stand import WORLD, Stand, lists_of

    settings.RONGKA_ANCHOR = "tests.web.scanner.stand.anchor"
    settings.ALLOWED_HOSTS = ["*"]
    with sync_playwright() as playwright:
        shell = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=shell, args=["--no-sandbox"])
        stand = Stand(browser, world=replace(WORLD, now=timezone.now()), is_real_time=True)
        stand.lists = lists_of(stand.world, issued_at=stand.world.now)
        stand.context.add_init_script(_WATCH_THE_READER)
        first_load = _first_load(stand)
        stand.context.new_cdp_session(stand.page).send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
        _report("online", _times(stand))
        stand.go_offline()
        _report("offline", _times(stand))
        browser.close()
    for name, size in first_load.items():
        sys.stdout.write(f"{size:9,d} bytes: {name}\n")


def _times(stand) -> list[tuple[float, float]]:
    from tests.web.scanner.stand import card_code

    times = []
    for _ in range(ROUNDS):
        stand.page.wait_for_timeout(1000)  # a new second, so that no code is the one before
        stand.world = replace(stand.world, now=timezone.now())
        answer = stand.scan(card_code(stand.world))
        if answer != ("valid", "code.valid"):
            sys.exit(f"not what is measured: {answer}")
        stand.page.wait_for_timeout(150)
        times.append(tuple(stand.page.evaluate(_LAST)))
        stand.next()
    return times


def _report(name: str, times: list[tuple[float, float]]) -> None:
    whole = [total + (THROTTLE - 1) * one for total, one in times]
    reading = [THROTTLE * one for _, one in times]
    for what, values in (("frame to verdict", whole), ("  of it reading the code", reading)):
        high = statistics.quantiles(values, n=20)[-1]
        sys.stdout.write(f"{name:8} {what}: median {statistics.median(values):.0f} ms, p95 {high:.0f} ms\n")


def _first_load(stand) -> dict[str, int]:
    """Open the scanner as a stranger's browser does, and count what it fetches and keeps, as it is sent."""
    from django.test import Client

    from tests.web.first_load import FirstLoad

    load = FirstLoad(Client())
    with load.of(stand.page):
        for path in ("desk/sign-in/", "scan/offline/"):
            stand.open(path).page.evaluate("document.fonts.ready.then(() => true)")
    load.add("/static/built/sign_out.island.js")  # with somebody to sign out
    load.add_worker("/en/scan/worker.js")
    stand.open().page.locator('[data-lists="lists-fresh"]').wait_for()
    return {**load.sizes, "all but the reader of codes": load.total()}


if __name__ == "__main__":
    main()
