"""A front camera for a browser without one: a head that does what the page asks (tests/proofing/face/motion.py)."""

from __future__ import annotations

import base64
from functools import cache
from typing import TYPE_CHECKING

from rongka.proofing.face.verifying import BuiltInPersonVerifier
from tests.proofing.face.motion import POSES, engine, frame

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

# A canvas that shows the pose that the page awaits, or the opposite one, with grain as cameras have.
_CAMERA = """
(({poses, trouble}) => {
    const pictures = Object.fromEntries(Object.entries(poses).map(([name, source]) => {
        const picture = new Image();
        picture.src = source;
        return [name, picture];
    }));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [640, 576];
    const ink = canvas.getContext("2d");
    window.mirror = {isContrary: false, trouble};
    const contrary = {left: "right", right: "left", up: "down", down: "up"};
    const draw = () => {
        const awaited = document.querySelector("[data-stage]")?.dataset.awaited ?? "ahead";
        const picture = pictures[(window.mirror.isContrary && contrary[awaited]) || awaited];
        if (picture?.complete) ink.drawImage(picture, 0, 0, canvas.width, canvas.height);
        ink.fillStyle = `rgb(${Math.random() * 255}, 90, 90)`;
        ink.fillRect(Math.random() * canvas.width, 2, 6, 6);
    };
    setInterval(draw, 40);
    navigator.mediaDevices.getUserMedia = async asked => {
        window.mirror.asked = asked;
        if (window.mirror.trouble) throw new DOMException("as the test wants it", window.mirror.trouble);
        return canvas.captureStream(30);
    };
})
"""


def give_mirror(context: BrowserContext, *, trouble: str = "") -> None:
    """Give all pages of a context the camera; or one that fails, by the name of a DOMException."""
    poses = "" if trouble else _poses()
    context.add_init_script(f"{_CAMERA}({{poses: {{{poses}}}, trouble: {trouble!r}}})")


def verifier() -> BuiltInPersonVerifier:
    """Give what `settings.RONGKA_PERSON_VERIFIER` names: the built-in one, with time enough for a busy machine."""
    return BuiltInPersonVerifier(engine(), window_seconds=60)


@cache
def _poses() -> str:
    sources = {name: base64.b64encode(frame(name)).decode() for name in POSES}
    return ", ".join(f'{name}: "data:image/jpeg;base64,{source}"' for name, source in sources.items())
