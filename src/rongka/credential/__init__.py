"""The card and the notice as signed codes: issue, present, verify, judge. Bytes in, objects out; no clock, no network.

`docs/credential/` has the exact bytes of every format. A name's module is imported when the name is first used, so that
a verifier of codes does not wait for certificates, JSON or pictures.
"""

import importlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:  # what type checkers and editors read; `_HOMES` says the same at run time
    from rongka.credential.claims import CardClaims, NoticeClaims, Sex, mask_number
    from rongka.credential.codes import (
        UnverifiedCode,
        VerifiedCode,
        read_code,
        verify_live_code,
        verify_printed_code,
    )
    from rongka.credential.document_types import DisclosedClaims, DocumentType, claims_from
    from rongka.credential.documents import Purpose, StatusReference
    from rongka.credential.errors import (
        ClaimsError,
        CredentialError,
        ExpiredError,
        FormatError,
        ImageError,
        KeyFormatError,
        KeyStoreError,
        NotYetValidError,
        PresentationError,
        RefusedError,
        SignatureError,
        StatusError,
        TrustError,
        ValidityError,
    )
    from rongka.credential.issuing import LocalSigner, Signer, issue_card_cwt, issue_printed_code
    from rongka.credential.keys import Algorithm, PublicKey, SigningKey, SoftwareKey
    from rongka.credential.live_code import Challenge, present_live_code
    from rongka.credential.mdoc import (
        VerifiedMdoc,
        dc_api_transcript,
        issue_mdoc,
        openid4vp_transcript,
        present_mdoc,
        verify_device_response,
    )
    from rongka.credential.names import mrz_name
    from rongka.credential.payment import PaymentClaims
    from rongka.credential.reasons import VerdictReason
    from rongka.credential.sd_jwt import (
        VerifiedSdJwt,
        issue_sd_jwt_vc,
        present_sd_jwt_vc,
        type_metadata,
        verify_sd_jwt_vc,
    )
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

_HOMES: Final = {
    "claims": ("CardClaims", "NoticeClaims", "Sex", "mask_number"),
    "codes": ("UnverifiedCode", "VerifiedCode", "read_code", "verify_live_code", "verify_printed_code"),
    "document_types": ("DisclosedClaims", "DocumentType", "claims_from"),
    "documents": ("Purpose", "StatusReference"),
    "errors": (
        "ClaimsError",
        "CredentialError",
        "ExpiredError",
        "FormatError",
        "ImageError",
        "KeyFormatError",
        "KeyStoreError",
        "NotYetValidError",
        "PresentationError",
        "RefusedError",
        "SignatureError",
        "StatusError",
        "TrustError",
        "ValidityError",
    ),
    "issuing": ("LocalSigner", "Signer", "issue_card_cwt", "issue_printed_code"),
    "keys": ("Algorithm", "PublicKey", "SigningKey", "SoftwareKey"),
    "live_code": ("Challenge", "present_live_code"),
    "mdoc": (
        "VerifiedMdoc",
        "dc_api_transcript",
        "issue_mdoc",
        "openid4vp_transcript",
        "present_mdoc",
        "verify_device_response",
    ),
    "names": ("mrz_name",),
    "payment": ("PaymentClaims",),
    "reasons": ("VerdictReason",),
    "sd_jwt": ("VerifiedSdJwt", "issue_sd_jwt_vc", "present_sd_jwt_vc", "type_metadata", "verify_sd_jwt_vc"),
    "status_list": ("Status", "StatusList", "VerifiedStatusList", "status_claim_set", "verify_status_list"),
    "trust_list": (
        "Issuer",
        "TrustList",
        "TrustedKey",
        "TrustedRoot",
        "VerifiedTrustList",
        "sign_trust_list",
        "verify_trust_list",
    ),
    "verdict": ("Expected", "Verdict", "VerdictKind", "judge"),
}
_HOME_OF: Final = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Algorithm",
    "CardClaims",
    "Challenge",
    "ClaimsError",
    "CredentialError",
    "DisclosedClaims",
    "DocumentType",
    "Expected",
    "ExpiredError",
    "FormatError",
    "ImageError",
    "Issuer",
    "KeyFormatError",
    "KeyStoreError",
    "LocalSigner",
    "NotYetValidError",
    "NoticeClaims",
    "PaymentClaims",
    "PresentationError",
    "PublicKey",
    "Purpose",
    "RefusedError",
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
    "UnverifiedCode",
    "ValidityError",
    "Verdict",
    "VerdictKind",
    "VerdictReason",
    "VerifiedCode",
    "VerifiedMdoc",
    "VerifiedSdJwt",
    "VerifiedStatusList",
    "VerifiedTrustList",
    "claims_from",
    "dc_api_transcript",
    "issue_card_cwt",
    "issue_mdoc",
    "issue_printed_code",
    "issue_sd_jwt_vc",
    "judge",
    "mask_number",
    "mrz_name",
    "openid4vp_transcript",
    "present_live_code",
    "present_mdoc",
    "present_sd_jwt_vc",
    "read_code",
    "sign_trust_list",
    "status_claim_set",
    "type_metadata",
    "verify_device_response",
    "verify_live_code",
    "verify_printed_code",
    "verify_sd_jwt_vc",
    "verify_status_list",
    "verify_trust_list",
]


def __getattr__(name: str) -> object:
    """Import the module that a public name lives in."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, imported or not."""
    return sorted({*globals(), *__all__})
