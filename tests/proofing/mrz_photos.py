"""Photos of passports that are nobody's, drawn: a page with the zone, at a slant, blurred, shaded, noisy, as a JPEG.

`python -m tests.proofing.mrz_photos 200` reads so many and prints how many lines are right, and how many wrong though
every check digit fits. The letters are drawn from the reader's own pictures of them: other printing can be harder.
"""

import io
import random
import sys
import time
from datetime import date
from importlib.resources import files

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from rongka.proofing.errors import MrzError, PhotoError
from rongka.proofing.mrz import Sex, build_td3, parse_td3
from rongka.proofing.mrz.glyphs import HEIGHT, WIDTH
from rongka.proofing.mrz.layout import ALPHABET, FILLER
from rongka.proofing.mrz.photo import read_zone_photo

TODAY = date(2026, 11, 23)
_LETTERS = ALPHABET[10:]
_PITCH = 2.54  # millimetres from character to character


def random_zone(chance: random.Random) -> str:
    def word(most: int) -> str:
        return "".join(chance.choices(_LETTERS, k=chance.randint(3, most)))

    def day(first: int, last: int) -> date:
        return date(chance.randint(first, last), chance.randint(1, 12), chance.randint(1, 28))

    return build_td3(
        issuing_state=chance.choice(("UTO", "IND", "D", "BRA", "JPN")),
        surname=word(12),
        given_names=" ".join(word(9) for _ in range(chance.randint(1, 2))),
        number="".join(chance.choices(ALPHABET, k=9)),
        nationality=chance.choice(("UTO", "IND", "D", "BRA")),
        birth_on=day(1950, 2005),
        sex=chance.choice((Sex.FEMALE, Sex.MALE)),
        expires_on=day(2027, 2035),
        optional_data=chance.choice(("", "12345678901234")),
    )


def page(zone: str, *, scale: float) -> Image.Image:
    """Draw a data page of 125 by 88 mm at `scale` pixels a millimetre."""
    drawn = Image.new("L", (round(125 * scale), round(88 * scale)), 235)
    pen = ImageDraw.Draw(drawn)
    for x in range(0, drawn.width, round(2 * scale)):
        pen.line([(x, 0), (x + drawn.width // 4, drawn.height)], fill=222)
    pen.rectangle([6 * scale, 18 * scale, 41 * scale, 62 * scale], fill=120)
    for row in range(7):
        drawn.paste(60, (round(46 * scale), round((10 + 7 * row) * scale)), _letters("SPECIMEN", scale * 1.6))
    for row, line in enumerate(zone.split("\n")):
        drawn.paste(40, (round(6 * scale), round((68 + 6.35 * row) * scale)), _letters(line, scale * _PITCH))
    return drawn


def photo(zone: str, seed: int, *, turned: int = 0) -> bytes:
    """Take a photo of the page as people do; `turned` by so many degrees."""
    chance = random.Random(seed)
    flat = page(zone, scale=chance.uniform(9, 16))
    table = Image.new("L", (round(flat.width * 1.15), round(flat.height * 1.25)), chance.randint(70, 140))
    table.paste(flat, (round(flat.width * 0.07), round(flat.height * 0.1)))
    seen = table.rotate(chance.uniform(-3, 3), Image.Resampling.BICUBIC, fillcolor=100)
    width, height = seen.size
    a, b, c, d, e, f, g, h = (chance.uniform(0, 0.02) for _ in range(8))
    corners = (a * width, b * height, c * width, (1 - d) * height, (1 - e) * width, (1 - f) * height)
    corners = (*corners, (1 - g) * width, h * height)
    seen = seen.transform(seen.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    seen = seen.filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 1.6)))
    shade = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270))).resize(seen.size)
    seen = ImageChops.subtract(seen, shade.point(lambda value: value * 0.35))
    seen = ImageChops.add(seen, noise(chance, seen.size, spread=chance.uniform(5, 25)), offset=-128)
    out = io.BytesIO()
    seen.rotate(turned, expand=True).save(out, "JPEG", quality=chance.randint(60, 90))
    return out.getvalue()


def noise(chance: random.Random, size: tuple[int, int], *, spread: float) -> Image.Image:
    """Give grey around 128 with that standard deviation, the same for the same chance (Pillow's is not)."""
    even = Image.frombytes("L", size, chance.randbytes(size[0] * size[1]))
    return even.point(lambda value: 128 + (value - 128) * spread / 74)


def _letters(text: str, pitch: float) -> Image.Image:
    with Image.open(io.BytesIO(files("rongka.proofing.mrz").joinpath("ocr_b.png").read_bytes())) as glyphs:
        line = Image.new("L", (WIDTH * len(text), HEIGHT))
        for place, character in enumerate(text):
            at = (ALPHABET + FILLER).index(character) * WIDTH
            line.paste(glyphs.crop((at, 0, at + WIDTH, HEIGHT)), (place * WIDTH, 0))
    return line.resize((round(pitch * len(text)), round(pitch * HEIGHT / WIDTH)), Image.Resampling.BICUBIC)


def main() -> None:
    """Print the figures."""
    number, chance = int(sys.argv[1]), random.Random(1)
    right = [0, 0]
    none = whole = fitting = unseen = wrong = told = 0
    began = time.process_time()
    for seed in range(number):
        zone = random_zone(chance)
        try:
            read = read_zone_photo(photo(zone, seed))
        except PhotoError:
            none += 1
            continue
        lines = tuple(zone.split("\n"))
        right = [count + (one == other) for count, one, other in zip(right, read.unverified_lines, lines, strict=True)]
        whole += read.unverified_lines == lines
        for line, (one, other) in enumerate(zip(read.unverified_lines, lines, strict=True), start=1):
            for position, (x, y) in enumerate(zip(one, other, strict=True), start=1):
                wrong += x != y
                told += x != y and (line, position) in read.unsure
        try:
            parse_td3("\n".join(read.unverified_lines), on=TODAY)
        except MrzError:
            continue
        fitting += 1
        unseen += read.unverified_lines != lines
    took = (time.process_time() - began) / number
    sys.stdout.write(
        f"{number} photos, {none} without lines; both lines right {whole}, first {right[0]}, second {right[1]}\n"
        f"every check digit fits: {fitting}, of which wrong: {unseen}\n"
        f"wrong characters {wrong}, of which marked unsure: {told}\n{took:.2f} s a photo, drawing included\n"
    )


if __name__ == "__main__":
    main()
