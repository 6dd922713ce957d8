"""A PDF that somebody uploads is read in a process of its own, which is given up when it takes too long or too much."""

import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rongka.credential import ImageError
from rongka.credential.pdf import MAX_MEMORY
from rongka.web.scanner.paper import codes_on_paper

WORDS = {"en": "can be read off this PDF", "zh-hans": "此PDF中未能识别二维码"}
LIMITED = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({MAX_MEMORY}, {MAX_MEMORY}));"


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("page", ["scan/", "check-notice/"])
def test_a_pdf_that_cannot_be_read_gets_an_explanation_in_the_pages_language(inspector, language, page):
    paper = SimpleUploadedFile("n.pdf", b"%PDF-1.7\n" + bytes(2000), content_type="application/pdf")

    response = inspector.post(f"/{language}/{page}", {"image": paper, "purpose": "report"})

    assert response.status_code == 422
    assert WORDS[language] in response.content.decode()


@pytest.mark.parametrize(
    "program",
    [
        "import time; time.sleep(60)",
        f"{LIMITED} bytearray(2 * {MAX_MEMORY})",
        "import os; os.abort()",
        "print('no list')",
        "print('[\"a\"' + ' ' * (2 << 20) + ']')",
    ],
    ids=["draws without end", "wants all memory", "breaks down", "says something else", "says too much"],
)
def test_a_reader_that_does_not_come_back_in_order_is_given_up(monkeypatch, program):
    monkeypatch.setattr("rongka.web.scanner.paper.WAIT", 1)
    monkeypatch.setattr("rongka.web.scanner.paper.READER", (sys.executable, "-c", program))

    with pytest.raises(ImageError):
        codes_on_paper(b"%PDF-1.7")
