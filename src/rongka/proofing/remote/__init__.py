"""Verifiers of others: an agency's service that is asked over HTTPS and signs its answers.

An answer counts only for the request that it names, in its time, under a key that we were given. Whatever else happens
is `CANNOT_VERIFY` with a reason, and never raises. No network here: a `Transport` carries the bytes.
`docs/proofing.md` has the protocol.
"""

from rongka.proofing.remote.documents import RemoteDocumentVerifier
from rongka.proofing.remote.errors import ProviderError
from rongka.proofing.remote.exchange import Processor, Provider
from rongka.proofing.remote.persons import RemotePersonVerifier
from rongka.proofing.remote.signed import ANSWER_TYPE, ProviderKeys
from rongka.proofing.remote.transport import Reply, Transport, TransportError, Trouble

__all__ = [
    "ANSWER_TYPE",
    "Processor",
    "Provider",
    "ProviderError",
    "ProviderKeys",
    "RemoteDocumentVerifier",
    "RemotePersonVerifier",
    "Reply",
    "Transport",
    "TransportError",
    "Trouble",
]
