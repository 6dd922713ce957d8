"""The workers of the demo city: categories A, B, C and legacy, at different steps, with names that hurt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rongka.proofing.mrz import Sex
from rongka.rulebook.order import Category, State

from .workers import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A worker and how far the story has come: begun so many days ago, and stood still in this state."""

    worker: Worker
    began_days_ago: int
    state: State
    is_legacy: bool = False
    is_checked: bool = False  # inspectors have looked at the card
    is_chip_read: bool = False  # the counter has read the passport's chip


CAST = (
    Role(
        worker=Worker(
            surname="MÜLLER",
            given_names="ANNA MARIA",
            chinese_name="安娜·穆勒",
            number="XD0000001",
            issuing_state="D",
            birth_on=date(1988, 4, 12),
            sex=Sex.FEMALE,
            category=Category.A,
            employer="employer1",
            post="软件架构师",
            work_place="上海市徐汇区",
        ),
        began_days_ago=75,
        state=State.ACTIVE,
        is_checked=True,
    ),
    Role(
        worker=Worker(
            surname="O'CONNOR",
            given_names="SEÁN PATRICK",
            number="XD0000002",
            issuing_state="IRL",
            birth_on=date(1979, 11, 3),
            sex=Sex.MALE,
            category=Category.B,
            employer="employer2",
            post="英语教师",
            work_place="上海市浦东新区",
        ),
        began_days_ago=120,
        state=State.SUSPENDED,
    ),
    Role(
        worker=Worker(
            surname="SUHARJONO",
            given_names="",
            number="XD0000003",
            issuing_state="IDN",
            birth_on=date(1994, 7, 21),
            sex=Sex.MALE,
            category=Category.C,
            employer="employer3",
            post="厨师",
            work_place="上海市黄浦区",
        ),
        began_days_ago=9,
        state=State.NOTICE_ISSUED,
    ),
    Role(
        worker=Worker(
            surname="WOLFESCHLEGELSTEINHAUSEN-BERGERDORFF",
            given_names="HUBERT MAXIMILIAN FERDINAND",
            number="XD0000004",
            issuing_state="D",
            birth_on=date(1971, 1, 30),
            sex=Sex.MALE,
            category=Category.A,
            employer="employer1",
            post="首席科学家",
            work_place="上海市徐汇区",
        ),
        began_days_ago=30,
        state=State.VERIFIED,
    ),
    Role(
        worker=Worker(
            surname="NGUYEN",
            given_names="VAN AN",
            chinese_name="阮文安",
            number="XD0000005",
            issuing_state="VNM",
            birth_on=date(1996, 9, 9),
            sex=Sex.MALE,
            category=Category.B,
            employer="employer3",
            post="餐厅经理",
            work_place="上海市黄浦区",
        ),
        began_days_ago=23,
        state=State.ADMITTED,
    ),
    Role(
        worker=Worker(
            surname="GARCÍA MÁRQUEZ",
            given_names="JOSÉ",
            number="XD0000006",
            issuing_state="ESP",
            birth_on=date(1985, 2, 17),
            sex=Sex.MALE,
            category=Category.B,
            employer="employer2",
            post="西班牙语教师",
            work_place="上海市浦东新区",
        ),
        began_days_ago=8,
        state=State.RETURNED,
    ),
    Role(
        worker=Worker(
            surname="SMITH",
            given_names="JOHN",
            number="XD0000007",
            issuing_state="GBR",
            birth_on=date(1999, 12, 31),
            sex=Sex.MALE,
            category=Category.C,
            employer="employer3",
            post="服务员",
            work_place="上海市黄浦区",
        ),
        began_days_ago=14,
        state=State.REFUSED,
    ),
    Role(
        worker=Worker(
            surname="ØSTERGÅRD",
            given_names="SØREN",
            number="XD0000008",
            issuing_state="DNK",
            birth_on=date(1982, 6, 5),
            sex=Sex.MALE,
            category=Category.A,
            employer="employer1",
            post="数据科学家",
            work_place="上海市徐汇区",
        ),
        began_days_ago=2,
        state=State.APPLIED,
    ),
    Role(
        worker=Worker(
            surname="DE LA CRUZ",
            given_names="MARÍA-JOSÉ",
            number="XD0000009",
            issuing_state="PHL",
            birth_on=date(1991, 3, 8),
            sex=Sex.FEMALE,
            category=Category.C,
            employer="employer3",
            post="面点师",
            work_place="上海市黄浦区",
        ),
        began_days_ago=16,
        state=State.VISA_ISSUED,
    ),
    Role(
        worker=Worker(
            surname="KIM",
            given_names="MIN-JUN",
            chinese_name="金民俊",
            number="XD0000010",
            issuing_state="KOR",
            birth_on=date(1990, 10, 26),
            sex=Sex.MALE,
            category=Category.B,
            employer="employer1",
            post="界面设计师",
            work_place="上海市徐汇区",
        ),
        began_days_ago=40,
        state=State.CARD_CLAIMED,
    ),
    Role(
        worker=Worker(
            surname="DUBOIS",
            given_names="ÉLODIE",
            number="XD0000011",
            issuing_state="FRA",
            birth_on=date(1987, 8, 15),
            sex=Sex.FEMALE,
            category=Category.C,
            employer="employer3",
            post="烘焙师",
            work_place="上海市黄浦区",
        ),
        began_days_ago=200,
        state=State.CANCELLED,
    ),
    Role(
        worker=Worker(
            surname="PETROV",
            given_names="IVAN SERGEEVICH",
            number="XD0000012",
            issuing_state="RUS",
            birth_on=date(1976, 5, 19),
            sex=Sex.MALE,
            category=Category.B,
            employer="employer2",
            post="体育教师",
            work_place="上海市浦东新区",
        ),
        began_days_ago=60,
        state=State.LEGACY,
        is_legacy=True,
    ),
    Role(
        worker=Worker(
            surname="ROSSI",
            given_names="GIULIA",
            chinese_name="罗茜",
            number="XD0000013",
            issuing_state="ITA",
            birth_on=date(1983, 12, 1),
            sex=Sex.FEMALE,
            category=Category.A,
            employer="employer1",
            post="工业设计总监",
            work_place="上海市徐汇区",
        ),
        began_days_ago=3,
        state=State.SWITCH_APPLIED,
        is_legacy=True,
    ),
    Role(
        worker=Worker(
            surname="TANAKA",
            given_names="HARUTO",
            chinese_name="田中阳斗",
            number="XD0000014",
            issuing_state="JPN",
            birth_on=date(1992, 5, 5),
            sex=Sex.MALE,
            category=Category.B,
            employer="employer1",
            post="日语本地化工程师",
            work_place="上海市徐汇区",
        ),
        began_days_ago=24,
        state=State.ADMITTED,
        is_chip_read=True,
    ),
    Role(
        worker=Worker(
            surname="SILVA SANTOS",
            given_names="BEATRIZ",
            number="XD0000015",
            issuing_state="PRT",
            birth_on=date(1993, 6, 14),
            sex=Sex.FEMALE,
            category=Category.A,
            employer="employer1",
            post="算法工程师",
            work_place="上海市徐汇区",
        ),
        began_days_ago=24,
        state=State.PROOF_SUBMITTED,  # where faces are compared; else this worker waits like the one before
    ),
)
