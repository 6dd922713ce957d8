"""The agencies of the demo city and those who sign in for them. Names and credit codes say that they are a demo."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction

from rongka.registers.agencies.commands import add_staff, register_agency
from rongka.registers.agencies.permissions import Kind, Role
from rongka.registers.agencies.queries import actor_of_staff, staff_cards
from rongka.registers.journal.actors import SYSTEM, Actor
from rongka.registers.journal.errors import NotFound
from rongka.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from rongka.registers.agencies.queries import StaffCard

PASSWORD = "rongka-demo-city"  # noqa: S105 - printed for everybody; a demo listens on localhost only


@dataclass(frozen=True, slots=True)
class Login:
    """One who signs in: the user name says the desk."""

    username: str
    name: str
    role: Role = Role.OFFICER


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An agency with its staff, the first of whom acts when the city acts by itself."""

    kind: Kind
    name: Text
    place: str
    staff: tuple[Login, ...]
    credit_code: str | None = None


@dataclass(frozen=True)
class City:
    """The city as it stands in the registers: its staff by user name."""

    staff_ids: Mapping[str, UUID]

    def actor(self, username: str) -> Actor:
        """Return the actor that a member of staff is."""
        return self.actors[username]

    def agency_id(self, username: str) -> UUID:
        """Return the agency of a member of staff."""
        agency_id = self.actors[username].agency_id
        if agency_id is None:
            raise NotFound
        return agency_id

    def staff(self) -> dict[str, StaffCard]:
        """Return everybody who signs in, by user name."""
        cards = staff_cards(self.staff_ids.values())
        return {username: cards[staff_id] for username, staff_id in self.staff_ids.items()}

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """Everybody as an actor."""
        return {username: actor_of_staff(staff_id) for username, staff_id in self.staff_ids.items()}


def found_city(*, at: datetime) -> City:
    """Register the agencies and staff that are missing, and return all of them."""
    for desk in DESKS:
        _found_desk(desk, at=at)
    return _city()


def city() -> City | None:
    """Return the demo city, unless it was never founded here."""
    here = _city()
    return here if here.staff_ids else None


@transaction.atomic
def _found_desk(desk: Desk, *, at: datetime) -> None:
    users = get_user_model().objects.filter(username__in=[login.username for login in desk.staff])
    known = dict(users.values_list("username", "agency_id"))
    agency_id = next(iter(known.values()), None) or register_agency(
        actor=SYSTEM, at=at, kind=desk.kind, name=desk.name, place=desk.place, credit_code=desk.credit_code
    )
    for login in desk.staff:
        if login.username not in known:
            add_staff(
                actor=SYSTEM,
                at=at,
                agency_id=agency_id,
                username=login.username,
                name=login.name,
                role=login.role,
                password=PASSWORD,
            )


def _city() -> City:
    usernames = [login.username for desk in DESKS for login in desk.staff]
    found = dict(get_user_model().objects.filter(username__in=usernames).values_list("username", "id"))
    return City(staff_ids={username: found[username] for username in usernames if username in found})


DESKS = (
    Desk(
        kind=Kind.AUTHORITY,
        name=Text(zh="演示·上海市外国人来华工作许可机关", en="Demo Shanghai Authority for Work Permits"),
        place="上海市",
        staff=(
            Login("authority1", "演示·许可员甲"),
            Login("authority2", "演示·许可员乙"),
            Login("authority-reader", "演示·许可查阅员", Role.READER),
        ),
    ),
    Desk(
        kind=Kind.CONSULATE,
        name=Text(zh="演示·驻外使领馆", en="Demo Consulate"),
        place="柏林",
        staff=(Login("consulate1", "演示·领事官"), Login("consulate-reader", "演示·领事查阅员", Role.READER)),
    ),
    Desk(
        kind=Kind.BORDER,
        name=Text(zh="演示·浦东机场边检站", en="Demo Border Post, Pudong Airport"),
        place="上海浦东国际机场",
        staff=(Login("border1", "演示·边检员"), Login("border-reader", "演示·边检查阅员", Role.READER)),
    ),
    Desk(
        kind=Kind.COUNTER,
        name=Text(zh="演示·徐汇区核验窗口", en="Demo Verification Counter, Xuhui"),
        place="上海市徐汇区",
        staff=(
            Login("counter1", "演示·核验员甲"),
            Login("counter2", "演示·核验员乙"),
            Login("counter-reader", "演示·核验查阅员", Role.READER),
        ),
    ),
    Desk(
        kind=Kind.INSPECTORATE,
        name=Text(zh="演示·劳动保障监察大队", en="Demo Labour Inspectorate"),
        place="上海市",
        staff=(Login("inspector1", "演示·监察员"), Login("inspector-reader", "演示·监察查阅员", Role.READER)),
    ),
    Desk(
        kind=Kind.EMPLOYER,
        name=Text(zh="演示融卡软件有限公司", en="Demo Rongka Software Co., Ltd."),
        place="上海市徐汇区",
        credit_code="91310000DEM000014U",
        staff=(Login("employer1", "演示·人事甲"), Login("employer1-reader", "演示·人事查阅员", Role.READER)),
    ),
    Desk(
        kind=Kind.EMPLOYER,
        name=Text(zh="演示江畔国际学校", en="Demo Riverside International School"),
        place="上海市浦东新区",
        credit_code="91310000DEM000022N",
        staff=(Login("employer2", "演示·人事乙"),),
    ),
    Desk(
        kind=Kind.EMPLOYER,
        name=Text(zh="演示外滩餐饮管理有限公司", en="Demo Bund Catering Management Co., Ltd."),
        place="上海市黄浦区",
        credit_code="91310000DEM000030H",
        staff=(Login("employer3", "演示·人事丙"),),
    ),
)
