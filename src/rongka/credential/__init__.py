"""The card and the notice as signed codes: issue, present, judge. Bytes in, objects out; no clock, no network.

`docs/credential/` has the exact bytes of every format.
"""

from rongka.credential.claims import CardClaims, NoticeClaims, Sex, mask_number
from rongka.credential.documents import Purpose, StatusReference
from rongka.credential.errors import (
    ClaimsError,
    CredentialError,
    FormatError,
    ImageError,
    KeyFormatError,
    KeyStoreError,
    SignatureError,
    StatusError,
    TrustError,
)
from rongka.credential.issuing import LocalSigner, Signer, issue_card_cwt, issue_printed_code
from rongka.credential.keys import Algorithm, PublicKey, SigningKey, SoftwareKey
from rongka.credential.live_code import Challenge, present_live_code, read_code
from rongka.credential.names import mrz_name
from rongka.credential.reasons import VerdictReason
from rongka.credential.status_list import (
    Status,
    StatusList,
    VerifiedStatusList,
    status_claim_set,
    verify_status_list,
)
from rongka.credential.trust_list import (
    Issuer,
    TrustedKey,
    TrustedRoot,
    TrustList,
    VerifiedTrustList,
    sign_trust_list,
    verify_trust_list,
)
from rongka.credential.verdict import Expected, Verdict, VerdictKind, judge

__all__ = [
    "Algorithm",
    "CardClaims",
    "Challenge",
    "ClaimsError",
    "CredentialError",
    "Expected",
    "FormatError",
    "ImageError",
    "Issuer",
    "KeyFormatError",
    "KeyStoreError",
    "LocalSigner",
    "NoticeClaims",
    "PublicKey",
    "Purpose",
    "Sex",
    "SignatureError",
    "Signer",
    "SigningKey",
    "SoftwareKey",
    "Status",
    "StatusError",
    "StatusList",
    "StatusReference",
    "TrustError",
    "TrustList",
    "TrustedKey",
    "TrustedRoot",
    "Verdict",
    "VerdictKind",
    "VerdictReason",
    "VerifiedStatusList",
    "VerifiedTrustList",
    "issue_card_cwt",
    "issue_printed_code",
    "judge",
    "mask_number",
    "mrz_name",
    "present_live_code",
    "read_code",
    "sign_trust_list",
    "status_claim_set",
    "verify_status_list",
    "verify_trust_list",
]
