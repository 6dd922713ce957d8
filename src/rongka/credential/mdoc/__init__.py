"""The documents as ISO/IEC 18013-5 mdocs (`mso_mdoc`): issue, present, verify.

`docs/credential/mdoc.md` has the exact bytes.
"""

from rongka.credential.mdoc.issuing import issue_mdoc, present_mdoc
from rongka.credential.mdoc.session_transcript import dc_api_transcript, openid4vp_transcript
from rongka.credential.mdoc.verifying import VerifiedMdoc, verify_device_response

__all__ = [
    "VerifiedMdoc",
    "dc_api_transcript",
    "issue_mdoc",
    "openid4vp_transcript",
    "present_mdoc",
    "verify_device_response",
]
