"""The zone read off a photo, which is help with typing: what it reads, and what hostile pictures come to."""

import io
import random
import zlib
from itertools import starmap

import pytest
from PIL import Image

from rongka.proofing.errors import MrzError, PhotoError
from rongka.proofing.mrz import parse_td3
from rongka.proofing.mrz.photo import MAX_BYTES, read_zone_photo
from tests.proofing.mrz_photos import TODAY, noise, page, photo, random_zone

ZONE = random_zone(random.Random(5))


def as_file(picture: Image.Image, kind: str = "PNG", **options) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def code_of(data: bytes) -> str:
    with pytest.raises(PhotoError) as refused:
        read_zone_photo(data)
    return refused.value.code


def empty_png(width: int, height: int) -> bytes:
    """Give a PNG whose head promises so many pixels, and whose data never come."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    head = width.to_bytes(4) + height.to_bytes(4) + bytes((8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + b"".join(starmap(chunk, ((b"IHDR", head), (b"IDAT", b"x"), (b"IEND", b""))))


def test_a_straight_page_is_read_whole_and_nothing_else_is_changed():
    read = read_zone_photo(as_file(page(ZONE, scale=12)))

    assert "\n".join(read.unverified_lines) == ZONE


@pytest.mark.parametrize("turned", [90, 180])
def test_a_phone_over_a_table_does_not_know_which_way_is_up(turned):
    read = read_zone_photo(as_file(page(ZONE, scale=12).rotate(turned, expand=True), "JPEG"))

    assert "\n".join(read.unverified_lines) == ZONE


def test_a_wrong_check_digit_is_read_as_it_stands():
    wrong = ZONE[:-1] + str((int(ZONE[-1]) + 1) % 10)

    read = read_zone_photo(as_file(page(wrong, scale=12)))

    assert "\n".join(read.unverified_lines) == wrong
    with pytest.raises(MrzError, match=r"mrz\.composite\.check-digit"):
        parse_td3("\n".join(read.unverified_lines), on=TODAY)


def test_an_ordinary_photo_is_read():
    chance = random.Random(1)
    zone = [random_zone(chance) for _ in range(3)][2]

    assert "\n".join(read_zone_photo(photo(zone, 2)).unverified_lines) == zone


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "photo.not-a-picture"),
        (b"%PDF-1.7 no picture", "photo.not-a-picture"),
        (as_file(Image.new("L", (300, 200)), "GIF"), "photo.not-a-picture"),
        (photo(ZONE, 1)[:3000], "photo.not-a-picture"),
        (empty_png(800, 600), "photo.not-a-picture"),
        (empty_png(60_000, 60_000), "photo.too-large"),
        (empty_png(6_000, 6_000), "photo.too-large"),
        (b"\xff\xd8" + bytes(MAX_BYTES), "photo.too-large"),
        (b"\xff\xd8" + b"\xff\xda" * 100, "photo.too-large"),
        (as_file(Image.new("L", (20, 20))), "photo.no-lines"),
        (as_file(Image.new("L", (800, 600), 200)), "photo.no-lines"),
        (as_file(noise(random.Random(1), (800, 600), spread=70)), "photo.no-lines"),
        (as_file(Image.new("1", (720, 61))), "photo.no-lines"),
        (as_file(Image.new("1", (90_000, 61))), "photo.no-lines"),
    ],
)
def test_what_is_no_photo_of_a_zone_is_refused_with_its_code(data, code):
    assert code_of(data) == code
