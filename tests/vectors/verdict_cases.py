"""The verdict table, row by row, with its edges; docs/credential/verdict.md has the rows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rongka.credential import Challenge, Expected, Purpose, SigningKey, transport
from tests.credential.world import LIST_URI, NOW
from tests.vectors import city
from tests.vectors.city import DAY, KEYS, SECOND, card_claims, issue, moment, printed, rows, show, status, trust

MILLISECOND = timedelta(milliseconds=1)
GOOD = show()
CHALLENGE = Challenge(nonce=b"0123456789abcdef", audience="inspector 7")
ANSWER = {"_3": CHALLENGE.audience, "_10": CHALLENGE.nonce}
MIDNIGHT = datetime.fromisoformat("2027-12-31T00:00:00+08:00")  # the ordinary card's end


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is known, and the verdict as `kind reason`."""

    name: str
    verdict: str
    code: str
    trust: bytes | None = trust()
    lists: tuple[bytes, ...] = (status(),)
    now: datetime = NOW
    expected: Expected | None = None
    challenge: Challenge | None = None
    anchor: SigningKey = city.ANCHOR


def case(name: str, verdict: str, **given: object) -> Case:
    """A case of the ordinary live code, if nothing else is given."""
    return Case(name=name, verdict=verdict, **{"code": GOOD, **given})


def cases() -> Iterator[Case]:
    """Every row of the table and both sides of each edge."""
    yield from _trust()
    yield from _keys()
    yield from _times()
    yield from _ends()
    yield from _challenges()
    yield from _status()
    yield from _surroundings()
    yield from _eddsa()


def _trust() -> Iterator[Case]:
    stale = trust(next_update=NOW)
    unknown = trust(rows(city.OTHER_CITY))
    unknown_stale = trust(rows(city.OTHER_CITY), next_update=NOW)
    yield case("good live code", "valid code.valid")
    yield case("good printed code", "check document.printed", code=printed())
    yield case("card without a device", "not_valid card.without_device", code=transport.write(issue(card_claims())))
    yield case("another device's key", "not_valid device.other_key", code=show(device=city.STRANGER))
    yield case("no trust list", "check trust.missing", trust=None, lists=())
    yield case("a trust list by another anchor", "check trust.missing", trust=trust(anchor=city.STRANGER))
    yield case("no trust list, printed", "check trust.missing", code=printed(), trust=None, lists=())
    yield case(
        "no trust list and another device", "not_valid device.other_key", code=show(device=city.STRANGER), trust=None
    )
    yield case("issuer unknown to a fresh list", "not_valid issuer.unknown", trust=unknown, lists=())
    yield case("issuer unknown to a stale list", "check trust.stale", trust=unknown_stale, lists=())
    yield case("a stale trust list that knows the issuer", "check trust.stale", trust=stale)
    yield case("a trust list fresh for one more ms", "valid code.valid", trust=trust(next_update=NOW + SECOND),
               now=NOW + SECOND - MILLISECOND)  # fmt: skip
    future = {"next_update": NOW + 30 * DAY}
    yield case("a trust list of 300 s ahead", "valid code.valid", trust=trust(issued_at=NOW + 300 * SECOND, **future))
    yield case("a trust list of 301 s ahead", "check trust.stale", trust=trust(issued_at=NOW + 301 * SECOND, **future))
    signed_by_other = issue(card_claims(), key=city.STRANGER, headers={4: KEYS[Purpose.CARD].public.kid})
    yield case("issuer's signature by another key", "not_valid issuer.signature", code=show(signed_by_other))


def _keys() -> Iterator[Case]:
    distrusted = "not_valid issuer.distrusted"
    for name, verdict, change in (
        ("distrusted as of now", distrusted, {"distrusted_from": NOW}),
        ("distrusted a second later", "valid code.valid", {"distrusted_from": NOW + SECOND}),
        ("signs until the issuing", distrusted, {"signs_until": NOW}),
        ("signs until after the issuing", "valid code.valid", {"signs_until": NOW + SECOND}),
        ("signs from the issuing", "valid code.valid", {"signs_from": NOW}),
        ("signs from after the issuing", distrusted, {"signs_from": NOW + SECOND}),
        ("for notices", distrusted, {"purpose": Purpose.NOTICE}),
        ("for status lists", distrusted, {"purpose": Purpose.STATUS}),
        ("for proofs of payment", distrusted, {"purpose": Purpose.PAYMENT}),
    ):
        yield case(f"the card's key {name}", verdict, trust=trust(rows(**change)))
    both = (*rows(signs_until=NOW + DAY), replace(rows()[0], key=city.NEXT_CARD_KEY.public, signs_from=NOW - SECOND))
    after = {"signs_until": NOW - DAY / 2}
    rotated = (*rows(**after), both[-1])
    new = show(issue(card_claims(), key=city.NEXT_CARD_KEY))
    yield case("old key in the overlap", "valid code.valid", trust=trust(both))
    yield case("new key in the overlap", "valid code.valid", code=new, trust=trust(both))
    yield case("old key after the rotation", distrusted, trust=trust(rotated))
    yield case("new key after the rotation", "valid code.valid", code=new, trust=trust(rotated))
    yield case("a notice by the card's key", distrusted, code=printed(key=KEYS[Purpose.CARD]))
    yield case("a card by the notice's key", distrusted, code=show(issue(card_claims(), key=KEYS[Purpose.NOTICE])))


def _times() -> Iterator[Case]:
    for seconds, verdict in (
        (-61, "not_valid code.stale"),
        (-60, "valid code.valid"),
        (30, "valid code.valid"),
        (31, "check clock.differs"),
        (300, "check clock.differs"),
        (301, "not_valid code.from_future"),
    ):
        yield case(f"made {seconds} s from now", verdict, code=show(at=NOW + seconds * SECOND))
    yield case("60 s and 1 ms old", "not_valid code.stale", now=NOW + 60 * SECOND + MILLISECOND)
    yield case("60 s old to the ms", "valid code.valid", now=NOW + 60 * SECOND)
    for seconds, verdict in (
        (30, "valid code.valid"),
        (31, "check clock.differs"),
        (301, "not_valid code.from_future"),
    ):
        card = issue(card_claims(_6=moment(NOW) + seconds))
        yield case(f"card issued {seconds} s ahead", verdict, code=show(card))
    yield case("notice issued 301 s ahead", "not_valid code.from_future",
               code=printed(city.notice_claims(_6=moment(NOW) + 301)))  # fmt: skip


def _ends() -> Iterator[Case]:
    at_end = {"code": show(at=MIDNIGHT), "lists": (status(issued_at=MIDNIGHT, expires_at=MIDNIGHT + DAY),)}
    late = trust(next_update=MIDNIGHT + 400 * DAY)
    yield case("past its end at midnight in China", "not_valid permit.expired", now=MIDNIGHT, trust=late, **at_end)
    yield case("a ms before its end", "check permit.expiring", now=MIDNIGHT - MILLISECOND, trust=late, **at_end)
    for name, at, verdict in (
        ("30 days before", MIDNIGHT - 30 * DAY, "check permit.expiring"),
        ("30 days and a second before", MIDNIGHT - 30 * DAY - SECOND, "valid code.valid"),
    ):
        yield case(
            f"{name} its end",
            verdict,
            now=at,
            trust=late,
            code=show(at=at),
            lists=(status(issued_at=at, expires_at=at + DAY),),
        )
    # A day is a day in China, wherever in it the number points.
    noon = moment(NOW) + 10 * 3600
    yield case(
        "an end within today's day in China",
        "not_valid permit.expired",
        code=show(issue(card_claims(_4=moment(NOW) + 3600))),
    )
    yield case(
        "an end within tomorrow in China",
        "check permit.expiring",
        code=show(issue(card_claims(_4=moment(NOW) + 12 * 3600))),
    )
    yield case(
        "a beginning within tomorrow in China",
        "not_valid permit.not_yet_valid",
        code=show(issue(card_claims(_5=moment(NOW) + 12 * 3600))),
    )
    yield case("a beginning later today in China", "valid code.valid", code=show(issue(card_claims(_5=noon))))
    yield case("a notice past its end", "not_valid permit.expired", code=printed(city.notice_claims(_4=moment(NOW))))
    yield case(
        "a notice that ends soon", "check document.printed", code=printed(city.notice_claims(_4=moment(NOW + 9 * DAY)))
    )


def _challenges() -> Iterator[Case]:
    unanswered = "not_valid challenge.unanswered"
    answered = show(**ANSWER)
    yield case("a challenge answered", "valid code.valid", code=answered, challenge=CHALLENGE)
    yield case("an answer that nobody asked for", "valid code.valid", code=answered)
    yield case("no answer", unanswered, challenge=CHALLENGE)
    yield case("a printed code for an answer", unanswered, code=printed(), challenge=CHALLENGE)
    yield case("another nonce", unanswered, code=answered, challenge=replace(CHALLENGE, nonce=b"0" * 16))
    yield case("a longer nonce", unanswered, code=answered, challenge=replace(CHALLENGE, nonce=CHALLENGE.nonce + b"0"))
    yield case("another audience", unanswered, code=answered, challenge=replace(CHALLENGE, audience="inspector 8"))
    yield case("no answer and no trust list", unanswered, challenge=CHALLENGE, trust=None)
    for length, verdict in (
        (7, "not_valid code.malformed"),
        (8, "valid code.valid"),
        (64, "valid code.valid"),
        (65, "not_valid code.malformed"),
    ):
        yield case(f"a nonce of {length} bytes", verdict, code=show(_3="a", _10=b"n" * length))
    yield case("an audience without a nonce", "not_valid code.malformed", code=show(_3="a"))
    yield case("a nonce without an audience", "not_valid code.malformed", code=show(_10=b"n" * 8))


def _status() -> Iterator[Case]:
    later = NOW + timedelta(hours=24)
    missing = "check status.missing"
    yield case("revoked", "not_valid status.revoked", lists=(status(1),))
    yield case("suspended", "not_valid status.suspended", lists=(status(2),))
    yield case("a status that we do not know", missing, lists=(status(3),))
    yield case("no status list", missing, lists=())
    yield case("a status list 24 h old", "valid code.valid", now=later, code=show(at=later))
    old = {"now": later + SECOND, "code": show(at=later)}
    yield case("a status list over 24 h old", "check status.stale", **old)
    yield case("revoked by an old list", "not_valid status.revoked", lists=(status(1),), **old)
    yield case("suspended by an old list", "check status.stale", lists=(status(2),), **old)
    yield case("a status list at its end", "check status.stale", lists=(status(expires_at=NOW),))
    yield case("a status list of 300 s ahead", "valid code.valid", lists=(status(issued_at=NOW + 300 * SECOND),))
    yield case("a status list of 301 s ahead", "check status.stale", lists=(status(issued_at=NOW + 301 * SECOND),))
    yield case("a status list of another address", missing, lists=(status(uri=LIST_URI + "0"),))
    yield case("a status list too short", missing, lists=(status(packed=city.stored(bytes(5))),))
    yield case("a status list just long enough", "valid code.valid", lists=(status(packed=city.stored(bytes(6))),))
    yield case("a status list by the card's key", missing, lists=(status(key=KEYS[Purpose.CARD]),))
    yield case("a status list by a stranger", missing, lists=(status(key=city.STRANGER),))
    yield from _status_elsewhere()


def _status_elsewhere() -> Iterator[Case]:
    missing = "check status.missing"
    yield case("a printed notice cancelled", "not_valid status.revoked", code=printed(), lists=(status(1),))
    yield case("a printed notice without its list", missing, code=printed(), lists=())
    yield case(
        "a notice without a status", "check document.printed", code=printed(city.notice_claims(_65535=None)), lists=()
    )
    cities = trust(rows(), rows(city.OTHER_CITY))
    theirs = status(key=city.OTHER_CITY[Purpose.STATUS])
    yield case("another city's list of this address", missing, trust=cities, lists=(theirs,))
    yield case("this city's list among two cities", "valid code.valid", trust=cities)
    for bits in (1, 4, 8):
        yield case(f"revoked in a list of {bits} bits", "not_valid status.revoked", lists=(status(1, bits=bits),))
        yield case(f"valid in a list of {bits} bits", "valid code.valid", lists=(status(bits=bits),))
    yield case("a status of 8 bits that we do not know", missing, lists=(status(255, bits=8),))
    lost = tuple(replace(row, distrusted_from=NOW) if row.purpose is Purpose.STATUS else row for row in rows())
    yield case("a status list by a distrusted key", missing, trust=trust(lost))


def _surroundings() -> Iterator[Case]:
    here = {"employer_credit_code": "91350100M000100Y43", "work_place": "上海市 浦东新区张江"}
    for name, verdict, change in (
        ("as expected", "valid code.valid", {}),
        ("another employer", "check employer.differs", {"employer_credit_code": "91310000000000000P"}),
        ("another place", "check place.differs", {"work_place": "上海市徐汇区"}),
        ("an empty place", "valid code.valid", {"work_place": ""}),
        ("a place of ideographic spaces", "valid code.valid", {"work_place": "上海市　浦东新区"}),
        (
            "a place with spaces of every kind",
            "valid code.valid",
            {"work_place": "\u2003上海市\x85\x1c\u00a0浦东\u3000新区\t"},
        ),
        ("a place with a byte order mark", "check place.differs", {"work_place": "\ufeff上海市浦东新区"}),
        ("no employer to compare", "valid code.valid", {"employer_credit_code": None}),
        ("no place to compare", "valid code.valid", {"work_place": None}),
    ):
        yield case(name, verdict, expected=Expected(**{**here, **change}))
    abroad = show(issue(card_claims(_m65537={7: "Straße 5, İzmir"})))
    for place in ("STRASSE 5", "strasse 5, İzmir", "Straße 5"):
        yield case(
            f"a place in other letters: {place}", "valid code.valid", code=abroad, expected=Expected(work_place=place)
        )
    yield case("another employer on a notice", "check document.printed", code=printed(),
               expected=Expected(employer_credit_code="91310000000000000P", work_place="北京"))  # fmt: skip
    yield case("all doubts at once", "check trust.stale", trust=trust(next_update=NOW), lists=(),
               code=show(issue(card_claims(_4=moment(NOW + 9 * DAY))), at=NOW + 31 * SECOND),
               expected=Expected(employer_credit_code="x", work_place="y"))  # fmt: skip


def _eddsa() -> Iterator[Case]:
    keys = city.EDDSA_KEYS
    claims = card_claims(_8={1: city.EDDSA_DEVICE.public.to_cose()})
    code = show(issue(claims, key=keys[Purpose.CARD]), device=city.EDDSA_DEVICE)
    given = {"trust": trust(rows(keys)), "lists": (status(key=keys[Purpose.STATUS]),)}
    yield case("EdDSA everywhere", "valid code.valid", code=code, **given)
    yield case(
        "EdDSA, another device",
        "not_valid device.other_key",
        **given,
        code=show(issue(claims, key=keys[Purpose.CARD]), device=keys[Purpose.CARD]),
    )
    yield case(
        "EdDSA under ES256's name",
        "not_valid device.other_key",
        **given,
        code=show(issue(claims, key=keys[Purpose.CARD]), device=city.DEVICE),
    )
    yield case("EdDSA, printed", "check document.printed", code=printed(key=keys[Purpose.NOTICE]), **given)
    anchor = city.EDDSA_DEVICE
    yield case("an EdDSA anchor", "valid code.valid", trust=trust(anchor=anchor), anchor=anchor)
