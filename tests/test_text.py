import pytest

from rongka.text import Text


@pytest.mark.parametrize(
    ("code", "words"), [("zh-hans", "卡"), ("zh", "卡"), ("zh-CN", "卡"), ("en", "card"), ("fr", "card")]
)
def test_a_text_reads_in_the_language_asked_for(code, words):
    text = Text(zh="卡", en="card")

    assert text.in_language(code) == words


@pytest.mark.parametrize(("zh", "en"), [("", "card"), ("卡", ""), ("卡", "  ")])
def test_a_text_without_one_language_is_refused(zh, en):
    with pytest.raises(ValueError, match="both languages"):
        Text(zh=zh, en=en)
