"""Hostile pictures: nothing but FaceImageError comes of them, and nothing large is decoded."""

import io
import random
import struct
import subprocess
import sys
import zlib

import numpy as np
import pytest
from PIL import Image

from rongka.proofing.errors import FaceImageError
from rongka.proofing.face.images import read_image
from rongka.proofing.pictures import FRAME, ImageLimits, as_jpeg
from tests.proofing.face.motion import jpeg, portrait


def saved(picture, form: str, **options) -> bytes:
    out = io.BytesIO()
    Image.fromarray(picture).save(out, form, **options)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG of some bytes that says it has so many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(100_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def refusal(data: bytes, limits: ImageLimits = FRAME) -> str:
    with pytest.raises(FaceImageError) as refused:
        read_image(data, limits=limits)
    return refused.value.code


@pytest.mark.parametrize("form", ["JPEG", "PNG", "JPEG2000"])
def test_the_three_kinds_of_pictures_are_read(form):
    picture = read_image(saved(portrait(), form))

    assert picture.shape == portrait().shape
    assert picture.dtype == np.uint8
    assert np.abs(picture.astype(int) - portrait()).mean() < 5


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "CMYK", "I;16"])
def test_other_colours_become_three(mode):
    out = io.BytesIO()
    Image.new(mode, (80, 90)).save(out, "JPEG" if mode == "CMYK" else "PNG")

    assert read_image(out.getvalue()).shape == (90, 80, 3)


def test_a_picture_is_turned_upright_as_its_camera_says():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera lay on its side

    assert read_image(saved(portrait(), "JPEG", exif=exif)).shape == (400, 360, 3)


def test_a_written_picture_says_nothing_of_where_it_came_from():
    exif = Image.Exif()
    exif[0x010F] = "a maker of phones"

    written = as_jpeg(saved(portrait(), "JPEG", exif=exif, comment=b"a place"))

    assert (b"a maker" in written, b"a place" in written) == (False, False)
    assert read_image(written).shape == portrait().shape


@pytest.mark.parametrize("size", [(60_000, 60_000), (2_001, 100), (12_000, 12_000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_of_pixels_is_refused_before_it_is_decoded(size):
    assert refusal(png_of(*size)) in {"face.picture-too-large", "face.not-a-picture"}


def test_too_many_bytes_too_small_a_picture_and_too_many_scans_are_refused():
    scans = saved(portrait(), "JPEG", progressive=True)
    begin = scans.index(b"\xff\xda")

    assert refusal(bytes(400_001)) == "face.picture-too-large"
    assert refusal(saved(portrait()[:59], "PNG")) == "face.picture-too-small"
    assert read_image(scans).shape == portrait().shape
    assert refusal(scans[:begin] + b"\xff\xda\x00\x02" * 65 + scans[begin:]) == "face.picture-too-large"


def test_pictures_are_decoded_without_the_face_extra():
    code = "import sys; sys.modules |= dict.fromkeys(('numpy', 'cv2')); from rongka.proofing.pictures import as_jpeg"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF", "WEBP", "PPM"])
def test_pictures_of_other_kinds_are_refused(form):
    assert refusal(saved(portrait(), form), ImageLimits()) == "face.not-a-picture"


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"<svg/>", b"%!PS-Adobe-3.0 EPSF-3.0", bytes(5_000)])
def test_what_is_no_picture_is_refused(data):
    assert refusal(data) == "face.not-a-picture"


def test_truncated_pictures_are_refused():
    for form in ("JPEG", "PNG", "JPEG2000"):
        data = saved(portrait()[:120, :120], form)
        assert {refusal(data[: len(data) * part // 8]) for part in range(1, 7)} == {"face.not-a-picture"}


def test_changed_bytes_are_a_picture_or_are_refused():
    chance = random.Random(5)
    for data in (
        jpeg(portrait()[:100, :100]),
        saved(portrait()[:70, :70], "PNG"),
        saved(portrait()[:64, :64], "JPEG2000"),
    ):
        for _ in range(100):
            changed = bytearray(data)
            for place in chance.sample(range(min(len(data), 900)), 3):
                changed[place] = chance.randrange(256)
            try:
                read_image(bytes(changed), limits=FRAME)
            except FaceImageError:
                continue
