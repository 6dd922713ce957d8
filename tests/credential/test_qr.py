import io
import re

import pytest
from PIL import Image

from rongka.credential import ImageError
from rongka.credential.errors import FormatError
from rongka.credential.qr import qr_modules, qr_png, qr_svg, read_qr_codes


def test_a_code_is_read_from_its_own_picture(world):
    code = world.live_code()

    assert read_qr_codes(qr_png(code, scale=3)) == (code,)


def test_a_code_is_read_from_a_turned_and_poor_photo(world):
    code = world.live_code()
    photo = Image.open(io.BytesIO(qr_png(code, scale=6))).convert("RGB").rotate(8, expand=True, fillcolor="white")
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=60)

    assert read_qr_codes(out.getvalue()) == (code,)


def test_the_svg_draws_the_modules(world):
    code = world.live_code()
    side = len(qr_modules(code)) + 8

    svg = qr_svg(code)

    assert svg.startswith(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"')
    lengths = [int(length) for length in re.findall(r"h(\d+)v1h-\1z", svg)]
    assert sum(lengths) == sum(map(sum, qr_modules(code)))


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n", b"GIF89a"])
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(ImageError):
        read_qr_codes(data)


def test_a_picture_without_a_code_is_refused():
    out = io.BytesIO()
    Image.new("L", (50, 50), 255).save(out, "PNG")

    with pytest.raises(ImageError):
        read_qr_codes(out.getvalue())


def _blank(kind: str, *, megapixels: int, mode: str = "L") -> bytes:
    out = io.BytesIO()
    # The quickest of each format's ways: the picture is blank anyhow.
    Image.new(mode, (megapixels * 1000, 1000)).save(out, kind, method=0, quality=1, compress_level=1)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "megapixels"), [("JPEG", 26), ("PNG", 36), ("WEBP", 11)])
def test_a_picture_of_too_many_pixels_is_refused_unread(kind, megapixels):
    with pytest.raises(ImageError, match="more pixels"):
        read_qr_codes(_blank(kind, megapixels=megapixels))


@pytest.mark.parametrize(("kind", "megapixels"), [("JPEG", 24), ("PNG", 24), ("WEBP", 9)])
def test_photos_and_screens_are_not_too_large(kind, megapixels):
    with pytest.raises(ImageError, match="no QR code in the picture"):
        read_qr_codes(_blank(kind, megapixels=megapixels))


def test_a_picture_for_printing_presses_is_refused():
    with pytest.raises(ImageError, match="no picture of a camera"):
        read_qr_codes(_blank("JPEG", megapixels=1, mode="CMYK"))


def test_a_text_longer_than_a_qr_code_is_refused():
    with pytest.raises(FormatError):
        qr_modules("A" * 5_000)
