"""``rongka demo passport``: the files of a specimen passport's chip, for trying out and testing readers."""

import argparse
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rongka.proofing.chip.specimens import SpecimenPassport

NOTE: Final = """样本 SPECIMEN

这不是护照，也不属于任何人或任何国家；只用于演示和测试。任何正式系统都不信任其根证书CSCA.cer。
This is no passport. It is nobody's and no state's, for demos and tests only. No real system trusts its root, CSCA.cer.
"""
_AGE: Final = timedelta(days=30)  # the root and the signer are older than what they sign


def add_passport(command: argparse.ArgumentParser) -> None:
    """Add the options of `demo passport`."""
    options = command.add_argument_group("passport")
    options.add_argument("--folder", type=Path, default=Path("specimen-passport"), help="where the files go")
    options.add_argument("--seed", help="any text: the same seed and day make the same files")
    options.add_argument("--nonce", type=bytes.fromhex, metavar="HEX", help="eight bytes that the chip is to sign")
    options.add_argument("--state", default="UTO", help="issuing state and nationality as passports write them")
    options.add_argument("--surname", default="SPECIMEN")
    options.add_argument("--given-names", default="ANNA MARIA")
    options.add_argument("--number", default="SPEC00001")
    options.add_argument("--born", type=date.fromisoformat, default=date(1984, 8, 12), metavar="YYYY-MM-DD")
    options.add_argument("--sex", choices=("F", "M", "X"), default="F")
    options.add_argument("--expires", type=date.fromisoformat, default=date(2032, 4, 15), metavar="YYYY-MM-DD")
    options.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="day of signing; default today")


def write_passport(arguments: argparse.Namespace) -> int:
    """Make a passport and write its files."""
    from rongka.proofing.errors import MrzError

    try:
        root, passport = _make(arguments)
    except MrzError as error:
        return _fail(f"{error.text.zh} {error.text.en}")
    except ValueError as error:  # a state without letters for certificates
        return _fail(str(error))
    files = _files(passport, nonce=arguments.nonce) | {"CSCA.cer": root, "SPECIMEN.txt": NOTE.encode()}
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (arguments.folder / name).write_bytes(data)
    print(f"{NOTE}\n{arguments.folder}: {', '.join(files)}")
    return 0


def _make(arguments: argparse.Namespace) -> "tuple[bytes, SpecimenPassport]":
    """Give the root's certificate and the passport."""
    from rongka.proofing.chip.specimens import Holder, SpecimenAuthority, SpecimenPassport
    from rongka.proofing.mrz import Sex

    seed = arguments.seed.encode() if arguments.seed else None
    day = arguments.on or datetime.now(UTC).date()
    signed_at = datetime(day.year, day.month, day.day, tzinfo=UTC)
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
    passport = SpecimenPassport.make(signer=signer, signed_at=signed_at, holder=holder, seed=seed)
    return authority.certificate, passport


def _files(passport: "SpecimenPassport", *, nonce: bytes | None) -> dict[str, bytes]:
    groups = {f"DG{number}.bin": data for number, data in passport.groups.items()}
    answer = {} if nonce is None else {"answer.bin": passport.answer(nonce).signature}
    return {"EF.SOD.bin": passport.sod} | groups | answer


def _fail(text: str) -> int:
    print(f"rongka demo: {text}", file=sys.stderr)
    return 1
