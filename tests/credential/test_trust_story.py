"""The life of an issuing key as verifiers see it: named, overlapping, ended, lost; and lists back from the past."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rongka.credential import (
    Issuer,
    LocalSigner,
    Purpose,
    SoftwareKey,
    TrustedKey,
    TrustError,
    TrustList,
    VerdictKind,
    issue_card_cwt,
    reasons,
    sign_trust_list,
    verify_trust_list,
)
from rongka.credential.documents import StatusReference
from rongka.text import Text
from tests.credential.world import INDEX, LIST_URI, NOW, ORDINARY, World

DAY = timedelta(days=1)
ROTATION = NOW - 20 * DAY  # the new key signs from then on
END = NOW - 10 * DAY  # the old key signs until then


@pytest.fixture
def city():
    return City()


class City(World):
    """A city whose key for cards was replaced: `keys` holds the new one, `old` the one before."""

    def __init__(self):
        super().__init__()
        self.old = SoftwareKey.generate()

    def rows(self, **changes_of_the_old):
        old = TrustedKey(purpose=Purpose.CARD, key=self.old.public, signs_from=NOW - 300 * DAY, signs_until=END)
        new = TrustedKey(purpose=Purpose.CARD, key=self.keys[Purpose.CARD].public, signs_from=ROTATION)
        status = TrustedKey(purpose=Purpose.STATUS, key=self.keys[Purpose.STATUS].public, signs_from=NOW - DAY)
        return replace(old, **changes_of_the_old), new, status

    def list_of(self, *rows, **changes):
        return self.trust(issuers=(Issuer(name=Text(zh="上海", en="Shanghai"), keys=rows),), **changes)

    def verdict_on(self, *, by, issued_at, trust, now=NOW):
        card = issue_card_cwt(
            claims=ORDINARY,
            device_key=self.device.public,
            status=StatusReference(uri=LIST_URI, index=INDEX),
            issued_at=issued_at,
            signer=LocalSigner({Purpose.CARD: by}),
        )
        lists = self.status_lists(issued_at=now) if now == NOW else {}
        verdict = self.judge(self.live_code(card_cwt=card, presented_at=now), trust=trust, status_lists=lists, now=now)
        return verdict.kind, verdict.reason


@pytest.mark.parametrize(
    ("key", "issued_at", "good"),
    [
        ("old", ROTATION - DAY, True),
        ("old", END - timedelta(seconds=1), True),
        ("old", END, False),
        ("old", NOW - 301 * DAY, False),
        ("new", ROTATION - timedelta(seconds=1), False),
        ("new", ROTATION, True),
        ("new", NOW, True),
    ],
)
def test_each_key_counts_for_what_it_signed_in_its_time_and_both_in_the_overlap(city, key, issued_at, good):
    by = city.old if key == "old" else city.keys[Purpose.CARD]

    kind, reason = city.verdict_on(by=by, issued_at=issued_at, trust=city.list_of(*city.rows()))

    assert (kind is VerdictKind.VALID) is good
    assert good or reason == reasons.ISSUER_DISTRUSTED


def test_a_key_that_was_lost_loses_all_that_it_ever_signed_from_that_moment_on(city):
    lost_at = NOW
    trust = city.list_of(*city.rows(distrusted_from=lost_at))
    long_ago = ROTATION - 30 * DAY

    before = city.verdict_on(by=city.old, issued_at=long_ago, trust=trust, now=lost_at - timedelta(seconds=1))
    after = city.verdict_on(by=city.old, issued_at=long_ago, trust=trust, now=lost_at)
    new = city.verdict_on(by=city.keys[Purpose.CARD], issued_at=ROTATION, trust=trust)

    assert before[0] is not VerdictKind.NOT_VALID
    assert after == (VerdictKind.NOT_VALID, reasons.ISSUER_DISTRUSTED)
    assert new[0] is VerdictKind.VALID


def test_a_key_signs_for_its_purpose_alone(city):
    rows = [replace(row, purpose=Purpose.NOTICE) if row.purpose is Purpose.CARD else row for row in city.rows()]

    for by in (city.old, city.keys[Purpose.CARD]):
        verdict = city.verdict_on(by=by, issued_at=ROTATION, trust=city.list_of(*rows))
        assert verdict == (VerdictKind.NOT_VALID, reasons.ISSUER_DISTRUSTED)


@pytest.mark.parametrize(
    ("trust", "reason"),
    [
        (None, reasons.TRUST_MISSING),
        ({"next_update": NOW}, reasons.TRUST_STALE),
        ({"issued_at": NOW + DAY, "next_update": NOW + 9 * DAY}, reasons.TRUST_STALE),
    ],
    ids=["missing", "past its date", "from the future"],
)
def test_without_a_fresh_list_nothing_is_valid(city, trust, reason):
    held = None if trust is None else city.list_of(*city.rows(), **trust)

    verdict = city.verdict_on(by=city.keys[Purpose.CARD], issued_at=ROTATION, trust=held)

    assert verdict == (VerdictKind.CHECK, reason)


def test_the_list_of_before_a_key_was_lost_does_not_come_back(city):
    def signed(issued_at, **changes):
        issuers = (Issuer(name=Text(zh="上海", en="Shanghai"), keys=city.rows(**changes)),)
        trust = TrustList(issuers=issuers, issued_at=issued_at, next_update=NOW + 30 * DAY)
        return sign_trust_list(trust=trust, anchor=city.anchor)

    anchor = city.anchor.public
    held = verify_trust_list(token=signed(NOW, distrusted_from=NOW), anchor=anchor)
    older, newer = signed(NOW - timedelta(seconds=1)), signed(NOW + DAY, distrusted_from=NOW)

    with pytest.raises(TrustError):
        verify_trust_list(token=older, anchor=anchor, not_before=held.issued_at)
    assert verify_trust_list(token=newer, anchor=anchor, not_before=held.issued_at)
    assert verify_trust_list(token=signed(NOW, distrusted_from=NOW), anchor=anchor, not_before=held.issued_at) == held
