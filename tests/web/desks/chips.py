"""Specimen chips of the people on record, under the demo's root; the instance of the tests is a demo and trusts it."""

import re
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from rongka.proofing.chip.specimens import Holder, SpecimenPassport
from rongka.proofing.chip.specimens.demo import demo_authority
from rongka.proofing.mrz import Sex
from rongka.registers.people.queries import person_card
from tests.registers.city import NOW

SIGNED_AT = NOW - timedelta(days=40)


def chip_of(person_id, *, number=None, portrait=None):
    """Make the chip of somebody's passport; another number makes it somebody else's."""
    person = person_card(person_id)
    holder = Holder(
        issuing_state=person.issuing_state,
        nationality=person.nationality,
        surname=person.mrz_surname,
        given_names=person.mrz_given_names,
        number=number or person.passport_number,
        birth_on=person.birth_on,
        sex=Sex(person.sex),
        expires_on=person.passport_expires_on,
    )
    signer = demo_authority(person.issuing_state).signer(valid_from=SIGNED_AT)
    return SpecimenPassport.make(
        signer=signer, signed_at=SIGNED_AT, holder=holder, portrait=portrait, seed=b"chip of a test"
    )


def uploads(chip, *, answer=None, without=()):
    """Return the files as a reader saves them."""
    files = {"EF.SOD.bin": chip.sod} | {f"DG{number}.bin": data for number, data in chip.groups.items()}
    if answer is not None:
        files["answer.bin"] = answer.signature
    return {"chip": [SimpleUploadedFile(name, data) for name, data in files.items() if name not in without]}


def nonce_on(page):
    """Return the number that the page asks the chip to sign."""
    return bytes.fromhex(re.search(r"((?:[0-9A-F]{4} ){3}[0-9A-F]{4})", page).group(1).replace(" ", ""))
