"""The signer: the one process that holds issuing keys, and the client by which others ask it to sign.

It knows three commands (sign a credential, sign a status list, list public keys) and signs nothing but what
`rongka.credential` itself would write. See `docs/adr/0003-signer-apart.md`.
"""

from rongka.signer.client import SignerClient
from rongka.signer.errors import SignerBusyError, SignerError, SignerRefusedError, SignerUnavailableError
from rongka.signer.keys import FileKeyProvider, HeldKey, KeyProvider, Turn, open_signer

__all__ = [
    "FileKeyProvider",
    "HeldKey",
    "KeyProvider",
    "SignerBusyError",
    "SignerClient",
    "SignerError",
    "SignerRefusedError",
    "SignerUnavailableError",
    "Turn",
    "open_signer",
]
