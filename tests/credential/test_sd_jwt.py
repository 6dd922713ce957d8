import json
from datetime import timedelta

import pytest

from rongka.credential import Algorithm, ClaimsError, Purpose, SoftwareKey, base64url
from rongka.credential.document_types import ELEMENTS, DocumentType, claims_from, elements_of, type_of
from rongka.credential.errors import FormatError, KeyFormatError, PresentationError
from rongka.credential.sd_jwt import type_metadata
from tests.credential.sd_jwt_world import FOUR, STATUS, issued, presented, verified
from tests.credential.world import LONGEST, NOTICE, NOW, ORDINARY, PAYMENT

DOCUMENTS = [(ORDINARY, Purpose.CARD), (LONGEST, Purpose.CARD), (NOTICE, Purpose.NOTICE), (PAYMENT, Purpose.PAYMENT)]


def _payload(sd_jwt):
    return json.loads(base64url.decode(sd_jwt.split(".")[1].encode()))


@pytest.mark.parametrize(("claims", "purpose"), DOCUMENTS)
def test_each_document_comes_back_whole_when_all_is_disclosed(world, claims, purpose):
    sd_jwt = issued(world, claims, key=world.keys[purpose])

    shown = verified(world, presented(world, sd_jwt, disclose=elements_of(claims)))

    assert shown.document_type is type_of(claims)
    assert shown.issuer.name.en == "Shanghai"
    assert shown.status == STATUS
    assert shown.holder_key == world.device.public
    assert shown.presented_at == shown.issued_at == NOW
    read = claims_from(
        document_type=shown.document_type,
        elements=shown.disclosed.elements,
        valid_from=getattr(claims, "valid_from", None),
        valid_until=claims.valid_until,
    )
    assert read == claims
    assert not shown.disclosed.unknown


def test_a_verifier_learns_what_was_disclosed_and_nothing_more(world):
    presentation = presented(world)

    shown = verified(world, presentation)

    assert set(shown.disclosed.elements) == set(FOUR)
    assert len(presentation.split("~")) == 2 + len(FOUR)


def test_a_holder_may_disclose_nothing_at_all(world):
    assert not verified(world, presented(world, disclose=())).disclosed.elements


@pytest.mark.parametrize(("claims", "purpose"), DOCUMENTS)
def test_every_document_of_a_type_has_as_many_digests_and_their_order_tells_nothing(world, claims, purpose):
    sd_jwt = issued(world, claims, key=world.keys[purpose])
    digests = _payload(sd_jwt)["_sd"]

    assert len(digests) == len(ELEMENTS[type_of(claims)])
    assert digests == sorted(digests)
    sent = sd_jwt.split("~")[1:-1]
    assert len(sent) == len(elements_of(claims))


def test_the_order_of_a_presentation_does_not_depend_on_the_wallet_s(world):
    sd_jwt = issued(world)

    orders = {
        tuple(presented(world, sd_jwt, disclose=names).split("~")[1:-1]) for names in (FOUR, FOUR[::-1], set(FOUR))
    }

    assert len(orders) == 1


def test_no_two_documents_have_a_salt_or_a_digest_in_common(world):
    first, second = _payload(issued(world)), _payload(issued(world))

    assert not set(first["_sd"]) & set(second["_sd"])


def test_decoys_may_be_more_or_none(world):
    for decoys in (0, 40):
        sd_jwt = issued(world, decoys=decoys)
        assert len(_payload(sd_jwt)["_sd"]) == 12 + decoys
        assert verified(world, presented(world, sd_jwt)).disclosed.elements["category"] == "B"


def test_the_same_random_bytes_give_the_same_payload(world):
    def counter():
        numbers = iter(range(100))
        return lambda count: next(numbers).to_bytes(count, "big")

    assert _payload(issued(world, salt=counter())) == _payload(issued(world, salt=counter()))


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_issuer_and_holder_may_have_keys_of_either_algorithm(world, algorithm):
    world.keys[Purpose.CARD] = SoftwareKey.generate(algorithm=algorithm)
    world.device = SoftwareKey.generate(algorithm=algorithm)

    assert verified(world, presented(world)).document_type is DocumentType.CARD


def test_certificates_for_other_verifiers_are_carried_and_not_looked_at(world):
    sd_jwt = issued(world, certificates=["bm8gY2VydGlmaWNhdGU="])

    assert json.loads(base64url.decode(sd_jwt.split(".")[0].encode()))["x5c"] == ["bm8gY2VydGlmaWNhdGU="]
    assert verified(world, presented(world, sd_jwt)).document_type is DocumentType.CARD


def test_a_document_has_one_name_whoever_sees_it(world):
    sd_jwt = issued(world)

    names = {verified(world, presented(world, sd_jwt, disclose=some)).document_id for some in (FOUR, FOUR[:1], ())}

    assert len(names) == 1


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"disclose": ("salary",)}, ClaimsError),
        ({"holder": SoftwareKey.generate()}, PresentationError),
        ({"nonce": ""}, ClaimsError),
        ({"audience": "a\nb"}, ClaimsError),
    ],
    ids=["an element it lacks", "another holder", "no nonce", "an audience of two lines"],
)
def test_a_wallet_does_not_present_what_cannot_count(world, changes, error):
    with pytest.raises(error):
        presented(world, **changes)


def test_a_presentation_is_not_presented_again(world):
    with pytest.raises(PresentationError):
        presented(world, presented(world))


@pytest.mark.parametrize("sd_jwt", ["", "~", "a.b.c", "a.b.c~", "é~"])
def test_what_is_no_sd_jwt_cannot_be_presented(world, sd_jwt):
    with pytest.raises(FormatError):
        presented(world, sd_jwt)


@pytest.mark.parametrize(
    "changes",
    [{"issued_at": NOW + timedelta(days=3650)}, {"issuer": ""}, {"issued_at": NOW.replace(tzinfo=None)}],
    ids=str,
)
def test_what_would_never_be_valid_is_not_issued(world, changes):
    with pytest.raises(ClaimsError):
        issued(world, **changes)


@pytest.mark.parametrize("document_type", DocumentType)
def test_type_metadata_names_every_element_in_both_languages(document_type):
    metadata = type_metadata(document_type)

    assert metadata["vct"] == document_type.vct
    assert [row["locale"] for row in metadata["display"]] == ["zh-Hans", "en"]
    assert [claim["path"] for claim in metadata["claims"]] == [[name] for name in ELEMENTS[document_type]]
    for claim in metadata["claims"]:
        assert {row["locale"]: bool(row["label"]) for row in claim["display"]} == {"zh-Hans": True, "en": True}
        assert claim["sd"] == "always"


def test_a_holder_key_that_is_no_key_of_ours_stays_outside():
    with pytest.raises(KeyFormatError):
        SoftwareKey.generate().public.from_jwk({"kty": "EC", "crv": "P-384", "x": "", "y": ""})
