"""Token Status List (draft-ietf-oauth-status-list): 1, 2, 4 or 8 bits an entry, compressed, signed, dated.

Three answers: valid, not valid, cannot tell; never "not valid" because a list could not be read. The CWT form is here;
the JWT form is in `status_list.jwt`, the document that names all lists in `status_list.aggregation`.
"""

from rongka.credential.status_list.answer import StatusAnswer, StatusFinding, ask_status
from rongka.credential.status_list.entries import MAX_LIST_BYTES, WIDTHS, Status, StatusList
from rongka.credential.status_list.shards import SHARD_ENTRIES, Shards, random_index
from rongka.credential.status_list.tokens import (
    MAX_TOKEN_BYTES,
    TYPE,
    VerifiedStatusList,
    check_status_claim_set,
    sign_status_claim_set,
    status_claim_set,
    unverified_status_list,
    verify_status_list,
)

__all__ = [
    "MAX_LIST_BYTES",
    "MAX_TOKEN_BYTES",
    "SHARD_ENTRIES",
    "TYPE",
    "WIDTHS",
    "Shards",
    "Status",
    "StatusAnswer",
    "StatusFinding",
    "StatusList",
    "VerifiedStatusList",
    "ask_status",
    "check_status_claim_set",
    "random_index",
    "sign_status_claim_set",
    "status_claim_set",
    "unverified_status_list",
    "verify_status_list",
]
