"""``rongka verify``: judge a code, a picture or paper with one, or what a wallet presented.

Exit 0 valid, 1 not valid, 2 not our code, 3 check, 64 usage.
"""

import argparse
import json
import sys
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from rongka.home import home

if TYPE_CHECKING:
    from rongka.credential import Verdict, VerifiedStatusList, VerifiedTrustList
    from rongka.credential.forms import Form
    from rongka.text import Text

USAGE = 64  # EX_USAGE of sysexits.h; 2, argparse's own, means "not our code" here
MOST_BYTES = 21 << 20  # on standard input: a photo; a code has 7,089 characters at most


class UsageError(Exception):
    """The command was not given what it needs; the message is bilingual."""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommand."""
    command = subparsers.add_parser(
        "verify", help="judge a code", description="Exit code: 0 valid, 1 not valid, 2 not our code, 3 check."
    )
    command.add_argument("code", nargs="?", metavar="CODE", help="the text of the code, or - to read it")
    command.add_argument(
        "--file",
        "--image",
        type=Path,
        metavar="FILE",
        help="a picture (PNG, JPEG, WebP) or PDF with the code, or what a wallet presented: SD-JWT VC, mdoc",
    )
    command.add_argument("--nonce", metavar="TEXT", help="SD-JWT VC: what the wallet was to answer")
    command.add_argument("--audience", metavar="TEXT", help="SD-JWT VC: whom the wallet was to answer")
    command.add_argument("--transcript", type=Path, metavar="FILE", help="mdoc: the session transcript, CBOR")
    command.add_argument("--trust", type=Path, metavar="FILE", help="the signed trust list")
    command.add_argument("--anchor", type=Path, metavar="FILE", help="the anchor's public key (default: the home's)")
    command.add_argument("--status", type=Path, metavar="FILE", action="append", default=[], help="a status list")
    command.add_argument("--at", metavar="TIME", help="judge at this moment: ISO 8601 (China's time) or seconds")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Judge and print the verdict."""
    try:
        verdict = _judge(arguments)
    except UsageError as error:
        print(f"rongka verify: {error}", file=sys.stderr)
        return USAGE
    print(json.dumps(_as_json(verdict), ensure_ascii=False) if arguments.json else _as_text(verdict))
    return {"valid": 0, "not_valid": 1, "not_our_code": 2, "check": 3}[verdict.kind]


def _judge(arguments: argparse.Namespace) -> "Verdict":
    from rongka.credential import VerdictKind, judge
    from rongka.credential.forms import Form, cbor_of, form_of

    now = _moment(arguments.at)
    trust = _trust(arguments)
    lists = _status_lists(arguments.status, trust=trust, now=now)
    given = _given(arguments)
    match form_of(given):
        case Form.SD_JWT_VC:
            from rongka.credential.presentations import judge_sd_jwt_vc

            nonce, audience = _question(arguments)
            return judge_sd_jwt_vc(
                presentation=given.decode("ascii").strip(),
                nonce=nonce,
                audience=audience,
                trust=trust,
                status_lists=lists,
                now=now,
            )
        case Form.DEVICE_RESPONSE:
            from rongka.credential.presentations import judge_device_response

            transcript = _transcript(arguments)
            return judge_device_response(
                response=cbor_of(given), session_transcript=transcript, trust=trust, status_lists=lists, now=now
            )
        case form:
            codes = _codes(given, form=form)
    verdicts = [judge(code=code, trust=trust, status_lists=lists, now=now) for code in codes]
    # A picture may show other codes beside ours, a poster behind the phone for one.
    return next((v for v in verdicts if v.kind is not VerdictKind.NOT_OUR_CODE), verdicts[0])


def _question(arguments: argparse.Namespace) -> tuple[str, str]:
    """Give what a wallet was asked; what it presents counts only as the answer to one question."""
    if arguments.nonce is None or arguments.audience is None:
        _usage("SD-JWT VC 须给出 --nonce 和 --audience", "an SD-JWT VC needs --nonce TEXT and --audience TEXT")
    return arguments.nonce, arguments.audience


def _transcript(arguments: argparse.Namespace) -> bytes:
    if arguments.transcript is None:
        _usage("mdoc 须给出会话记录 --transcript", "an mdoc needs its session's --transcript FILE")
    return _read(arguments.transcript)


def _given(arguments: argparse.Namespace) -> bytes:
    if (arguments.code is None) == (arguments.file is None):
        _usage("请给出码或文件，二者选一", "give either a CODE or --file FILE")
    if arguments.file is not None:
        return _read(arguments.file)
    if arguments.code == "-":
        return sys.stdin.buffer.read(MOST_BYTES)
    return str(arguments.code).encode("utf-8", "surrogateescape")


def _codes(given: bytes, *, form: "Form") -> tuple[str, ...]:
    from rongka.credential import ImageError
    from rongka.credential.forms import Form

    if form is Form.CODE:
        # Bytes that are no text are kept apart from text, and judged: a pipe may bring anything.
        return (given.decode("utf-8", "replace").removesuffix("\n").removesuffix("\r"),)
    from rongka.credential.qr import read_qr_codes, read_qr_codes_of_pdf

    try:
        return read_qr_codes(given) if form is Form.PICTURE else read_qr_codes_of_pdf(given)
    except ImageError as error:
        _usage("文件中没有可读的二维码", f"no readable QR code in the file ({error})")


def _trust(arguments: argparse.Namespace) -> "VerifiedTrustList | None":
    from rongka.credential import CredentialError, KeyStoreError, verify_trust_list
    from rongka.signer.anchor import read_anchor

    if arguments.trust is None:
        return None
    token = _read(arguments.trust)
    anchor_file = arguments.anchor or home() / "trust" / "anchor.cbor"
    try:
        anchor = read_anchor(anchor_file)
    except KeyStoreError:
        if arguments.anchor is not None:
            _usage(f"{anchor_file} 不是信任锚公钥", f"{anchor_file} is no anchor's public key")
        _note(f"没有信任锚公钥 {anchor_file}", f"no anchor's public key at {anchor_file}: the trust list is not used")
        return None
    try:
        return verify_trust_list(token=token, anchor=anchor)
    except CredentialError as error:
        _note("可信名单不是由信任锚签发，不予采用", f"the trust list is not used: {error}")
        return None


def _status_lists(
    paths: list[Path], *, trust: "VerifiedTrustList | None", now: datetime
) -> "dict[str, VerifiedStatusList]":
    from rongka.credential import CredentialError, verify_status_list
    from rongka.credential.status_list.jwt import verify_status_list_jwt

    lists = {}
    for path in paths:
        token = _read(path)
        if trust is None:
            continue
        try:
            verify = verify_status_list_jwt if token.startswith(b"ey") else verify_status_list
            found = verify(token=token, trust=trust, now=now)
        except CredentialError as error:
            _note(f"状态名单 {path} 不可信，不予采用", f"the status list {path} is not used: {error}")
        else:
            lists[found.uri] = found
    return lists


def _moment(at: str | None) -> datetime:
    from rongka.credential.fields import CHINA

    if at is None:
        return datetime.now(UTC)
    try:
        if at.isdecimal():
            return datetime.fromtimestamp(int(at), UTC)
        moment = datetime.fromisoformat(at)
    except (ValueError, OverflowError, OSError):
        _usage(f"无法识别的时间 {at}", f"not a time: {at}")
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        _usage(f"无法读取 {path}", f"cannot read {path}: {error.strerror}")


def _usage(zh: str, en: str) -> NoReturn:
    raise UsageError(f"{zh}；{en}")


def _note(zh: str, en: str) -> None:
    print(f"rongka verify: {zh}；{en}", file=sys.stderr)


def _as_json(verdict: "Verdict") -> dict[str, object]:
    answer: dict[str, object] = {
        "verdict": str(verdict.kind),
        "reason": verdict.reason.code,
        "text": _both(verdict.reason.text),
        "next_step": _both(verdict.reason.next_step),
        "also": [reason.code for reason in verdict.also],
        "document_id": verdict.document_id,
    }
    if verdict.issuer is not None:
        answer["issuer"] = _both(verdict.issuer.name)
        answer["claims"] = _claims(verdict)
    return answer


def _claims(verdict: "Verdict") -> dict[str, object]:
    """Give what is said of the person: all of a code's claims, or of a wallet's document what its holder disclosed."""
    if verdict.disclosed is not None:
        return {name: _plain(value) for name, value in verdict.disclosed.elements.items()}
    claims = verdict.claims
    return {field.name: _plain(getattr(claims, field.name)) for field in fields(claims)} if claims is not None else {}


def _as_text(verdict: "Verdict") -> str:
    titles = {"valid": "有效 VALID", "check": "需复核 CHECK", "not_valid": "无效 NOT VALID"}
    lines = [titles.get(verdict.kind, "不是本系统的码 NOT OUR CODE")]
    for reason in (verdict.reason, *verdict.also):
        lines += [f"  {reason.text.zh} {reason.text.en} ({reason.code})"]
    lines += [f"  → {verdict.reason.next_step.zh} {verdict.reason.next_step.en}"]
    lines += [f"    {name}: {value}" for name, value in _claims(verdict).items()]
    return "\n".join(lines)


def _both(text: "Text") -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
