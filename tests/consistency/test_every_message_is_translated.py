"""Every interface text has its Chinese, and no translation is left over."""

import re

import pytest
from babel.messages.catalog import Catalog

from rongka.config import messages

PERCENT = re.compile(r"%\((\w+)\)s")


def texts(value):
    return value if isinstance(value, (tuple, list)) else (value,)


def test_every_used_message_is_in_the_catalogue():
    known = messages.catalogue()

    missing = [one for one in messages.used() if one not in known]

    assert missing == [], "run: python -m rongka.config.messages"


def test_every_message_has_its_chinese():
    assert messages.untranslated(messages.catalogue()) == []


def test_no_translation_is_left_over():
    used = {texts(one)[0] for one in messages.used()}

    unused = [one.id for one in messages.catalogue() if one.id and texts(one.id)[0] not in used]

    assert unused == [], "run: python -m rongka.config.messages --prune"


def test_translations_keep_the_places_to_fill_in():
    changed = [
        one.id
        for one in messages.catalogue()
        if one.id and set(PERCENT.findall(str(one.id))) != set(PERCENT.findall(str(one.string)))
    ]

    assert changed == []


def test_a_message_without_chinese_is_found():
    catalogue = Catalog(locale="zh_Hans")
    catalogue.add("Only English")
    catalogue.add(("one", "many"), ("",))

    assert len(messages.untranslated(catalogue)) == 2


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("page.html", "{% translate 'Found here' %}"),
        ("page.html", "{% blocktranslate %}Found here{% endblocktranslate %}"),
        ("page.html", "{% translate 'Found here' as words %}"),
        ("code.py", "title = _('Found here')"),
        ("code.py", "title = gettext_lazy('Found here')"),
    ],
)
def test_a_new_message_is_found(tmp_path, monkeypatch, file, source):
    (tmp_path / file).write_text(source)
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)

    assert messages.used() == {"Found here"}
