"""A drawn head with the word SPECIMEN across it, and DG2 around a picture (ICAO 9303-10, 4.7.2; ISO/IEC 19794-5)."""

from functools import lru_cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw

from rongka.proofing.chip.der import encode

_SIZE: Final = (240, 320)  # pixels
_SKIN, _PAPER, _INK = 205, 245, 40  # grey levels
_JPEG: Final = 0


@lru_cache(maxsize=1)
def drawn_portrait() -> bytes:
    """Draw it, as JPEG."""
    image = Image.new("L", _SIZE, _PAPER)
    pen = ImageDraw.Draw(image)
    pen.ellipse((30, 250, 210, 420), fill=120)
    pen.ellipse((65, 60, 175, 210), fill=_SKIN, outline=_INK, width=2)
    for left in (92, 132):
        pen.ellipse((left, 115, left + 16, 125), fill=_INK)
    pen.line((120, 130, 114, 155, 124, 157), fill=_INK, width=2)
    pen.arc((98, 160, 142, 190), start=20, end=160, fill=_INK, width=3)
    pen.text((40, 225), "SPECIMEN", fill=_INK, font_size=34)
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def portrait_group(picture: bytes) -> bytes:
    """Put a JPEG into DG2: one face, no points."""
    with Image.open(BytesIO(picture)) as image:
        width, height = image.size
    size = 20 + 12 + len(picture)
    face = size.to_bytes(4, "big") + bytes(16)
    facts = bytes((1, _JPEG)) + width.to_bytes(2, "big") + height.to_bytes(2, "big") + bytes(6)
    record = b"FAC\x00010\x00" + (14 + size).to_bytes(4, "big") + b"\x00\x01" + face + facts + picture
    # CBEFF header: facial features, ISO's format number for them (ICAO 9303-10, table 41).
    header = encode(0x81, b"\x02") + encode(0x87, b"\x01\x01") + encode(0x88, b"\x00\x08")
    template = encode(0x7F60, encode(0xA1, header) + encode(0x5F2E, record))
    return encode(0x75, encode(0x7F61, encode(0x02, b"\x01") + template))
