"""``rongka demo passport``: the files of a specimen passport's chip, for trying out and testing readers.

With ``--of`` it is the passport of one of the demo city's workers, under the demo's own root: that city verifies it.
"""

import argparse
import sys
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rongka.proofing.chip.specimens import SpecimenPassport
    from rongka.registers.people.queries import PersonCard

NOTE: Final = """样本 SPECIMEN

这不是护照，也不属于任何人或任何国家；只用于演示和测试。任何正式系统都不信任其根证书CSCA.cer。
This is no passport. It is nobody's and no state's, for demos and tests only. No real system trusts its root, CSCA.cer.
"""
_PORTRAIT_SIZE: Final = (720, 960)  # pixels at most: well below the bytes that DG2 may have
_AGE: Final = timedelta(days=30)  # the root and the signer are older than what they sign


def add_passport(command: argparse.ArgumentParser) -> None:
    """Add the options of `demo passport`."""
    options = command.add_argument_group("passport")
    options.add_argument("--folder", type=Path, default=Path("specimen-passport"), help="where the files go")
    options.add_argument("--seed", help="any text: the same seed and day make the same files")
    options.add_argument("--nonce", type=bytes.fromhex, metavar="HEX", help="eight bytes that the chip is to sign")
    options.add_argument(
        "--of", metavar="NUMBER", help="whose: a permit, notice or passport number of the demo city; then not the next"
    )
    options.add_argument("--state", default="UTO", help="issuing state and nationality as passports write them")
    options.add_argument("--surname", default="SPECIMEN")
    options.add_argument("--given-names", default="ANNA MARIA")
    options.add_argument("--number", default="SPEC00001")
    options.add_argument("--born", type=date.fromisoformat, default=date(1984, 8, 12), metavar="YYYY-MM-DD")
    options.add_argument("--sex", choices=("F", "M", "X"), default="F")
    options.add_argument("--expires", type=date.fromisoformat, default=date(2032, 4, 15), metavar="YYYY-MM-DD")
    options.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="day of signing; default today")
    options.add_argument("--portrait", type=Path, metavar="FILE", help="picture for DG2; default a drawing")


def write_passport(arguments: argparse.Namespace) -> int:
    """Make a passport and write its files."""
    from rongka.proofing.errors import MrzError

    try:
        portrait = None if arguments.portrait is None else _as_jpeg(arguments.portrait)
        root, passport = _make_of_worker(arguments, portrait) if arguments.of else _make(arguments, portrait)
    except MrzError as error:
        return _fail(f"{error.text.zh} {error.text.en}")
    except (OSError, ValueError) as error:  # no picture; a state without letters for certificates; nobody's number
        return _fail(str(error))
    files = _files(passport, nonce=arguments.nonce) | {"CSCA.cer": root, "SPECIMEN.txt": NOTE.encode()}
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (arguments.folder / name).write_bytes(data)
    print(f"{NOTE}\n{arguments.folder}: {', '.join(files)}")
    return 0


def _make(arguments: argparse.Namespace, portrait: bytes | None) -> "tuple[bytes, SpecimenPassport]":
    """Give the certificate of a root of its own, and the passport."""
    from rongka.proofing.chip.specimens import Holder, SpecimenAuthority, SpecimenPassport
    from rongka.proofing.mrz import Sex

    seed = arguments.seed.encode() if arguments.seed else None
    signed_at = _signed_at(arguments)
    authority = SpecimenAuthority.make(valid_from=signed_at - _AGE, state=arguments.state, seed=seed)
    holder = Holder(
        issuing_state=arguments.state,
        nationality=arguments.state,
        surname=arguments.surname,
        given_names=arguments.given_names,
        number=arguments.number,
        birth_on=arguments.born,
        sex=Sex(arguments.sex),
        expires_on=arguments.expires,
    )
    signer = authority.signer(valid_from=signed_at - _AGE)
    passport = SpecimenPassport.make(signer=signer, signed_at=signed_at, holder=holder, portrait=portrait, seed=seed)
    return authority.certificate, passport


def _make_of_worker(arguments: argparse.Namespace, portrait: bytes | None) -> "tuple[bytes, SpecimenPassport]":
    """Give the certificate of the demo's root of the worker's state, and the passport as it is on record."""
    from rongka.proofing.chip.specimens import SpecimenPassport
    from rongka.proofing.chip.specimens.demo import demo_authority

    worker, signed_at = _worker(arguments.of), _signed_at(arguments)
    authority = demo_authority(worker.issuing_state)
    passport = SpecimenPassport.make(
        signer=authority.signer(valid_from=signed_at - _AGE),
        signed_at=signed_at,
        zone=worker.mrz,
        portrait=portrait,
        seed=(arguments.seed or f"{worker.issuing_state} {worker.passport_number}").encode(),
    )
    return authority.certificate, passport


def _worker(number: str) -> "PersonCard":
    """Find a worker of the demo city; raise ValueError for a number that is nobody's."""
    from rongka.config.environment import Mode, mode
    from rongka.config.ready import ready

    if mode() is not Mode.DEMO:
        msg = "passports of workers are made for a demo city only (RONGKA_MODE=demo)"
        raise ValueError(msg)
    ready()
    from django.db import DatabaseError

    from rongka.registers.journal.errors import NotFound
    from rongka.registers.people.queries import person_card, person_of_passport_number
    from rongka.registers.permits.queries import notice_by_number, person_of_permit_number

    try:
        person_id = person_of_permit_number(number) or person_of_passport_number(number)
        return person_card(person_id or notice_by_number(number).person_id)
    except NotFound as error:
        msg = f"no worker here has the number {number}: rongka demo logins"
        raise ValueError(msg) from error
    except DatabaseError as error:
        msg = f"the database does not answer as expected; run rongka migrate first ({error})"
        raise ValueError(msg) from error


def _signed_at(arguments: argparse.Namespace) -> datetime:
    day = arguments.on or datetime.now(UTC).date()
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _as_jpeg(path: Path) -> bytes:
    """Read any picture and write it as passports have it: upright, not large, without what a camera notes in it."""
    from PIL import Image, ImageOps

    with Image.open(path) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail(_PORTRAIT_SIZE)
    out = BytesIO()
    upright.save(out, "JPEG", quality=90)
    return out.getvalue()


def _files(passport: "SpecimenPassport", *, nonce: bytes | None) -> dict[str, bytes]:
    groups = {f"DG{number}.bin": data for number, data in passport.groups.items()}
    answer = {} if nonce is None else {"answer.bin": passport.answer(nonce).signature}
    return {"EF.SOD.bin": passport.sod} | groups | answer


def _fail(text: str) -> int:
    print(f"rongka demo: {text}", file=sys.stderr)
    return 1
