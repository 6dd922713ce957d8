"""Texts, facts and days as the templates read them."""

from collections.abc import Iterable
from datetime import date

from rongka.documents.typesetting import Json
from rongka.text import Text


def both(text: Text) -> dict[str, Json]:
    """Give a text in both languages."""
    return {"zh": text.zh, "en": text.en}


def listed(texts: Iterable[Text]) -> list[Json]:
    """Give several texts."""
    return [both(text) for text in texts]


def fact(label: Text, value: Text | str, *, beside: bool = False, large: bool = False) -> dict[str, Json]:
    """Give a labelled line; ``beside`` puts the English value on the line of the Chinese one."""
    zh, en = (value, None) if isinstance(value, str) else (value.zh, value.en)
    return {"label": both(label), "zh": zh, "en": en, "beside": beside, "large": large}


def calendar(day: date) -> dict[str, Json]:
    """Give a day for the file's own description."""
    return {"year": day.year, "month": day.month, "day": day.day}
