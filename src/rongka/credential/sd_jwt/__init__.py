"""SD-JWT VC (`dc+sd-jwt`): RFC 9901 and draft-ietf-oauth-sd-jwt-vc. `docs/credential/sd-jwt-vc.md` has the bytes."""

from rongka.credential.sd_jwt.issuing import issue_sd_jwt_vc
from rongka.credential.sd_jwt.metadata import type_metadata
from rongka.credential.sd_jwt.presenting import present_sd_jwt_vc
from rongka.credential.sd_jwt.verifying import VerifiedSdJwt, verify_sd_jwt_vc

__all__ = ["VerifiedSdJwt", "issue_sd_jwt_vc", "present_sd_jwt_vc", "type_metadata", "verify_sd_jwt_vc"]
