"""The template tags and filters of our pages; built in, so no template has to load them.

README.md of `rongka.web` shows each with an example. Content is a Text, a date, an instant, a string or one of `parts`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rongka.credential import mask_number
from rongka.proofing.display import display_name, mask_name
from rongka.text import Text

from . import dates, fields, words
from .parts import Link, Status, StatusKind, StepKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.core.paginator import Page
    from django.forms import BoundField
    from django.template.context import Context

    from .parts import CardFace, Column, Happening, Row, TrackerStep

register = template.Library()

IDEMPOTENCY_KEY = "idempotency_key"
NOTHING = "—"


# --- words, dates, names ------------------------------------------------------------------------------------------


@register.filter("shown")
def show(value: Any) -> Any:  # noqa: ANN401 - whatever a page puts into a list or a cell
    """Show any value in the page's language: Text, date, instant, status, link; a dash for nothing."""
    if value is None or value == "":
        return NOTHING
    drawing = next((draw for kind, draw in _DRAWINGS if isinstance(value, kind)), None)
    return drawing(value) if drawing else value


def _link(link: Link) -> SafeString:
    about = format_html('<span class="govuk-visually-hidden"> {}</span>', link.about) if link.about else ""
    return format_html('<a class="govuk-link" href="{}">{}{}</a>', link.href, link.text, about)


def _pill(kind: StatusKind | str, word: Text | str) -> SafeString:
    shown = words.in_page_language(word) if isinstance(word, Text) else word
    return format_html('<span class="rk-status rk-status--{}">{}</span>', StatusKind(kind).value, shown)


_DRAWINGS: tuple[tuple[type, Callable[[Any], Any]], ...] = (  # an instant is a date too, so it stands before it
    (Text, words.in_page_language),
    (datetime, dates.instant_element),
    (date, dates.day_element),
    (Status, lambda value: _pill(value.kind, value.word)),
    (Link, _link),
)

register.filter("day", dates.day_element)
register.filter("instant", dates.instant_element)
register.filter("clock", dates.clock)
register.filter("other_language", words.in_other_language)
register.filter("mask_name", mask_name)
register.filter("mask_number", mask_number)
register.simple_tag(words.both, name="both")
register.simple_tag(words.with_official_term, name="term")
register.simple_tag(dates.day_in_both, name="both_days")
register.simple_tag(words.page_language, name="page_language")
register.simple_tag(words.other_language, name="other_language_code")


@register.simple_tag
def person_name(surname: str, given_names: str = "") -> SafeString:
    """Show a name as the passport prints it."""
    printed = display_name(surname=surname, given_names=given_names)
    return format_html('<span class="rk-name" translate="no">{}</span>', printed)


# --- forms ----------------------------------------------------------------------------------------------------------


@register.simple_tag
def idempotency_key() -> SafeString:
    """Put a key into a form, so that sending it twice does its work once."""
    return format_html('<input type="hidden" name="{}" value="{}">', IDEMPOTENCY_KEY, uuid4())


@register.inclusion_tag("components/field.html", name="field")
def field_tag(bound: BoundField, *, width: int = 0, heading: bool = False) -> dict[str, Any]:
    """Show one field of a Django form: label, hint, error, control. `width` is in characters."""
    return fields.field_context(bound, width=width, heading=heading)


@register.inclusion_tag("components/error_summary.html", takes_context=True)
def error_summary(context: Context) -> dict[str, Any]:
    """List what is wrong in the context's `form`, and the `problems` of a refused command."""
    form = context.get("form")
    problems = context.get("problems") or ()
    return {"errors": fields.listed_errors(form, without=problems), "problems": problems}


@register.inclusion_tag("components/check_answers.html", takes_context=True)
def check_answers(context: Context, title: str = "") -> dict[str, Any]:
    """Show a valid form's answers for a last look, and carry them along as hidden fields."""
    return {"rows": fields.answers(context["form"]), "carried": list(context["form"]), "title": title}


@register.simple_tag
def button(text: str, *, href: str = "", kind: str = "", name: str = "", value: str = "") -> SafeString:
    """Make a button, or a link that looks like one. Kinds: "" (primary, one a page), secondary, warning, quiet."""
    css = f"rk-button rk-button--{kind}" if kind else "rk-button"
    if href:
        return format_html('<a class="{}" href="{}" role="button" draggable="false">{}</a>', css, href, text)
    named = format_html(' name="{}" value="{}"', name, value or "1") if name else ""
    return format_html('<button class="{}" type="submit"{}>{}</button>', css, named, text)


@register.inclusion_tag("components/print_button.html")
def print_button() -> dict[str, Any]:
    """Offer to print or save the page; hidden where there is no script to do it."""
    return {}


# --- lists, states ----------------------------------------------------------------------------------------------------


@register.simple_tag
def status(kind: StatusKind | str, word: Text | str) -> SafeString:
    """Show a status: word, shape, colour."""
    return _pill(kind, word)


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Sequence[Row], title: str = "") -> dict[str, Any]:
    """Show keys and values, with a link to change one and the mark of a mismatch."""
    return {"rows": rows, "title": title}


@register.inclusion_tag("components/steps.html")
def steps(tracker: Sequence[TrackerStep], action: Link | None = None) -> dict[str, Any]:
    """Show whose turn it is, "3 of 7 done", the one primary action, and every step in its order."""
    done = sum(step.kind is StepKind.DONE for step in tracker)
    current = next((step for step in tracker if step.kind in {StepKind.CURRENT, StepKind.REFUSED}), None)
    return {"steps": tracker, "done": done, "total": len(tracker), "current": current, "action": action}


@register.inclusion_tag("components/timeline.html")
def timeline(happenings: Sequence[Happening]) -> dict[str, Any]:
    """Show what happened, newest first as given."""
    return {"happenings": happenings}


@register.inclusion_tag("components/table.html")
def table(columns: Sequence[Column], rows: Sequence[Sequence[Any]], caption: str, empty: str = "") -> dict[str, Any]:
    """Show rows of cells; under 640 px each row is a card. The first cell names its row."""
    cells = [list(zip(columns, row, strict=True)) for row in rows]
    return {"columns": columns, "rows": cells, "caption": caption, "empty": empty}


@register.inclusion_tag("components/empty.html")
def empty(title: str, text: str = "", action: Link | None = None) -> dict[str, Any]:
    """Say that there is nothing here, why, and what to do."""
    return {"title": title, "text": text, "action": action}


@register.inclusion_tag("components/pagination.html")
def pagination(page: Page[Any], address: str = "?page=") -> dict[str, Any]:
    """Link the pages of a Django `Page`; the number is put behind `address`."""
    return {
        "page": page,
        "address": address,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
    }


# --- blocks ----------------------------------------------------------------------------------------------------


@register.simple_block_tag
def inset(content: SafeString) -> SafeString:
    """Set a remark apart: {% inset %}…{% endinset %}."""
    return format_html('<div class="rk-inset">{}</div>', content)


@register.simple_block_tag
def notification(content: SafeString, title: str, kind: str = "") -> SafeString:
    """Tell something important: {% notification title kind="attention|refused" %}…{% endnotification %}."""
    return _block("components/notification.html", content, title=title, kind=kind)


@register.simple_block_tag
def panel(content: SafeString, title: str, reference: str = "", at: datetime | None = None) -> SafeString:
    """Confirm what was done: title, reference number, when; the content says what comes next."""
    return _block("components/panel.html", content, title=title, reference=reference, at=at)


@register.simple_block_tag
def verdict_panel(content: SafeString, kind: str, reason: Text | None = None) -> SafeString:
    """Show the scanner's verdict: valid, check, not-valid, not-our-code; the content stands below the panel."""
    shown_kind = kind.lower().replace("_", "-")
    return _block("components/verdict.html", content, kind=shown_kind, words=VERDICTS[shown_kind], reason=reason)


VERDICTS: Mapping[str, Text] = {
    "valid": Text(zh="有效", en="VALID"),
    "check": Text(zh="需复核", en="CHECK"),
    "not-valid": Text(zh="无效", en="NOT VALID"),
    "not-our-code": Text(zh="不是本系统的码", en="NOT OUR CODE"),
}


@register.inclusion_tag("components/licence_card.html")
def licence_card(face: CardFace) -> dict[str, Any]:
    """Show the licence view: the card's bilingual face."""
    return {"face": face}


@register.simple_tag
def island(name: str) -> SafeString:
    """Load the script of an island, frontend/**/<name>.island.ts."""
    return format_html('<script src="{}" defer></script>', static(f"built/{name}.island.js"))


def _block(template_name: str, content: SafeString, **context: object) -> SafeString:
    return render_to_string(template_name, {"content": content, **context})
