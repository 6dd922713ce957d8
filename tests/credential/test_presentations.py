"""One verdict: what a wallet presents is judged by the answers and reasons of the codes, in either format."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rongka.credential import (
    Expected,
    Purpose,
    Status,
    VerdictKind,
    reasons,
)
from rongka.credential.document_types import elements_of
from rongka.credential.mdoc import present_mdoc
from rongka.credential.presentations import judge_device_response, judge_sd_jwt_vc
from tests.credential.city import City
from tests.credential.mdoc.world import ALL, TRANSCRIPT
from tests.credential.sd_jwt_world import AUDIENCE, FOUR, NONCE, issued, presented
from tests.credential.world import NOTICE, NOW, ORDINARY


@pytest.fixture(scope="module")
def city() -> City:
    return City()


class SdJwt:
    """A card as SD-JWT VC."""

    @staticmethod
    def show(city, claims=ORDINARY, *, disclose=FOUR):
        return presented(city, issued(city, claims), disclose=disclose, holder=city.device)

    @staticmethod
    def judge(city, shown, **changes):
        given = {"trust": city.trust(), "status_lists": city.status_lists(), "now": NOW}
        return judge_sd_jwt_vc(presentation=shown, audience=AUDIENCE, **{"nonce": NONCE} | given | changes)

    @staticmethod
    def ask_again(city, shown):
        return SdJwt.judge(city, shown, nonce="another question")

    @staticmethod
    def damage(shown):
        return "." + shown


class Mdoc:
    """A card as mdoc."""

    @staticmethod
    def show(city, claims=ORDINARY, *, disclose=FOUR):
        issuer_signed = city.issue(claims)
        return present_mdoc(
            issuer_signed=issuer_signed,
            disclose=disclose,
            device=city.device,
            session_transcript=TRANSCRIPT,
        )

    @staticmethod
    def judge(city, shown, **changes):
        given = {"trust": city.trust(), "status_lists": city.status_lists(), "now": NOW}
        return judge_device_response(response=shown, **{"session_transcript": TRANSCRIPT} | given | changes)

    @staticmethod
    def ask_again(city, shown):
        return Mdoc.judge(city, shown, session_transcript=b"\x83\xf6\xf6\xf6")

    @staticmethod
    def damage(shown):
        return shown + b"\0"


pytestmark = pytest.mark.parametrize("wallet", [SdJwt, Mdoc])


def test_what_the_holder_disclosed_is_valid_and_nothing_else_is_told(city, wallet):
    verdict = wallet.judge(city, wallet.show(city))

    assert (verdict.kind, verdict.reason) == (VerdictKind.VALID, reasons.VALID)
    assert dict(verdict.disclosed.elements) == {name: elements_of(ORDINARY)[name] for name in FOUR}
    assert verdict.issuer.name.en == "Shanghai"
    assert len(verdict.document_id) == 32


@pytest.mark.parametrize(
    ("changes", "kind", "reason"),
    [
        ({"trust": None}, VerdictKind.CHECK, reasons.TRUST_MISSING),
        ({"status_lists": {}}, VerdictKind.CHECK, reasons.STATUS_MISSING),
    ],
    ids=["no trust list", "no status list"],
)
def test_what_cannot_be_told_is_a_check(city, wallet, changes, kind, reason):
    verdict = wallet.judge(city, wallet.show(city), **changes)

    assert (verdict.kind, verdict.reason) == (kind, reason)


@pytest.mark.parametrize(
    ("status", "reason"), [(Status.INVALID, reasons.REVOKED), (Status.SUSPENDED, reasons.SUSPENDED)]
)
def test_what_the_list_revokes_is_not_valid_and_tells_nothing(city, wallet, status, reason):
    verdict = wallet.judge(city, wallet.show(city), status_lists=city.status_lists(status))

    assert (verdict.kind, verdict.reason) == (VerdictKind.NOT_VALID, reason)
    assert verdict.disclosed is None


def test_an_old_trust_list_is_a_check_whether_it_knows_the_issuer_or_not(city, wallet):
    shown, old = wallet.show(city), {"next_update": NOW}

    known = wallet.judge(city, shown, trust=city.trust(**old))
    unknown = wallet.judge(city, shown, trust=city.trust(without=Purpose.CARD, **old))

    assert [known.kind, unknown.kind] == [VerdictKind.CHECK] * 2
    assert [known.reason, unknown.reason] == [reasons.TRUST_STALE] * 2
    assert known.disclosed is not None
    assert unknown.disclosed is None


@pytest.mark.parametrize(
    ("trust", "reason"),
    [({"without": Purpose.CARD}, reasons.ISSUER_UNKNOWN), ({"distrusted": True}, reasons.ISSUER_DISTRUSTED)],
)
def test_an_issuer_that_does_not_count_is_not_valid(city, wallet, trust, reason):
    verdict = wallet.judge(city, wallet.show(city), trust=city.trust(**trust))

    assert (verdict.kind, verdict.reason) == (VerdictKind.NOT_VALID, reason)


def test_an_answer_to_another_question_is_not_valid(city, wallet):
    verdict = wallet.ask_again(city, wallet.show(city))

    assert (verdict.kind, verdict.reason) == (VerdictKind.NOT_VALID, reasons.CHALLENGE_UNANSWERED)


def test_what_is_over_is_not_valid(city, wallet):
    shown = wallet.show(city, replace(ORDINARY, valid_until=(NOW + timedelta(days=1)).date()))

    verdict = wallet.judge(city, shown, now=NOW + timedelta(minutes=4) + timedelta(days=1))

    assert (verdict.kind, verdict.reason) == (VerdictKind.NOT_VALID, reasons.EXPIRED)


@pytest.mark.parametrize("trust", [True, False])
def test_what_is_malformed_is_not_valid_with_or_without_a_trust_list(city, wallet, trust):
    verdict = wallet.judge(city, wallet.damage(wallet.show(city)), trust=city.trust() if trust else None)

    assert (verdict.kind, verdict.reason) == (VerdictKind.NOT_VALID, reasons.MALFORMED)


def test_another_employer_is_a_second_look_only_when_the_employer_was_disclosed(city, wallet):
    expected = Expected(employer_credit_code="91310000000000000X", work_place="北京市")

    told = wallet.judge(city, wallet.show(city, disclose=ALL), expected=expected)
    untold = wallet.judge(city, wallet.show(city), expected=expected)

    assert [told.reason, *told.also] == [reasons.EMPLOYER_DIFFERS, reasons.PLACE_DIFFERS]
    assert untold.kind is VerdictKind.VALID


def test_a_card_that_ends_within_thirty_days_is_a_check(city, wallet):
    soon = replace(ORDINARY, valid_until=(NOW + timedelta(days=20)).date())

    verdict = wallet.judge(city, wallet.show(city, soon))

    assert (verdict.kind, verdict.reason) == (VerdictKind.CHECK, reasons.EXPIRING)


def test_a_notice_by_a_key_for_cards_is_not_valid(city, wallet):
    shown = wallet.show(city, NOTICE, disclose=("name",))

    assert wallet.judge(city, shown).kind is VerdictKind.NOT_VALID
