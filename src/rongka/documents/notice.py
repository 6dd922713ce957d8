"""The work permit notice: one bilingual A4 page with a printed code, for the visa and for the border."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rongka.documents import wording
from rongka.documents.facts import both, calendar, fact, listed
from rongka.documents.qr import qr_svg
from rongka.documents.typesetting import MAX_ADDRESS, MAX_NUMBER, Json, short, typeset
from rongka.text import Text


@dataclass(frozen=True, slots=True)
class NoticeDocument:
    """What the page shows. Both days of the period are included; ``code`` is the text of the printed QR code.

    ``name`` is the printed form (MÜLLER, ANNA MARIA); ``name_mrz`` is shown when it differs from it.
    ``one_time_code`` is given for as long as it lets its holder in. ``carry`` and ``steps`` default to the guide's
    words.
    """

    notice_number: str
    permit_number: str
    name: str
    name_mrz: str
    sex: Literal["F", "M", "X"]
    nationality: Text
    birth_on: date
    passport_number: str
    category: Text
    employer: Text
    credit_code: str
    post: Text
    work_place: Text
    first_day: date
    last_day: date
    authority: Text
    issued_on: date
    check_at: str
    code: str
    demo: bool
    one_time_code: str | None = None
    chinese_name: str | None = None
    apply_for_visa_by: date | None = None
    visa_by_doubt: Text | None = None
    carry: tuple[Text, ...] = wording.CARRY
    steps: tuple[Text, ...] = wording.STEPS


def render_notice(document: NoticeDocument) -> bytes:
    """Make the notice as PDF/A-2a; the same document gives the same bytes. Raises DocumentError."""
    return typeset("notice", _page(document), dated=document.issued_on)


def picture_notice(document: NoticeDocument) -> bytes:
    """Make the same page as a PNG of 150 pixels an inch, for previews. Raises DocumentError."""
    return typeset("notice", _page(document), dated=document.issued_on, form="png")


def _page(document: NoticeDocument) -> dict[str, Json]:
    return {
        "demo": document.demo,
        "dated": calendar(document.issued_on),
        "title": both(wording.NOTICE_TITLE),
        "authority": both(document.authority),
        "notice_number": short(document.notice_number, limit=MAX_NUMBER),
        "qr": qr_svg(document.code),
        "first": fact(wording.ONE_TIME_CODE, short(document.one_time_code or "", limit=MAX_NUMBER)),
        "check_at": short(document.check_at, limit=MAX_ADDRESS),
        "check_note": both(wording.CHECK_NOTE),
        "parts": [
            {"title": both(wording.HOLDER), "rows": _holder(document)},
            {"title": both(wording.WORK), "rows": _work(document)},
            {"title": both(wording.VALIDITY), "rows": _dates(document)},
        ],
        "carry": {
            "title": both(wording.CARRY_TITLE),
            "items": listed(document.carry),
            "warning": both(wording.CARRY_WARNING),
        },
        "steps": {"title": both(wording.STEPS_TITLE), "items": listed(document.steps)},
        "foot": both(wording.FOOT),
        "issued": fact(wording.ISSUED, document.issued_on.isoformat()),
    }


def _holder(document: NoticeDocument) -> list[Json]:
    rows = [fact(wording.NAME, document.name, large=True)]
    if document.name_mrz != document.name:
        rows.append(fact(wording.NAME_MRZ, document.name_mrz))
    if document.chinese_name:
        rows.append(fact(wording.CHINESE_NAME, document.chinese_name))
    return [
        *rows,
        fact(wording.SEX, wording.SEXES[document.sex], beside=True),
        fact(wording.NATIONALITY, document.nationality, beside=True),
        fact(wording.BIRTH, document.birth_on.isoformat()),
        fact(wording.PASSPORT, document.passport_number),
        fact(wording.PERMIT_NUMBER, document.permit_number),
    ]


def _work(document: NoticeDocument) -> list[Json]:
    return [
        fact(wording.EMPLOYER, document.employer),
        fact(wording.CREDIT_CODE, document.credit_code),
        fact(wording.CATEGORY, document.category, beside=True),
        fact(wording.POST, document.post),
        fact(wording.WORK_PLACE, document.work_place),
    ]


def _dates(document: NoticeDocument) -> list[Json]:
    first, last = document.first_day.isoformat(), document.last_day.isoformat()
    rows: list[Json] = [fact(wording.PERIOD, f"{first} 至 to {last}")]
    if document.apply_for_visa_by:
        doubt = document.visa_by_doubt
        mark = f"（{doubt.zh} {doubt.en}）" if doubt else ""
        rows.append(fact(wording.VISA_BY, document.apply_for_visa_by.isoformat() + mark))
    return rows
