"""Specimen passports for tests and demos: a root (CSCA), a document signer, the files of a chip. Never a real person's.

Every certificate calls itself a SPECIMEN, and so does the picture. A seed makes the same again, but for RSA keys.
"""

from rongka.proofing.chip.specimens.authority import SpecimenAuthority, SpecimenSigner
from rongka.proofing.chip.specimens.keys import CurveKey, RsaKey, Secrets, SpecimenKey
from rongka.proofing.chip.specimens.passport import Holder, SpecimenPassport

__all__ = [
    "CurveKey",
    "Holder",
    "RsaKey",
    "Secrets",
    "SpecimenAuthority",
    "SpecimenKey",
    "SpecimenPassport",
    "SpecimenSigner",
]
