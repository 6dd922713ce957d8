from datetime import UTC, date, datetime, timedelta

import cbor2
import pytest

from rongka.credential import Algorithm, Purpose, SoftwareKey, TrustedKey
from rongka.credential.document_types import DocumentType, claims_from, elements_of
from rongka.credential.errors import (
    CertificateError,
    ClaimsError,
    DistrustedError,
    ExpiredError,
    FormatError,
    NotYetValidError,
)
from rongka.credential.fields import midnight
from rongka.credential.mdoc.security_object import SecurityObject
from tests.credential.mdoc.world import ALL, CARD, STATUS, MdocWorld
from tests.credential.world import LONGEST, NOTICE, NOW, ORDINARY, PAYMENT


def test_a_card_shown_whole_comes_back_whole(city):
    verified = city.verify(city.present())

    assert verified.document_type is DocumentType.CARD
    assert verified.disclosed.elements == elements_of(ORDINARY)
    assert verified.disclosed.unknown == {}
    assert (verified.issued_at, verified.valid_from) == (NOW, NOW)
    assert verified.valid_until == midnight(ORDINARY.valid_until)
    assert verified.expected_update is None
    assert (verified.status, verified.holder_key) == (STATUS, city.device.public)
    assert verified.issuer.name.en == "Shanghai"
    assert len(verified.document_id) == 32
    read = claims_from(
        document_type=verified.document_type,
        elements=verified.disclosed.elements,
        valid_from=ORDINARY.valid_from,
        valid_until=ORDINARY.valid_until,
    )
    assert read == ORDINARY


@pytest.mark.parametrize("claims", [LONGEST, NOTICE, PAYMENT], ids=["longest", "notice", "payment"])
def test_every_type_of_document_goes_through(city, claims):
    document_type = {LONGEST: DocumentType.CARD, NOTICE: DocumentType.NOTICE, PAYMENT: DocumentType.PAYMENT}[claims]

    verified = city.verify(
        city.present(city.issue(claims), disclose=tuple(elements_of(claims))),
        trust=city.trust(*city.roots(purpose=Purpose(document_type.value))),
    )

    assert verified.document_type is document_type
    assert verified.disclosed.elements == elements_of(claims)


@pytest.mark.parametrize("names", [(), ("category",), ("name", "birth_date", "category", "post")])
def test_only_what_is_disclosed_is_shown(city, names):
    response = city.present(disclose=names)

    assert set(city.verify(response).disclosed.elements) == set(names)
    assert ORDINARY.employer_name.encode() not in response
    assert (ORDINARY.birth_date.isoformat().encode() in response) is ("birth_date" in names)


def test_an_element_that_the_document_does_not_have_cannot_be_disclosed(city):
    with pytest.raises(ClaimsError):
        city.present(disclose=("name", "salary"))


def test_bytes_that_are_no_document_cannot_be_presented(city):
    with pytest.raises(FormatError):
        city.present(b"\xa0")


def test_salts_and_numbers_are_new_each_time_and_every_document_has_as_many_digests(city):
    signed = [_read(city.issue(claims)) for claims in (ORDINARY, ORDINARY, LONGEST, NOTICE)]

    assert {len(digests) for mso, _ in signed for digests in mso["valueDigests"].values()} == {24}
    salts = [item["random"] for _, items in signed for item in items]
    assert len(set(salts)) == len(salts) == 12 + 12 + 13 + 8
    assert all(len(salt) >= 16 for salt in salts)
    numbers = [{item["elementIdentifier"]: item["digestID"] for item in items} for _, items in signed[:2]]
    assert numbers[0] != numbers[1]


def test_a_decoy_looks_like_a_digest_and_no_element_has_it(city):
    mso, items = _read(city.issue())

    decoys = set(mso["valueDigests"][CARD]) - {item["digestID"] for item in items}

    assert len(decoys) == 12
    assert all(len(mso["valueDigests"][CARD][number]) == 32 for number in decoys)


def test_the_bytes_are_those_of_the_standard(city):
    issuer_signed = cbor2.loads(city.issue())
    protected, unprotected, payload, signature = issuer_signed["issuerAuth"]
    mso = cbor2.loads(cbor2.loads(payload).value)

    assert protected == b"\xa1\x01\x26"
    assert unprotected == {33: city.certificate}
    assert payload.startswith(b"\xd8\x18\x59")
    assert len(signature) == 64
    assert set(mso) == {
        "version", "digestAlgorithm", "valueDigests", "deviceKeyInfo", "docType", "validityInfo", "status",
    }  # fmt: skip
    assert (mso["version"], mso["digestAlgorithm"], mso["docType"]) == ("1.0", "SHA-256", "rongka.card.1")
    assert mso["validityInfo"]["signed"] == NOW
    assert mso["status"] == {"status_list": {"idx": STATUS.index, "uri": STATUS.uri}}
    assert b"\xd9\x03\xec\x6a1990-04-05" in city.issue()
    assert payload.count(b"\xc0\x7420") == 3


def test_a_document_ends_with_its_certificate_and_says_when_to_fetch_the_next(city):
    verified = city.verify(city.present(city.issue(LONGEST)))

    ends = NOW + timedelta(days=447)
    assert verified.valid_until == verified.expected_update == ends
    assert ends < midnight(LONGEST.valid_until)


def test_a_card_that_begins_later_is_issued_before_and_valid_from_then(city):
    begins = date(2026, 12, 1)
    response = city.present(city.issue(_with(ORDINARY, valid_from=begins)))

    with pytest.raises(NotYetValidError):
        city.verify(response, now=midnight(begins) - timedelta(seconds=31))
    assert city.verify(response, now=midnight(begins)).valid_from == midnight(begins)


def test_a_document_is_valid_until_its_last_instant(city):
    city.verify(response := city.present(city.issue(_with(ORDINARY, valid_until=date(2027, 1, 1)))))
    ends = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)

    city.verify(response, now=ends - timedelta(seconds=1))
    with pytest.raises(ExpiredError):
        city.verify(response, now=ends)


def test_a_verifier_whose_clock_is_a_little_behind_takes_a_new_document(city):
    response = city.present()

    city.verify(response, now=NOW - timedelta(seconds=30))
    with pytest.raises(NotYetValidError):
        city.verify(response, now=NOW - timedelta(seconds=31))


def test_claims_that_have_ended_are_not_issued(city):
    with pytest.raises(ClaimsError):
        city.issue(_with(ORDINARY, valid_until=date(2026, 11, 23)))


def test_a_certificate_of_another_key_or_another_time_does_not_issue(city):
    for changes in ({"key": SoftwareKey.generate()}, {"issued_at": NOW - timedelta(days=11)}):
        with pytest.raises(CertificateError):
            city.issue(**changes)


def test_keys_of_ed25519_sign_for_devices_too():
    city = MdocWorld(device=SoftwareKey.generate(algorithm=Algorithm.EDDSA))

    assert city.verify(city.present()).holder_key == city.device.public


def test_a_root_may_be_renewed_with_the_same_key(city):
    # The older certificate of the same key ends before today; the list names both.
    old = _renewed(city, valid_from=NOW - timedelta(days=80), valid_until=NOW - timedelta(days=1))

    assert city.verify(city.present(), trust=city.trust(*city.roots(old, city.root.certificate)))


def test_a_root_counts_in_its_time_only(city):
    response = city.present()

    for changes in ({"signs_from": NOW + timedelta(seconds=1)}, {"signs_until": NOW}, {"distrusted_from": NOW}):
        with pytest.raises(DistrustedError):
            city.verify(response, trust=city.trust(*city.roots(**changes)))


def test_a_root_counts_for_its_purpose_only(city):
    with pytest.raises(CertificateError):
        city.verify(city.present(), trust=city.trust(*city.roots(purpose=Purpose.NOTICE)))


def test_a_root_that_is_none_does_not_stand_in_the_way_of_another(city):
    assert city.verify(city.present(), trust=city.trust(*city.roots(city.certificate, city.root.certificate)))


def test_a_signer_can_be_distrusted_without_its_root(city):
    row = {"key": city.key.public, "signs_from": NOW - timedelta(days=60)}
    response = city.present()

    city.verify(response, trust=city.trust(keys=[TrustedKey(purpose=Purpose.CARD, **row)]))
    for changes in ({"purpose": Purpose.CARD, "distrusted_from": NOW}, {"purpose": Purpose.STATUS}):
        with pytest.raises(DistrustedError):
            city.verify(response, trust=city.trust(keys=[TrustedKey(**row | changes)]))


def test_a_security_object_comes_back_from_its_bytes(city):
    payload = cbor2.loads(city.issue())["issuerAuth"][2]

    assert SecurityObject.from_bytes(payload).to_bytes() == payload


def test_a_forger_who_changes_nothing_writes_a_good_response(city):
    # The control of all refusals: what they change is all that is wrong with them.
    assert set(city.verify(city.forge()).disclosed.elements) == set(ALL)


def test_an_element_that_we_do_not_know_is_kept_apart(city):
    salary = {"digestID": 77, "random": b"r" * 16, "elementIdentifier": "salary", "elementValue": [1, {"a": None}]}

    verified = city.verify(city.forge(items=lambda items: items.append(salary)))

    assert verified.disclosed.unknown == {"salary": [1, {"a": None}]}
    assert "salary" not in verified.disclosed.elements


def test_other_spellings_of_maps_and_lengths_are_read(city):
    def wide(value):
        """Write heads of two bytes for everything, and map keys backwards, as cbor-x and others nearly do."""
        if isinstance(value, dict):
            rows = [wide(key) + wide(inner) for key, inner in reversed(list(value.items()))]
            return b"\xb9" + len(value).to_bytes(2, "big") + b"".join(rows)
        if isinstance(value, list):
            return b"\x99" + len(value).to_bytes(2, "big") + b"".join(map(wide, value))
        if isinstance(value, str):
            return b"\x79" + len(value.encode()).to_bytes(2, "big") + value.encode()
        return cbor2.dumps(value)

    assert city.verify(city.forge(dumps=wide)).disclosed.elements == elements_of(ORDINARY)


def _read(issuer_signed):
    value = cbor2.loads(issuer_signed)
    ((_, items),) = value["nameSpaces"].items()
    return cbor2.loads(cbor2.loads(value["issuerAuth"][2]).value), [cbor2.loads(item.value) for item in items]


def _with(claims, **changes):
    import dataclasses

    return dataclasses.replace(claims, **changes)


def _renewed(city, *, valid_from, valid_until):
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.serialization import Encoding

    root = x509.load_der_x509_certificate(city.root.certificate)
    builder = (
        x509.CertificateBuilder(extensions=list(root.extensions))
        .subject_name(root.subject)
        .issuer_name(root.subject)
        .public_key(root.public_key())
        .serial_number(7)
        .not_valid_before(valid_from)
        .not_valid_after(valid_until)
    )
    return builder.sign(city.root.key.private, hashes.SHA256()).public_bytes(Encoding.DER)
