"""Specimens say what they are, and a seed makes the same ones again."""

from dataclasses import replace

from rongka.proofing.chip.certificates import read_certificate
from rongka.proofing.chip.specimens import Holder, RsaKey, Secrets, SpecimenAuthority
from tests.proofing.chip.world import MADE, SEED, make


def test_a_seed_makes_the_same_passport_again():
    first, second, third = make(seed=b"a"), make(seed=b"a"), make(seed=b"b")

    assert first.passport.sod == second.passport.sod
    assert first.passport.groups == second.passport.groups
    assert first.authority.certificate != third.authority.certificate


def test_without_a_seed_every_authority_has_a_key_of_its_own():
    made = {SpecimenAuthority.make(valid_from=MADE).certificate for _ in range(3)}

    assert len(made) == 3


def test_every_certificate_says_that_it_is_a_specimens():
    world = make(state="D")

    for der in (world.authority.certificate, world.signer.certificate):
        names = dict(read_certificate(der).subject)
        assert names["2.5.4.10"] == "specimen - not a state"
        assert names["2.5.4.3"].startswith("specimen")


def test_a_secret_is_not_shown():
    world = make()

    shown = repr(world.passport) + repr(world.authority)

    assert SEED.decode() not in shown
    assert "EllipticCurvePrivateKey" not in repr(replace(world.passport, groups={}))


def test_numbers_stay_below_their_bound():
    numbers = {Secrets(b"x").number(str(n), below=5) for n in range(60)}

    assert numbers == {1, 2, 3, 4}


def test_the_holder_is_a_citizen_of_utopia():
    assert Holder().zone.startswith("P<UTOSPECIMEN<<ANNA<MARIA")
    assert RsaKey.make(bits_=1024).private.key_size == 1024
