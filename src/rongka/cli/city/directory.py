"""Who can sign in to the demo city and how, as tables that read well in a terminal."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rongka.proofing.display import display_name
from rongka.registers.agencies.permissions import Role
from rongka.registers.cards.queries import standing_of
from rongka.registers.people.queries import person_card, person_of_passport_number

from .agencies import PASSWORD
from .cast import CAST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .agencies import City

NOBODY_YET = "—"
WHERE_TO_BEGIN = (
    "从哪里开始 · Where to begin",
    "  1. 工作台 Desks   /zh-hans/desk/  /en/desk/      登录 sign in: authority1 → 批准申请 approve ØSTERGÅRD",
    "  2. 持卡人 Wallet  /zh-hans/wallet/  /en/wallet/  用上表编号和姓名登录 sign in with a number and a name above",
    "  3. 查验 Scanner   /zh-hans/scan/  /en/scan/      登录 sign in: inspector1",
    "  4. 一条命令走完全程 The whole way in one command: rongka journey",
)


def directory(city: City) -> str:
    """Return everything that one needs to begin."""
    staff = (
        "工作人员 Staff",
        f"密码均为 the password of all: {PASSWORD}",
        *_table([("用户名 User", "角色 Role", "机构 Agency", ""), *_staff_rows(city)]),
    )
    holders = (
        "持卡人 Holders（编号 + 姓名登录 sign in with number + name）",
        *_table([("编号 Number", "姓名 Name", "类别", "现状 Where it stands", ""), *_holder_rows()]),
    )
    return "\n".join((*staff, "", *holders, "", *WHERE_TO_BEGIN))


def _staff_rows(city: City) -> Iterator[tuple[str, ...]]:
    roles = {Role.OFFICER: "经办 officer", Role.READER: "查阅 reader"}
    for username, card in city.staff().items():
        yield username, roles[card.role], card.agency.name.zh, card.agency.name.en


def _holder_rows() -> Iterator[tuple[str, ...]]:
    for role in CAST:
        person_id = person_of_passport_number(role.worker.number)
        if person_id is None:
            continue
        person, standing = person_card(person_id), standing_of(person_id)
        notice = standing.case.notice if standing.case else None
        number = notice.number if notice else standing.permit_number
        name = display_name(surname=person.surname, given_names=person.given_names)
        shown = f"{name} {person.chinese_name}".strip()
        title = standing.state.title
        yield number or NOBODY_YET, shown, role.worker.category, title.zh, title.en


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return ["  " + "  ".join(_padded(*cell) for cell in zip(row, widths, strict=True)).rstrip() for row in rows]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """Return the columns that a text takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
