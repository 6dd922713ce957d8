from dataclasses import replace
from datetime import timedelta

import pytest

from rongka.credential import Status, StatusReference, TrustedKey, reasons
from rongka.credential.documents import Purpose
from rongka.credential.errors import ClaimsError, FormatError, StatusError
from rongka.credential.status_list import Shards, StatusAnswer, ask_status, random_index
from rongka.credential.status_list.aggregation import MAX_LISTS, read_aggregation, write_aggregation
from tests.credential.world import INDEX, LIST_URI, NOW, World

REFERENCE = StatusReference(uri=LIST_URI, index=INDEX)


def ask(world, **changes):
    trust = world.trust()
    given = {
        "reference": REFERENCE,
        "issuer": trust.issuers[0],
        "status_lists": world.status_lists(),
        "trust": trust,
        "now": NOW,
    }
    finding = ask_status(**given | changes)
    return finding.answer, finding.reason


def test_there_are_three_answers(world):
    assert ask(world) == (StatusAnswer.VALID, reasons.VALID)
    assert ask(world, status_lists=world.status_lists(Status.INVALID)) == (StatusAnswer.NOT_VALID, reasons.REVOKED)
    suspended = world.status_lists(Status.SUSPENDED)
    assert ask(world, status_lists=suspended) == (StatusAnswer.NOT_VALID, reasons.SUSPENDED)
    assert ask(world, status_lists={}) == (StatusAnswer.CANNOT_TELL, reasons.STATUS_MISSING)


@pytest.mark.parametrize("after", [timedelta(days=-1), timedelta(minutes=-6), timedelta(hours=25), timedelta(days=3)])
def test_a_list_from_the_future_or_the_day_before_yesterday_cannot_tell_that_something_is_good(world, after):
    now = NOW + after
    row = TrustedKey(purpose=Purpose.STATUS, key=world.keys["status"].public, signs_from=NOW - timedelta(days=9))
    issuer = replace(world.trust().issuers[0], keys=(row,))
    trust = world.trust(issuers=(issuer,))

    for status in (Status.VALID, Status.SUSPENDED):
        finding = ask(world, now=now, trust=trust, issuer=issuer, status_lists=world.status_lists(status))
        assert finding == (StatusAnswer.CANNOT_TELL, reasons.STATUS_STALE)
    finding = ask(world, now=now, trust=trust, issuer=issuer, status_lists=world.status_lists(Status.INVALID))
    assert finding == (StatusAnswer.NOT_VALID, reasons.REVOKED)


def test_a_list_past_its_end_cannot_tell_however_young_it_is(world):
    lists = {LIST_URI: replace(world.status_lists()[LIST_URI], expires_at=NOW)}

    assert ask(world, status_lists=lists) == (StatusAnswer.CANNOT_TELL, reasons.STATUS_STALE)


@pytest.mark.parametrize("index", [-1, 1 << 17, 1 << 32])
def test_an_index_outside_the_list_cannot_be_told(world, index):
    finding = ask(world, reference=StatusReference(uri=LIST_URI, index=index))

    assert finding == (StatusAnswer.CANNOT_TELL, reasons.STATUS_MISSING)


def test_a_list_kept_under_another_address_cannot_tell(world):
    kept = {LIST_URI: replace(world.status_lists()[LIST_URI], uri="https://rongka.example/s/2")}

    assert ask(world, status_lists=kept) == (StatusAnswer.CANNOT_TELL, reasons.STATUS_MISSING)


def test_another_citys_list_says_nothing_of_this_citys_documents(world):
    other = World().trust().issuers[0]

    assert ask(world, issuer=other) == (StatusAnswer.CANNOT_TELL, reasons.STATUS_MISSING)


@pytest.mark.parametrize(
    "changes",
    [
        {"purpose": Purpose.CARD},
        {"signs_from": NOW + timedelta(hours=1)},
        {"signs_until": NOW},
        {"distrusted_from": NOW},
    ],
    ids=str,
)
def test_a_list_whose_key_does_not_count_any_more_cannot_tell(world, changes):
    row = TrustedKey(**{"purpose": Purpose.STATUS, "key": world.keys["status"].public, "signs_from": NOW} | changes)
    issuer = replace(world.trust().issuers[0], keys=(row,))
    revoked = world.status_lists(Status.INVALID)

    finding = ask(world, issuer=issuer, trust=world.trust(issuers=(issuer,)), status_lists=revoked)

    assert finding == (StatusAnswer.CANNOT_TELL, reasons.STATUS_MISSING)


def test_the_document_that_names_all_lists_comes_back():
    uris = tuple(f"https://rongka.example/s/{number}" for number in range(1, 192))

    assert read_aggregation(write_aggregation(uris)) == uris


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"[]",
        b"{}",
        b'{"status_lists":7}',
        b'{"status_lists":[7]}',
        b'{"status_lists":[""]}',
        b'{"status_lists":["a\\u0000b"]}',
        b'{"status_lists":[' + b'"x",' * MAX_LISTS + b'"x"]}',
        b'{"status_lists":[],"status_lists":[]}',
    ],
    ids=lambda document: document[:24].decode(),
)
def test_what_names_no_lists_or_too_many_is_refused(document):
    with pytest.raises(FormatError):
        read_aggregation(document)


def test_too_many_lists_are_not_written():
    with pytest.raises(ClaimsError):
        write_aggregation(["https://rongka.example/s/1"] * (MAX_LISTS + 1))


def test_a_hundred_million_credentials_stand_in_191_lists():
    shards = Shards(base="https://rongka.example/s")

    assert shards.needed(credentials=100_000_000) == 191
    assert shards.place(0) == StatusReference(uri="https://rongka.example/s/1", index=0)
    assert shards.place((1 << 20) * 190 + 7) == StatusReference(uri="https://rongka.example/s/191", index=7)
    with pytest.raises(StatusError):
        shards.place(-1)


def test_places_are_drawn_from_all_open_lists_and_from_no_other():
    shards = Shards(base="https://rongka.example/s", entries=8)

    drawn = {shards.draw(first=3, last=4) for _ in range(500)}

    assert drawn == set(range(16, 32))
    assert {random_index(size=3) for _ in range(200)} == {0, 1, 2}
    with pytest.raises(StatusError):
        shards.draw(first=3, last=2)
