"""Codes are read from the paper that they are printed on."""

import io

import pypdfium2
import pytest
from PIL import Image

from rongka.credential import ImageError, pdf
from rongka.credential.qr import qr_png, read_qr_codes_of_pdf


def _paper(*pictures: bytes, dots_per_inch: int = 150) -> bytes:
    pages = [Image.open(io.BytesIO(picture)) for picture in pictures]
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=dots_per_inch)
    return out.getvalue()


def test_a_code_is_read_from_each_page(world):
    codes = (world.printed_code(), world.live_code())

    paper = _paper(*[qr_png(code, scale=4) for code in codes])

    assert read_qr_codes_of_pdf(paper) == codes


def test_a_poster_is_drawn_coarser(world):
    code = world.printed_code()
    paper = _paper(qr_png(code, scale=4), dots_per_inch=3)

    [page] = pdf.pages(paper)

    assert max(page.size) <= 4_000
    assert read_qr_codes_of_pdf(paper) == (code,)


def _empty(pages: int) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(200, 200)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.7\n", "no PDF"),
        (b"%PDF-1.7\n" + bytes(2_000), "no PDF"),
        (b"%PDF-1.7\n" + bytes(21 << 20), "more bytes"),
        (_empty(21), "more pages"),
        (_empty(1), "no QR code"),
    ],
    ids=["only the mark", "noise", "too large", "too many pages", "a blank page"],
)
def test_what_is_no_paper_of_ours_is_refused(data, why):
    with pytest.raises(ImageError, match=why):
        read_qr_codes_of_pdf(data)


def test_a_cut_pdf_is_refused():
    whole = _empty(1)

    with pytest.raises(ImageError):
        read_qr_codes_of_pdf(whole[: len(whole) // 2])
