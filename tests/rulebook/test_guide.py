from datetime import date

import pytest

from rongka.rulebook.guide import guide
from rongka.rulebook.order import STEPS, ActorKind, Category, Track

DAY = date(2025, 6, 30)


@pytest.mark.parametrize("category", Category)
@pytest.mark.parametrize("track", Track)
def test_the_guide_has_the_steps_of_the_order_with_their_names(category, track):
    found = guide(category=category, track=track, on=DAY)

    expected = [(step.code, step.title) for step in STEPS if track in step.tracks]
    assert [(step.code, step.title) for step in found.steps] == expected


@pytest.mark.parametrize("track", Track)
def test_the_steps_are_the_same_for_all_categories(track):
    a, b, c = (guide(category=category, track=track, on=DAY).steps for category in Category)

    assert a == b == c


def test_only_b_and_c_are_told_of_the_check_of_originals():
    told = [
        category
        for category in Category
        if "originals" in [matter.code for matter in guide(category=category, track=Track.OVERSEAS, on=DAY).beside]
    ]

    assert told == [Category.B, Category.C]


def test_entry_asks_for_passport_visa_and_original_notice_and_no_card():
    steps = {step.code: step for step in guide(category=Category.A, track=Track.OVERSEAS, on=DAY).steps}

    papers = [paper.text.zh for paper in steps["entry"].papers]
    assert papers == ["护照", "Z字签证", "工作许可通知原件"]
    assert steps["entry"].actor is ActorKind.BORDER


def test_claiming_the_card_has_no_time_limit_and_asks_for_no_telephone():
    steps = {step.code: step for step in guide(category=Category.C, track=Track.OVERSEAS, on=DAY).steps}

    assert [time.text.zh for time in steps["card"].times] == ["没有期限（不受入境30天限制）"]
    assert not [paper for paper in steps["card"].papers if "手机" in paper.text.zh]
