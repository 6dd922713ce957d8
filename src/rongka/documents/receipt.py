"""A receipt for an act: what was done, by whom, when (in Shanghai), and what comes next; one bilingual A4 page."""

from dataclasses import dataclass
from datetime import datetime

from rongka.documents import wording
from rongka.documents.facts import both, calendar, fact, listed
from rongka.documents.typesetting import MAX_NUMBER, SHANGHAI, Json, short, typeset
from rongka.text import Text


@dataclass(frozen=True, slots=True)
class ReceiptDocument:
    """What the page shows; ``at`` knows its time zone, ``details`` are labelled lines about the act."""

    reference: str
    act: Text
    actor: Text
    at: datetime
    authority: Text
    demo: bool
    details: tuple[tuple[Text, Text | str], ...] = ()
    next_steps: tuple[Text, ...] = ()


def render_receipt(document: ReceiptDocument) -> bytes:
    """Make the receipt as PDF/A-2a; the same document gives the same bytes. Raises DocumentError."""
    return typeset("receipt", _page(document), dated=document.at.astimezone(SHANGHAI).date())


def _page(document: ReceiptDocument) -> dict[str, Json]:
    at = document.at.astimezone(SHANGHAI)
    act: list[Json] = [
        fact(wording.REFERENCE, document.reference),
        fact(wording.DONE_BY, document.actor),
        fact(wording.DONE_AT, f"{at:%Y-%m-%d %H:%M:%S} {wording.TIME_ZONE}"),
    ]
    return {
        "demo": document.demo,
        "dated": calendar(at.date()),
        "title": both(wording.RECEIPT_TITLE),
        "authority": both(document.authority),
        "act": both(document.act),
        "reference": short(document.reference, limit=MAX_NUMBER),
        "reference_label": both(wording.REFERENCE),
        "parts": [
            {"title": both(wording.DETAILS), "rows": act + [fact(label, value) for label, value in document.details]},
        ],
        "next": {"title": both(wording.NEXT), "items": listed(document.next_steps)},
        "foot": both(wording.RECEIPT_FOOT),
    }
