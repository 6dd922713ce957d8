"""The notice as a page on paper."""

import io
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from rongka.documents import DocumentError, render_notice
from rongka.documents.notice import picture_notice
from rongka.documents.qr import MAX_CODE
from rongka.documents.typesetting import MAX_ADDRESS, MAX_FIELD, MAX_NUMBER
from rongka.text import Text
from tests.documents.papers import CODE, long_notice, notice
from tests.proofing.conftest import vectors

TEXTS = ("name", "name_mrz", "chinese_name", "passport_number", "permit_number", "notice_number", "check_at")


def codes_in(picture: bytes) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))]


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type ?/Page[^s]", pdf))


def words_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)


def printed(pdf: bytes, *, dots_per_inch: int) -> bytes:
    if not shutil.which("pdftoppm"):
        pytest.skip("pdftoppm of poppler-utils is missing")
    made = subprocess.run(
        ["pdftoppm", "-r", str(dots_per_inch), "-png", "-singlefile", "-"], input=pdf, capture_output=True, check=True
    )
    return made.stdout


@pytest.mark.parametrize(
    "document",
    [notice(), notice(demo=False, one_time_code=None, chinese_name=None, apply_for_visa_by=None), long_notice()],
)
def test_a_notice_is_one_accessible_page_for_the_archive(document):
    pdf = render_notice(document)

    assert pdf.startswith(b"%PDF-1.7")
    assert pages_of(pdf) == 1
    assert b"<pdfaid:part>2<" in pdf
    assert b"<pdfaid:conformance>A<" in pdf
    assert b"<pdfuaid:part>1<" in pdf


def test_the_same_document_gives_the_same_bytes_and_another_gives_others():
    assert render_notice(notice()) == render_notice(notice())
    assert render_notice(notice()) != render_notice(notice(passport_number="C01X00T48"))


@pytest.mark.parametrize("document", [notice(), long_notice()])
def test_the_code_reads_from_the_page_exactly(document):
    assert codes_in(picture_notice(document)) == [CODE]


def test_the_one_time_code_stands_there_for_as_long_as_it_is_good():
    unspent, spent = (words_of(render_notice(notice(one_time_code=code))) for code in ("7K4M-QX2R", None))

    assert "7K4M-QX2R" in unspent
    assert "One-time code" in unspent
    assert "One-time code" not in spent


@pytest.mark.parametrize("dots_per_inch", [100, 200])
def test_the_code_reads_from_the_printed_pdf(dots_per_inch):
    assert codes_in(printed(render_notice(notice()), dots_per_inch=dots_per_inch)) == [CODE]


@pytest.mark.parametrize("code", ["A", "https://rongka.example/n/SH-2026-000123", "A1:" * 500, "x" * 1200])
def test_short_and_long_codes_read_too(code):
    assert codes_in(picture_notice(notice(code=code))) == [code]


@pytest.mark.parametrize("code", ["", "A" * (MAX_CODE + 1), "码", "a\nb", "x\x00"])
def test_a_code_that_would_not_scan_is_refused(code):
    with pytest.raises(DocumentError) as caught:
        render_notice(notice(code=code))

    assert caught.value.code == "document.code-not-printable"


@pytest.mark.parametrize(
    ("field", "limit"), [("name", MAX_FIELD), ("notice_number", MAX_NUMBER), ("check_at", MAX_ADDRESS)]
)
def test_a_field_of_absurd_length_is_refused(field, limit):
    with pytest.raises(DocumentError) as caught:
        render_notice(notice(**{field: "A" * (limit + 1)}))

    assert caught.value.code == "document.field-too-long"
    assert str(limit) in caught.value.text.en


def test_the_longest_fields_that_are_allowed_fit_and_leave_the_code_readable():
    names = ("name", "name_mrz", "chinese_name", "passport_number", "permit_number", "credit_code")
    texts = ("nationality", "category", "employer", "post", "work_place", "authority")
    fullest = notice(
        notice_number="W" * MAX_NUMBER,
        check_at="W" * MAX_ADDRESS,
        one_time_code="W" * MAX_NUMBER,
        **dict.fromkeys(names, "W" * MAX_FIELD),
        **dict.fromkeys(texts, Text("鑫" * MAX_FIELD, "W" * MAX_FIELD)),
    )

    assert pages_of(render_notice(fullest)) == 1
    assert codes_in(picture_notice(fullest)) == [CODE]


@pytest.mark.parametrize(
    "hostile",
    [
        '#read("notice.typ")',
        "#panic()",
        "$x$ *b* _i_ `r` = h <label> @ref //",
        '"}],"qr":"<svg/>"',
        "\\u{41} \\",
        "]#pagebreak()[",
        "<svg onload=alert(1)>",
        "a\x00b\x1b[2J\u202edlrow\u200b\ud800",
        "اسم ชื่อ नाम שם 😀 𓀀",
        "\n\n\r\u2028",
    ],
)
def test_hostile_text_is_set_as_text(hostile):
    document = notice(**dict.fromkeys(TEXTS, hostile), employer=Text(f"{hostile}。", f"{hostile}."))

    assert pages_of(render_notice(document)) == 1


def test_what_looks_like_markup_is_printed_as_it_stands():
    hostile = '#read("x") $y$ *z*'
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext of poppler-utils is missing")

    made = subprocess.run(
        ["pdftotext", "-", "-"], input=render_notice(notice(name=hostile)), capture_output=True, check=True
    )

    assert hostile in made.stdout.decode()


def test_every_naughty_string_is_set_on_a_page():
    strings = [text for text in vectors("naughty-strings/blns.json") if len(text) <= MAX_FIELD]

    texts = [text for text in strings if text.strip()]
    pairs = [Text(zh=zh, en=en) for zh, en in zip(texts[::2], texts[1::2], strict=False)]
    assert len(pairs) > 200
    for steps in (pairs[at : at + 60] for at in range(0, len(pairs), 60)):
        assert render_notice(notice(steps=tuple(steps))).startswith(b"%PDF")


def test_several_threads_may_render_at_once():
    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(render_notice, [notice(permit_number=str(n % 2)) for n in range(8)]))

    assert len(set(pages)) == 2
