"""The lists are published when something changed, and again before they grow old."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app

from rongka.cli.city.checks import show_code
from rongka.credential import VerdictKind, judge
from rongka.jobs.publication import RENEW_AFTER, keep_status_lists_fresh, take_up_trust_list
from rongka.registers.cards.commands import cancel_permit, reinstate_card, suspend_card
from rongka.registers.inspection.queries import lists_at_hand
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


@pytest.mark.parametrize(("age", "names"), [(RENEW_AFTER - timedelta(seconds=1), []), (RENEW_AFTER, ["1"])])
def test_a_list_is_renewed_when_half_of_its_time_is_over(city, trusted, age, names):
    now = timezone.now()
    show_code(person_id=city.person_at(State.ACTIVE), at=now, issuing=trusted)

    renewed = keep_status_lists_fresh(at=now + age, issuing=trusted)

    assert renewed == names
    assert [row.name for row in published_status_lists()] == ["1"]


@pytest.mark.usefixtures("db")
def test_a_trust_list_that_the_keeper_lays_down_is_served(signing):
    with pytest.raises(NotFound):
        published(TRUST_LIST)

    app.tasks["keep_lists_fresh"](timestamp=0)

    assert published(TRUST_LIST).token == signed_trust_list()
    assert take_up_trust_list(at=timezone.now(), token=signed_trust_list()) is False
