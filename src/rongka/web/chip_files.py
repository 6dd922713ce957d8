"""The files of a passport's chip, as a reader saved them: chosen together, told apart by what each begins with.

Nothing is verified here. What the city does not want (fingerprints, irises) is refused before it is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from rongka.proofing.chip.active_authentication import Answer
from rongka.proofing.chip.data_groups import MAX_BYTES
from rongka.proofing.chip.results import ChipDocument
from rongka.proofing.chip.security_object import MAX_SOD_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.core.files.uploadedfile import UploadedFile
    from django.utils.functional import _StrPromise

MAX_FILES: Final = 6  # EF.SOD, four data groups, the chip's answer
SOD, DG1, DG2, DG14, DG15, ANSWER = "EF.SOD", "DG1", "DG2", "DG14", "DG15", "answer"
_KINDS: Final = {0x77: SOD, 0x61: DG1, 0x75: DG2, 0x6E: DG14, 0x6F: DG15}  # ICAO 9303-10, table 38
_UNWANTED: Final = frozenset({0x63, 0x76})  # DG3 fingerprints, DG4 irises
_LARGEST: Final = {SOD: MAX_SOD_BYTES, ANSWER: 1_024} | {f"DG{number}": most for number, most in MAX_BYTES.items()}

NOT_OF_A_CHIP: Final = _("%(name)s is not a file that we know of a passport's chip.")
NOT_WANTED: Final = _("%(name)s holds fingerprints or irises, which nobody here takes. Leave it out.")
TWICE: Final = _("%(kind)s was chosen twice.")
TOO_LARGE: Final = _("%(name)s is too large for %(kind)s.")
MISSING: Final = _("%(kind)s is missing. Choose EF.SOD, DG1 and DG2 at least.")


@dataclass(frozen=True, slots=True)
class ChipFiles:
    """Unverified files by their kind."""

    by_kind: Mapping[str, bytes]

    def document(self, *, nonce: bytes | None = None) -> ChipDocument:
        """Return what a verifier takes; the chip's answer counts only with the nonce that we gave out."""
        signature = self.by_kind.get(ANSWER)
        return ChipDocument(
            sod=self.by_kind[SOD],
            dg1=self.by_kind.get(DG1),
            dg2=self.by_kind.get(DG2),
            dg14=self.by_kind.get(DG14),
            dg15=self.by_kind.get(DG15),
            answer=Answer(nonce=nonce, signature=signature) if nonce and signature else None,
        )


class SeveralFiles(forms.FileInput):
    """One box for all files."""

    allow_multiple_selected = True


class ChipFilesField(forms.FileField):
    """Several uploaded files that clean to one `ChipFiles`."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> ChipFiles:  # noqa: ANN401 - Django hands in a list, or nothing
        """Sort the files by what they are, within the limits of each."""
        several = data if isinstance(data, list) else [data] if data else []
        for one in several or [None]:
            super().clean(one, initial)
        found: dict[str, bytes] = {}
        for upload in several:
            kind = _kind_of(upload)
            if kind in found:
                _refuse(TWICE, kind=kind)
            if upload.size > _LARGEST[kind]:
                _refuse(TOO_LARGE, kind=kind, name=upload.name)
            upload.seek(0)
            found[kind] = upload.read()
        for kind in (SOD, DG1, DG2):
            if kind not in found:
                _refuse(MISSING, kind=kind)
        return ChipFiles(found)


def _kind_of(upload: UploadedFile) -> str:
    """Tell a file by its first byte; the chip's answer is bare bytes and is told by its name."""
    name = upload.name or ""
    if name.lower().startswith("answer"):
        return ANSWER
    first = upload.read(1)
    tag = first[0] if first else 0
    if tag in _UNWANTED:
        _refuse(NOT_WANTED, name=name)
    if tag not in _KINDS:
        _refuse(NOT_OF_A_CHIP, name=name)
    return _KINDS[tag]


def _refuse(message: _StrPromise, **parts: object) -> None:
    raise ValidationError(message, code="chip-files", params=parts)
