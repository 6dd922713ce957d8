"""The signer that these tests issue with."""

from tests.signing import signer_home, signing, trusted

__all__ = ["signer_home", "signing", "trusted"]
