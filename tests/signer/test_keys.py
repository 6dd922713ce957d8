import stat
from datetime import timedelta

import pytest

from rongka.credential import Algorithm, KeyStoreError, Purpose, SoftwareKey
from rongka.credential.trust_list import counts
from rongka.signer.anchor import TrustFolder, read_anchor
from rongka.signer.keys import FileKeyProvider, Turn, open_signer, write_private
from rongka.signer.passphrases import passphrase
from rongka.text import Text
from tests.credential.world import NOW

WORDS = b"twelve bytes or more"
NAME = Text(zh="上海", en="Shanghai")


def kids(provider):
    return {(row.purpose, row.turn): row.key.public.kid for row in provider.held()}


def test_keys_are_made_once_kept_encrypted_and_for_their_owner_alone(tmp_path):
    provider = FileKeyProvider(folder=tmp_path / "keys", passphrase=WORDS)

    first, second = open_signer(provider).public_keys(), open_signer(provider).public_keys()

    assert set(first) == set(Purpose)
    assert first == second
    for file in (tmp_path / "keys").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert b"ENCRYPTED" in file.read_bytes()


def test_keys_do_not_open_with_other_words_or_when_others_can_read_them(tmp_path):
    open_signer(FileKeyProvider(folder=tmp_path, passphrase=WORDS))

    with pytest.raises(KeyStoreError):
        FileKeyProvider(folder=tmp_path, passphrase=WORDS + b"!").held()
    with pytest.raises(KeyStoreError):
        FileKeyProvider(folder=tmp_path, passphrase=b"short").held()
    (tmp_path / "card.pem").chmod(0o644)
    with pytest.raises(KeyStoreError):
        FileKeyProvider(folder=tmp_path, passphrase=WORDS).held()


def test_a_key_is_replaced_in_turns_and_all_three_are_published(tmp_path):
    provider = FileKeyProvider(folder=tmp_path, passphrase=WORDS)
    old = open_signer(provider).public_keys()[Purpose.CARD][0]

    new = provider.prepare(purpose=Purpose.CARD, algorithm=Algorithm.EDDSA)
    assert open_signer(provider).public_keys()[Purpose.CARD] == (old, new)
    provider.promote(purpose=Purpose.CARD)
    assert open_signer(provider).public_keys()[Purpose.CARD] == (new, old)
    provider.retire(kid=old.kid)

    assert open_signer(provider).public_keys()[Purpose.CARD] == (new,)
    assert new.algorithm is Algorithm.EDDSA
    assert (Purpose.CARD, Turn.NOW) in kids(provider)


def test_turns_are_not_skipped(tmp_path):
    provider = FileKeyProvider(folder=tmp_path, passphrase=WORDS)
    (signing, *_) = open_signer(provider).public_keys()[Purpose.STATUS]

    with pytest.raises(KeyStoreError, match="prepare one"):
        provider.promote(purpose=Purpose.STATUS)
    with pytest.raises(KeyStoreError, match="signs now"):
        provider.retire(kid=signing.kid)
    with pytest.raises(KeyStoreError, match="no key"):
        provider.retire(kid=b"none")
    provider.prepare(purpose=Purpose.STATUS)
    with pytest.raises(KeyStoreError, match="waits already"):
        provider.prepare(purpose=Purpose.STATUS)


def test_a_replacement_that_was_cut_short_is_finished_and_no_key_is_made_up(tmp_path):
    provider = FileKeyProvider(folder=tmp_path, passphrase=WORDS)
    open_signer(provider)
    new = provider.prepare(purpose=Purpose.CARD)
    (tmp_path / "card.pem").rename(tmp_path / "card.earlier-00000000.pem")

    with pytest.raises(KeyStoreError, match="promote"):
        open_signer(provider)
    provider.promote(purpose=Purpose.CARD)

    assert kids(provider)[Purpose.CARD, Turn.NOW] == new.kid


def test_a_passphrase_comes_from_the_file_that_was_named_then_the_environment_then_the_demo(tmp_path, monkeypatch):
    named, made = tmp_path / "named", tmp_path / "made"
    write_private(named, b"from the file\n")
    monkeypatch.setenv("A_VARIABLE", "from the environment")

    assert passphrase(named=named, variable="A_VARIABLE", made=made) == b"from the file"
    assert passphrase(named=None, variable="A_VARIABLE", made=made) == b"from the environment"
    first = passphrase(named=None, variable="ANOTHER", made=made)
    assert passphrase(named=None, variable="ANOTHER", made=made) == first
    with pytest.raises(KeyStoreError):
        passphrase(named=None, variable="ANOTHER", made=None)
    with pytest.raises(KeyStoreError):
        passphrase(named=tmp_path / "none", variable="A_VARIABLE", made=None)


@pytest.fixture
def folder(tmp_path):
    made = TrustFolder(tmp_path)
    made.make_anchor(passphrase=WORDS)
    return made


def _publish(folder, keys, *, now=NOW, **changes):
    held = {purpose: (key.public,) for purpose, key in keys.items()}
    folder.publish(keys=held, name=NAME, now=now, passphrase=WORDS, **changes)
    return folder.trust_list()


def test_the_first_list_covers_what_was_issued_before_it(folder):
    keys = {Purpose.CARD: SoftwareKey.generate()}

    trust = _publish(folder, keys)

    _, row = trust.by_kid[keys[Purpose.CARD].public.kid]
    assert counts(row, issued_at=NOW - timedelta(days=300), now=NOW)
    assert trust.next_update == NOW + timedelta(days=30)


def test_a_key_that_was_replaced_stays_for_what_it_signed_and_signs_no_more(folder):
    old, new = SoftwareKey.generate(), SoftwareKey.generate()
    _publish(folder, {Purpose.CARD: old})

    trust = _publish(folder, {Purpose.CARD: new}, now=NOW + timedelta(days=1))

    later = NOW + timedelta(days=2)
    row = trust.by_kid[old.public.kid][1]
    assert counts(row, issued_at=NOW, now=later)
    assert not counts(row, issued_at=NOW + timedelta(days=1), now=later)
    assert counts(trust.by_kid[new.public.kid][1], issued_at=NOW + timedelta(days=1), now=later)


def test_a_key_that_is_lost_counts_for_nothing_from_then_on(folder):
    key = SoftwareKey.generate()
    _publish(folder, {Purpose.CARD: key})

    trust = _publish(folder, {Purpose.CARD: key}, now=NOW + timedelta(days=1), distrust=[key.public.kid])

    assert not counts(trust.by_kid[key.public.kid][1], issued_at=NOW, now=NOW + timedelta(days=1))
    with pytest.raises(KeyStoreError):
        _publish(folder, {Purpose.CARD: key}, distrust=[b"none"])


def test_keys_that_overlap_both_count_until_one_is_retired(folder, tmp_path):
    provider = FileKeyProvider(folder=tmp_path / "keys", passphrase=WORDS)

    def publish(day):
        now = NOW + timedelta(days=day)
        folder.publish(keys=open_signer(provider).public_keys(), name=NAME, now=now, passphrase=WORDS)
        return folder.trust_list().by_kid

    publish(0)
    old = open_signer(provider).public_keys()[Purpose.CARD][0]
    new = provider.prepare(purpose=Purpose.CARD)
    named = publish(1)
    provider.promote(purpose=Purpose.CARD)
    overlapping = publish(2)
    provider.retire(kid=old.kid)
    ended = publish(3)

    on, later = (NOW + timedelta(days=day) for day in (2, 9))
    assert all(counts(rows[key.kid][1], issued_at=on, now=on) for rows in (named, overlapping) for key in (old, new))
    assert counts(ended[old.kid][1], issued_at=on, now=later)
    assert not counts(ended[old.kid][1], issued_at=later, now=later)
    assert counts(ended[new.kid][1], issued_at=later, now=later)


def test_a_list_is_not_dated_before_the_present_one(folder):
    keys = {Purpose.CARD: SoftwareKey.generate()}
    _publish(folder, keys)

    with pytest.raises(KeyStoreError, match="older"):
        _publish(folder, keys, now=NOW - timedelta(seconds=1))


def test_the_anchor_is_made_once_and_its_public_half_is_for_everyone(folder):
    before = read_anchor(folder.anchor_file)

    assert folder.make_anchor(passphrase=WORDS) == before
    assert stat.S_IMODE(folder.anchor_file.stat().st_mode) == 0o644
    with pytest.raises(KeyStoreError):
        read_anchor(folder.folder / "nowhere")
