"""Every reason has words in both languages, and the page for operators knows its code."""

import re
from pathlib import Path

from rongka.proofing.chip import checks, reasons
from rongka.proofing.errors import ChipReason
from rongka.proofing.remote.errors import REASONS as PROVIDERS
from rongka.text import Text

PAGE = (Path(__file__).parents[3] / "docs" / "proofing.md").read_text(encoding="utf-8")
REASONS = [
    *(value for value in vars(reasons).values() if isinstance(value, ChipReason)),
    reasons.malformed(Text("甲", "a")),
    reasons.too_large(Text("甲", "a"), limit=1),
    reasons.group_changed(1),
    reasons.group_not_listed(1),
]


def test_every_code_is_on_the_page_and_no_other():
    known = {reason.code for reason in REASONS} | set(checks._NOTES)

    assert set(re.findall(r"`(chip\.[a-z0-9-]+)`", PAGE)) == known


def test_every_check_is_on_the_page():
    assert set(re.findall(r"^\| `([a-z-]+)` \|", PAGE, re.MULTILINE)) == set(checks.CheckName)


def test_chinese_words_are_chinese():
    texts = [reason.text for reason in REASONS] + list(checks._PASSED.values()) + list(checks._NOTES.values())
    texts += PROVIDERS.values()

    assert [text for text in texts if not re.search(r"[一-鿿]", text.zh) or re.search(r"[一-鿿]", text.en)] == []


def test_every_reason_of_a_providers_is_on_the_page_and_no_other():
    assert set(re.findall(r"`(remote\.[a-z-]+)`", PAGE)) == set(PROVIDERS)
