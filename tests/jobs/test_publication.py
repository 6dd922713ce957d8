"""The lists are published when something changed, and again before they grow old."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app

from rongka.cli.city.checks import show_code
from rongka.credential import (
    CredentialError,
    LocalSigner,
    Purpose,
    SoftwareKey,
    VerdictKind,
    judge,
    sign_trust_list,
)
from rongka.credential.trust_list import unverified_trust_list
from rongka.jobs.publication import keep_status_lists_fresh, take_up_trust_list
from rongka.registers.cards.commands import cancel_permit, reinstate_card, suspend_card
from rongka.registers.inspection.queries import lists_at_hand
from rongka.registers.issuance.commands import LIST_RENEWAL, Issuing, publish_status_lists
from rongka.registers.issuance.queries import TRUST_LIST, published, published_status_lists
from rongka.registers.journal.errors import NotFound
from rongka.rulebook.order import State
from tests.signing import anchor, signed_trust_list


def _verdict(code: str) -> tuple[VerdictKind, str]:
    now = timezone.now()
    lists = lists_at_hand(anchor=anchor(), now=now)
    verdict = judge(code=code, trust=lists.trust, status_lists=lists.status, now=now)
    return verdict.kind, verdict.reason.code


def test_what_the_authority_does_to_a_card_is_known_after_the_job(city, trusted):
    person_id = city.person_at(State.ACTIVE)
    code = show_code(person_id=person_id, at=timezone.now(), issuing=trusted)
    seen = [_verdict(code)]

    for act, reason in ((suspend_card, "demo"), (reinstate_card, None), (cancel_permit, "demo")):
        given = {"reason": reason} if reason else {}
        act(actor=city.authority, at=timezone.now(), person_id=person_id, **given)
        app.tasks["publish_status_lists"]()
        seen.append(_verdict(code))

    assert seen == [
        (VerdictKind.VALID, "code.valid"),
        (VerdictKind.NOT_VALID, "status.suspended"),
        (VerdictKind.VALID, "code.valid"),
        (VerdictKind.NOT_VALID, "status.revoked"),
    ]


@pytest.mark.parametrize(("age", "names"), [(LIST_RENEWAL - timedelta(seconds=1), []), (LIST_RENEWAL, ["1"])])
def test_a_list_is_renewed_when_half_of_its_time_is_over(city, trusted, age, names):
    now = timezone.now()
    show_code(person_id=city.person_at(State.ACTIVE), at=now, issuing=trusted)

    renewed = keep_status_lists_fresh(at=now + age, issuing=trusted)

    assert renewed == names
    assert [row.name for row in published_status_lists()] == ["1"]


def test_only_the_list_that_says_something_new_is_signed_anew(city, trusted, monkeypatch):
    monkeypatch.setattr("rongka.registers.issuance.commands.LIST_FULL", 1)  # one document a list
    now = timezone.now()
    first, second = city.person_at(State.ACTIVE), city.person_at(State.ACTIVE)
    for person_id in (first, second):
        show_code(person_id=person_id, at=now, issuing=trusted)
    before = {row.name: row.token for row in published_status_lists()}

    assert publish_status_lists(at=now, issuing=trusted) == []
    suspend_card(actor=city.authority, at=now, person_id=second, reason="demo")
    (changed,) = publish_status_lists(at=now, issuing=trusted)

    assert len(before) > 1
    assert {row.name for row in published_status_lists() if row.token != before[row.name]} == {changed}


def test_every_list_is_signed_anew_when_another_key_signs_or_its_date_is_not_ours(city, trusted):
    now = timezone.now()
    show_code(person_id=city.person_at(State.ACTIVE), at=now, issuing=trusted)
    keys = {purpose: SoftwareKey.generate() for purpose in Purpose}

    assert publish_status_lists(at=now - timedelta(hours=1), issuing=trusted) == ["1"]
    assert publish_status_lists(at=now, issuing=Issuing(url=trusted.url, signer=LocalSigner(keys))) == ["1"]


def test_an_older_trust_list_is_not_served_in_place_of_a_newer_one(city, trusted):
    served = published(TRUST_LIST).token
    older, newer = (
        sign_trust_list(
            trust=replace(unverified_trust_list(served), issued_at=timezone.now() + timedelta(days=days)),
            anchor=SoftwareKey.generate(),
        )
        for days in (-1, 1)
    )

    assert take_up_trust_list(at=timezone.now(), token=older) is False
    assert published(TRUST_LIST).token == served
    assert take_up_trust_list(at=timezone.now(), token=newer) is True
    with pytest.raises(CredentialError):
        take_up_trust_list(at=timezone.now(), token=b"no list")
    assert published(TRUST_LIST).token == newer


@pytest.mark.usefixtures("db")
def test_a_trust_list_that_the_keeper_lays_down_is_served(signing):
    with pytest.raises(NotFound):
        published(TRUST_LIST)

    app.tasks["keep_lists_fresh"](timestamp=0)

    assert published(TRUST_LIST).token == signed_trust_list()
    assert take_up_trust_list(at=timezone.now(), token=signed_trust_list()) is False
