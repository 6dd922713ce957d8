"""`cwt` of PyPI made to run beside cbor2 6: it is somebody else's reader and writer of CWT to hold ours against.

Two things stand in its way, neither of them about CWT. It imports certvalidator, whose oscrypto cannot read OpenSSL's
two-digit versions; nothing here has certificates, so that an empty module takes its place. And it wants the parts of
a message as a list with a dict, where cbor2 6 gives what cannot be changed.
"""

import importlib
import sys
import types
from collections.abc import Mapping

import cbor2


def load():
    """Give the module `cwt`, or None where it is not installed."""
    stub = types.ModuleType("certvalidator")
    stub.CertificateValidator = stub.ValidationContext = None
    sys.modules.setdefault("certvalidator", stub)
    try:
        cwt = importlib.import_module("cwt")
    except ModuleNotFoundError:
        return None
    importlib.import_module("cwt.cbor_processor").CBORProcessor._loads = lambda _self, data: _with_lists(data)
    return cwt


def _with_lists(data):
    return _opened(cbor2.loads(data))


def _opened(value):
    if not isinstance(value, cbor2.CBORTag):
        return value
    inside = value.value
    if isinstance(inside, cbor2.CBORTag):
        return cbor2.CBORTag(value.tag, _opened(inside))
    return cbor2.CBORTag(value.tag, [dict(part) if isinstance(part, Mapping) else part for part in inside])
