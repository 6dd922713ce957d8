"""Every reason has words in both languages, and the page for operators knows its code."""

import re
from pathlib import Path

from rongka.proofing.errors import FaceReason
from rongka.proofing.face import reasons

PAGE = (Path(__file__).parents[3] / "docs" / "proofing.md").read_text(encoding="utf-8")
REASONS = [value for value in vars(reasons).values() if isinstance(value, FaceReason)]


def test_every_code_is_on_the_page_and_no_other():
    codes = [reason.code for reason in REASONS]

    assert set(re.findall(r"`(face\.[a-z0-9-]+)`", PAGE)) == set(codes)
    assert len(codes) == len(set(codes))


def test_chinese_words_are_chinese():
    assert [
        reason.code
        for reason in REASONS
        if not re.search(r"[一-鿿]", reason.text.zh) or re.search(r"[一-鿿]", reason.text.en)
    ] == []
