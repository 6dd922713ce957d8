"""The files of a chip are told apart by what they hold, and unwanted ones are not even read."""

from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from rongka.proofing.chip.specimens import SpecimenAuthority, SpecimenPassport
from rongka.web.chip_files import ChipFilesField

SIGNED_AT = datetime(2026, 11, 1, tzinfo=UTC)
NONCE = bytes(range(8))


class ChipForm(forms.Form):
    files = ChipFilesField()


@pytest.fixture(scope="module")
def passport():
    authority = SpecimenAuthority.make(valid_from=SIGNED_AT - timedelta(days=30), seed=b"desks")
    signer = authority.signer(valid_from=SIGNED_AT - timedelta(days=30))
    return SpecimenPassport.make(signer=signer, signed_at=SIGNED_AT, seed=b"desks")


def sent(**files):
    uploads = [SimpleUploadedFile(name.replace("_", "."), data) for name, data in files.items()]
    return ChipForm({}, MultiValueDict({"files": uploads}))


def test_files_with_any_name_are_told_apart_by_their_tags(passport):
    groups = passport.groups
    form = sent(a=groups[15], b=groups[2], c=passport.sod, d=groups[14], e=groups[1], Answer_bin=b"signed")

    assert form.is_valid(), form.errors
    document = form.cleaned_data["files"].document(nonce=NONCE)
    assert (document.sod, document.groups) == (passport.sod, dict(groups))
    assert document.answer.nonce == NONCE
    assert form.cleaned_data["files"].document().answer is None


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "This field is required"),
        ({"picture_jpg": b"\xff\xd8\xff"}, "picture.jpg is not a file"),
        ({"empty_bin": b""}, "empty"),
        ({"DG3_bin": b"\x63\x00"}, "fingerprints"),
        ({"DG4_bin": b"\x76\x00"}, "irises"),
        ({"a": b"\x77\x00", "b": b"\x77\x01"}, "EF.SOD was chosen twice"),
        ({"a": b"\x61" + bytes(300)}, "too large for DG1"),
        ({"sod": b"\x77\x00", "dg1": b"\x61\x00"}, "DG2 is missing"),
    ],
)
def test_what_is_not_wanted_is_refused_with_its_reason(files, words):
    with translation.override("en"):
        form = sent(**files)

        assert not form.is_valid()
        assert words in str(form.errors["files"])
