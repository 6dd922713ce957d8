"""What we promise of every page in a browser, as checkers; each has a negative control in tests/journeys."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = [390, 320, 1280]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}

# Over a gradient or a picture axe cannot decide a contrast; there shall be none behind words, so that counts as well.
_AXE = """async rules => {
    // None of these rules asks for the style sheets themselves, so they need not be fetched once more; and what is
    // found is named by its HTML.
    const wanted = {runOnly: rules, resultTypes: ["violations", "incomplete"], preload: false, selectors: false};
    const found = await axe.run(document, wanted);
    const isOverPicture = node => node.any.some(one => ["bgGradient", "bgImage"].includes(one.data?.messageKey));
    const undecided = found.incomplete.filter(one => one.id === "color-contrast")
        .map(one => ({...one, nodes: one.nodes.filter(isOverPicture)}));
    return [...found.violations, ...undecided].flatMap(
        one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 160)}`));
}"""

_STRAYS = """language => {
    const own = language === "en" ? "[lang^=zh]" : "[lang=en]";
    // The same in every language: names of formats, of files, of a specimen. A number says translate=no like a name:
    // one that happens to have no digit would be read as a word.
    const international =
        new RegExp("\\\\b(APP|Doc|EF\\\\.SOD|English|JavaScript|JPEG|MRZ|NFC|PDF|PNG|Rongka|WebP|ZIP|answer\\\\.bin|"
            + "MÜLLER, ANNA MARIA|TZ7K3M9QXW2R4A|\\\\S+\\\\.toml)\\\\b", "g");
    const isStray = language === "en"
        ? text => /[\\u3400-\\u9fff]/.test(text)
        : text => /[A-Za-z]{3,}/.test(text.replaceAll(international, ""));
    const isAllowed = element => {
        const others = "[translate=no], code, noscript, script, style, textarea";
        const inside = element.closest(`[lang], ${others}`);
        return inside !== null && inside.matches(`${own}, ${others}`);
    };
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode.data.trim();
        if (text && !isAllowed(walker.currentNode.parentElement) && isStray(text)) found.push(text);
    }
    for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], img[alt]")) {
        for (const name of ["aria-label", "title", "placeholder", "alt"]) {
            const text = element.getAttribute(name) ?? "";
            if (!isAllowed(element) && isStray(text)) found.push(`${name}=${text}`);
        }
    }
    return found;
}"""

# Hues between yellow-green and cyan-green, of colours that are strong enough to be seen as such.
_GREEN = """() => {
    const isGreen = colour => {
        const [red, green, blue, alpha = 1] = (colour.match(/[\\d.]+/g) ?? []).map(Number);
        const most = Math.max(red, green, blue), spread = most - Math.min(red, green, blue);
        return alpha > 0.1 && spread > 24 && green === most && spread / most > 0.15 && Math.abs(red - blue) < spread;
    };
    const painted = ["color", "backgroundColor", "borderTopColor", "borderLeftColor", "fill", "stroke", "outlineColor"];
    const tick = /[\\u2705\\u2713\\u2714\\u2611]/;
    const found = [];
    for (const element of document.querySelectorAll("body, body *:not([data-verdict], [data-verdict] *)")) {
        for (const pseudo of [null, "::before", "::after"]) {
            const style = getComputedStyle(element, pseudo);
            if (pseudo && style.content === "none") continue;
            for (const name of painted.filter(name => isGreen(style[name])))
                found.push(`${name} ${style[name]} ${element.className}`);
            if (tick.test(style.content)) found.push(`tick ${element.className}${pseudo}`);
        }
        const words = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE);
        if (words.some(node => tick.test(node.data))) found.push(`tick ${element.textContent.slice(0, 40)}`);
    }
    return [...new Set(found)];
}"""

_LOW = """() => [...document.querySelectorAll(".rk-button, .rk-tabs a")].filter(one => one.checkVisibility())
    .filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML.slice(0, 120))"""


def bring_axe(context: BrowserContext) -> None:
    """Have axe-core in every page of a context from its start, which costs less than to hand it to each."""
    context.add_init_script(path=AXE)


def violations(page: Page) -> list[str]:
    """Run axe-core on a page and name what it finds, and the contrasts that it cannot decide."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    return page.evaluate(_AXE, RULES)


def too_wide(page: Page, *, widths: list[int] = WIDTHS) -> dict[int, int]:
    """Give the screen widths at which the page would scroll sideways, and how wide it is there."""
    seen = {}
    for width in widths:
        if page.viewport_size["width"] != width:
            page.set_viewport_size({"width": width, "height": 844})
        seen[width] = page.evaluate("document.documentElement.scrollWidth")
    return {width: found for width, found in seen.items() if found > width}


def strays(page: Page, language: str) -> list[str]:
    """Give the texts in the other language that do not say so by ``lang`` (or ``translate=no``, for names)."""
    return page.evaluate(_STRAYS, language)


def greens(page: Page) -> list[str]:
    """Give what is green or a tick outside a verdict."""
    return page.evaluate(_GREEN)


def low_targets(page: Page) -> list[str]:
    """Give the buttons and tabs that are lower than 44 px."""
    return page.evaluate(_LOW)


@dataclass(eq=False)
class Watch:
    """Notes what a page asks of others and what it complains about, policy violations included."""

    page: Page
    origin: str
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to watch."""
        self.page.on("request", self._note_request)
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.elsewhere.append(request.url)

    def _note_message(self, message: ConsoleMessage) -> None:
        # Chromium writes a line for each 4xx; for the page itself that is an answer that we meant to give.
        is_own_answer = message.location.get("url") == self.page.url and "Failed to load resource" in message.text
        if message.type in {"error", "warning"} and not is_own_answer:
            self.complaints.append(f"{message.text} ({message.location.get('url')})")
