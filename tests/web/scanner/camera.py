"""A camera for a browser without one: a canvas whose picture the test decides; it may fail as real ones do."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

from PIL import Image

from rongka.credential.qr import qr_png

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

FILM = (640, 480)  # pixels
# A canvas that shows nothing, or the picture that the test hands in, drawn anew ten times a second as a camera would.
_CAMERA = """
(trouble => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [960, 720];
    const ink = canvas.getContext("2d");
    let picture = null;
    const draw = () => {
        ink.fillStyle = `rgb(${118 + Math.random() * 4}, 120, 120)`;
        ink.fillRect(0, 0, canvas.width, canvas.height);
        if (picture) ink.drawImage(picture, 240, 120, 480, 480);
    };
    setInterval(draw, 100);
    window.camera = {
        constraints: [],
        show: source => new Promise(resolve => {
            const next = new Image();
            next.onload = () => { picture = next; draw(); resolve(); };
            next.src = source;
        }),
        hide: () => { picture = null; draw(); },
    };
    navigator.mediaDevices.getUserMedia = async asked => {
        window.camera.asked = asked;
        if (trouble) throw new DOMException("as the test wants it", trouble);
        const stream = canvas.captureStream(30);
        const [track] = stream.getVideoTracks();
        track.getCapabilities = () => ({ torch: true, zoom: { min: 1, max: 4, step: 0.5 } });
        track.getSettings = () => ({ deviceId: "rear" });
        track.applyConstraints = async wanted => { window.camera.constraints.push(wanted.advanced[0]); };
        return stream;
    };
    const cameras = ["rear", "front"].map(deviceId => ({ kind: "videoinput", deviceId }));
    navigator.mediaDevices.enumerateDevices = async () => cameras;
})
"""


def give_camera(context: BrowserContext, *, trouble: str = "") -> None:
    """Give all pages of a context the camera; or one that fails, by the name of a DOMException."""
    context.add_init_script(f"{_CAMERA}({trouble!r})")


def hold_up(page: Page, text: str) -> None:
    """Hold a QR code before the camera."""
    picture = base64.b64encode(qr_png(text, scale=6)).decode()
    page.evaluate("source => window.camera.show(source)", f"data:image/png;base64,{picture}")


def film(text: str) -> bytes:
    """Give a film of a QR code, as Chromium's own false camera takes it (YUV4MPEG2, 4:2:0, five frames)."""
    picture = Image.new("L", FILM, 128)
    code = Image.open(io.BytesIO(qr_png(text, scale=5))).convert("L")
    picture.paste(code, ((FILM[0] - code.width) // 2, (FILM[1] - code.height) // 2))
    colourless = bytes([128]) * (FILM[0] * FILM[1] // 2)
    frame = b"FRAME\n" + picture.tobytes() + colourless
    return f"YUV4MPEG2 W{FILM[0]} H{FILM[1]} F10:1 Ip A1:1 C420\n".encode() + 5 * frame


def take_away(page: Page) -> None:
    """Take it away."""
    page.evaluate("() => window.camera.hide()")
