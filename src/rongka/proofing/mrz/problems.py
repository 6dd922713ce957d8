"""The words for each thing that can be wrong in a machine readable zone. They never repeat the passport's data."""

import unicodedata

from rongka.proofing.errors import MrzProblem
from rongka.proofing.mrz.layout import LINE_LENGTH, Element
from rongka.text import Text


def too_long(*, limit: int) -> MrzProblem:
    """Refuse more text than two lines can ever be."""
    return MrzProblem(
        "mrz.too-long",
        Text(
            f"输入超过{limit}个字符。请只输入护照资料页最下方的两行。",
            f"More than {limit} characters. Type only the two lines at the bottom of the data page.",
        ),
    )


def line_count(*, count: int) -> MrzProblem:
    """Refuse what is not two lines."""
    return MrzProblem(
        "mrz.line-count",
        Text(
            f"需要两行、每行{LINE_LENGTH}个字符；现有{count}行。",
            f"Two lines of {LINE_LENGTH} characters are needed; there are {count}.",
        ),
    )


def line_length(*, line: int, length: int) -> MrzProblem:
    """Refuse a line with characters missing or too many."""
    return MrzProblem(
        "mrz.line-length",
        Text(
            f"第{line}行有{length}个字符，应为{LINE_LENGTH}个。请检查“<”的个数。",
            f"Line {line} has {length} characters instead of {LINE_LENGTH}. Count the < signs.",
        ),
        line=line,
    )


def character(found: str, *, line: int, position: int) -> MrzProblem:
    """Refuse a character that no zone has; named by its code point, so that nothing hostile is repeated."""
    name = f"U+{ord(found):04X} {unicodedata.name(found, '')}".strip()
    return MrzProblem(
        "mrz.character",
        Text(
            f"第{line}行第{position}位的字符（{name}）不允许；只能是A–Z、0–9和“<”。",
            f"Line {line}, position {position}: the character {name} is not allowed; only A-Z, 0-9 and < are.",
        ),
        line=line,
        position=position,
    )


def not_a_passport() -> MrzProblem:
    """Refuse another document than a passport."""
    return MrzProblem(
        "mrz.not-a-passport",
        Text(
            "第1行必须以“P”开头：这不是护照的机读码。",
            "Line 1 must begin with P: this is not the zone of a passport.",
        ),
        line=1,
        position=1,
    )


def form(element: Element) -> MrzProblem:
    """Refuse an element with characters that do not belong there, such as a digit in a name."""
    where = _where(element)
    return MrzProblem(
        f"mrz.{element.code}.form",
        Text(
            f"{where.zh}的格式不正确。请检查字母O和数字0、字母I和数字1。",
            f"{where.en}: wrong form. Check the letter O and the digit 0, the letter I and the digit 1.",
        ),
        line=element.line,
        position=element.start + 1,
    )


def sex() -> MrzProblem:
    """Refuse something else than F, M or the filler."""
    return MrzProblem(
        "mrz.sex.form",
        Text("第2行第21位（性别）必须是F、M或“<”。", "Line 2, position 21 (sex) must be F, M or <."),
        line=2,
        position=21,
    )


def check_digit(element: Element, *, expected: str, given: str) -> MrzProblem:
    """Refuse a check digit that does not fit; ``given`` is one character of the zone's own alphabet."""
    position, title = element.end + 1, element.title
    return MrzProblem(
        f"mrz.{element.code}.check-digit",
        Text(
            f"第2行第{position}位（{title.zh}的校验码）应为{expected}，现为{given}。"
            f"请核对第{element.start + 1}至{position}位。",
            f"Line 2, position {position} (check digit of the {title.en}) should be {expected} and is {given}. "
            f"Check positions {element.start + 1} to {position}.",
        ),
        line=2,
        position=position,
        expected=expected,
    )


def not_a_date(element: Element) -> MrzProblem:
    """Refuse what is no day; also an incomplete date, which ICAO 9303-3 allows and only a counter can judge."""
    where = _where(element)
    return MrzProblem(
        f"mrz.{element.code}.not-a-date",
        Text(
            f"{where.zh}不是有效日期（年年月月日日）。如护照上的日期不完整，请到窗口办理。",
            f"{where.en}: no valid date (YYMMDD). If the date in the passport is incomplete, go to a counter.",
        ),
        line=element.line,
        position=element.start + 1,
    )


def not_writable(element: Element) -> MrzProblem:
    """Refuse data that a zone cannot hold: a name without Latin letters, a number that is too long."""
    limit = element.end - element.start
    return MrzProblem(
        f"mrz.{element.code}.not-writable",
        Text(
            f"{element.title.zh}无法写入机读码：须为拉丁字母或数字，最多{limit}个字符。",
            f"The {element.title.en} cannot be written: Latin letters or digits, at most {limit} characters.",
        ),
        line=element.line,
        position=element.start + 1,
    )


def _where(element: Element) -> Text:
    first, last, title = element.start + 1, element.end, element.title
    return Text(
        f"第{element.line}行第{first}至{last}位（{title.zh}）",
        f"Line {element.line}, positions {first} to {last} ({title.en})",
    )
