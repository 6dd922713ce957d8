"""What issuing and judging need from this instance: its public address, its signer, the trust anchor that it pins."""

from django.conf import settings

from rongka.credential import KeyStoreError, PublicKey
from rongka.home import home
from rongka.registers.issuance.commands import Issuing
from rongka.signer import SignerClient
from rongka.signer.anchor import TrustFolder, read_anchor


def issuing() -> Issuing:
    """Give the way to the signer; it may be away, which shows when something is to be signed."""
    return Issuing(url=settings.PUBLIC_URL, signer=SignerClient(home() / "signer.sock"))


def anchor() -> PublicKey | None:
    """Give the trust anchor that this instance pins, or None while there is none: then nothing can be told."""
    try:
        return read_anchor(trust_folder().anchor_file)
    except KeyStoreError:
        return None


def signed_trust_list() -> bytes | None:
    """Give the list that the anchor's keeper laid down last (`rongka trust publish`)."""
    try:
        return trust_folder().list_file.read_bytes()
    except OSError:
        return None


def trust_folder() -> TrustFolder:
    """Give the folder of anchor and list."""
    return TrustFolder(home() / "trust")
