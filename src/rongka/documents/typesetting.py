"""One typst compiler for all documents: it keeps fonts and templates, so that a page takes milliseconds.

Data reach the template as JSON in ``sys.inputs`` and are set as text; nothing that was typed is ever read as markup.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Final, Literal
from zoneinfo import ZoneInfo

import typst

from rongka.documents.errors import field_too_long, no_font

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")

MAX_FIELD = 300  # characters; the longest registered company names have about 100
MAX_NUMBER = 40  # characters; larger type, beside the title
MAX_ADDRESS = 120  # characters; under the code, which keeps its size
_TEMPLATES: Final = Path(__file__).parent / "templates"
_CHINESE_FONTS: Final = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC")
_FONT_PACKAGE: Final = "manimgx_fonts_cjk"

# Invisible characters could turn the reading direction or hide text; unassigned ones have no shape.
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# What the fonts certainly have: Latin with Vietnamese, Greek, Cyrillic, punctuation, kana, Chinese, full-width forms.
_ALWAYS_THERE: Final = re.compile(
    r"[^\u0020-\u017f\u0391-\u03c9\u0410-\u044f\u1ea0-\u1ef9\u2010-\u2027\u3001-\u3011\u3041-\u3096\u30a1-\u30fc"
    r"\u4e00-\u9fa5\uff01-\uff5e]",
)
_MISSING = "□"  # stands for a character that no font of ours can draw

# A compiler serves one caller at a time; a page takes milliseconds, so waiting is cheaper than a compiler per thread.
_one_at_a_time: Final = Lock()

Json = str | bool | int | None | Mapping[str, "Json"] | list["Json"]


def typeset(template: str, data: Mapping[str, Json], *, dated: date, form: Literal["pdf", "png"] = "pdf") -> bytes:
    """Set one page; ``dated`` goes into the file's own description, so that the same data give the same bytes."""
    data = {**data, "families": [*_families()[:1], "DejaVu Sans Mono"]}
    clean = json.dumps(_cleaned(data), ensure_ascii=False)
    try:
        return _compiled(template, clean, dated=dated, form=form)
    except typst.TypstError:
        # PDF/A forbids a character without a shape. Rare scripts are marked as missing rather than refused.
        return _compiled(template, _ALWAYS_THERE.sub(_MISSING, clean), dated=dated, form=form)


def _compiled(template: str, data: str, *, dated: date, form: Literal["pdf", "png"]) -> bytes:
    instant = datetime.combine(dated, time(), tzinfo=SHANGHAI)
    with _one_at_a_time:
        made = _compiler().compile(
            input=str(_TEMPLATES / f"{template}.typ"),
            format=form,
            sys_inputs={"data": data},
            pdf_standards=["a-2a", "ua-1"] if form == "pdf" else [],
            timestamp=int(instant.timestamp()),
            ppi=150 if form == "png" else None,
        )
    # Without an output path typst gives the bytes: one file, or one picture for each page.
    return made[0] if isinstance(made, list) else made or b""


@cache
def _fonts() -> typst.Fonts:
    package = find_spec(_FONT_PACKAGE)
    folders = list(package.submodule_search_locations or []) if package else []
    # With the packaged font the pages are the same on every machine.
    return typst.Fonts(include_system_fonts=not folders, font_paths=folders)


@cache
def _families() -> tuple[str, ...]:
    known = set(_fonts().families())
    families = tuple(family for family in _CHINESE_FONTS if family in known)
    if not families:
        raise no_font()
    return families


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(root=str(_TEMPLATES), font_paths=_fonts())


def _cleaned(value: Json) -> Json:
    """Take out what cannot be seen, and refuse what cannot fit."""
    if isinstance(value, str):
        return _visible(value)
    if isinstance(value, Mapping):
        return {key: item if key == "qr" else _cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return value


def short(text: str, *, limit: int) -> str:
    """Give back a text that stands where little room is; raises DocumentError when it is longer."""
    if len(text) > limit:
        raise field_too_long(limit=limit)
    return text


def _visible(text: str) -> str:
    if len(text) > MAX_FIELD:
        raise field_too_long(limit=MAX_FIELD)
    spaced = "".join(" " if c in "\t\n\r\u2028\u2029" else c for c in unicodedata.normalize("NFC", text))
    return "".join(c for c in spaced if unicodedata.category(c) not in _INVISIBLE)
