"""How the desks show persons, cases and what happened: as rows, cells and timelines of the shared components."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rongka.documents.wording import SEXES
from rongka.proofing.display import display_name
from rongka.registers.agencies.queries import AgencyCard, StaffCard, agency_cards, staff_cards
from rongka.registers.cards.queries import Standing
from rongka.registers.evidence.kinds import DELETION_REASONS
from rongka.registers.identity.reasons import REASONS as IDENTITY_REASONS
from rongka.registers.identity.reasons import REVIEW_REASONS
from rongka.registers.journal.queries import Happening as Recorded
from rongka.registers.people.queries import PersonCard
from rongka.registers.permits.queries import Case, LegacyCard, RulingCard
from rongka.registers.permits.reasons import REASONS as RULING_REASONS
from rongka.rulebook.order import ActorKind, Category, State
from rongka.text import Text
from rongka.web.components.dates import day_in_words, last_valid_day
from rongka.web.components.parts import Happening, Row, Status, StatusKind
from rongka.web.components.tracker import doubt_of, last_day
from rongka.web.components.words import both, in_page_language, typed

Listed = TypeVar("Listed")

ONE_DAY = timedelta(days=1)
ROWS_A_PAGE = 25
REASONS = RULING_REASONS | IDENTITY_REASONS | REVIEW_REASONS | DELETION_REASONS
MAX_QUERY = 120  # characters of a search: the longest name on record


def name_of(person: PersonCard) -> SafeString:
    """Show the printed name, and the Chinese one where there is one."""
    printed = display_name(surname=person.surname, given_names=person.given_names)
    chinese = format_html(' <span lang="zh-Hans">{}</span>', person.chinese_name) if person.chinese_name else ""
    return format_html('<span class="rk-name" translate="no">{}</span>{}', printed, chinese)


def plain_name(person: PersonCard) -> str:
    """Return the printed name as text, for titles."""
    return display_name(surname=person.surname, given_names=person.given_names)


def number(text: str | None) -> SafeString | str:
    """Show a number that people copy."""
    return format_html('<span class="rk-number" translate="no">{}</span>', text) if text else ""


# --- where a case stands ----------------------------------------------------------------------------------------------


def state_status(state: State, *, reader: ActorKind) -> Status:
    """Return the word, shape and colour of a state, from where the reader sits."""
    fixed = _STATUSES.get(state)
    if fixed:
        return Status(*fixed)
    if state.turn is reader:
        return Status(StatusKind.YOURS, Text(zh="待您办理", en="Your turn"))
    return Status(StatusKind.WAITING, heading_of(state.turn.title) if state.turn else state.title)


def heading_of(text: Text) -> Text:
    """Return a term of the rule book, which stands in the middle of sentences, as one that stands alone."""
    english = text.en.removeprefix("the ")
    return Text(zh=text.zh, en=english[:1].upper() + english[1:])


_STATUSES = {
    State.REFUSED: (StatusKind.REFUSED, Text(zh="不予许可", en="Refused")),
    State.LEGACY: (StatusKind.DONE, Text(zh="旧卡有效", en="Legacy permit")),
    State.ACTIVE: (StatusKind.DONE, Text(zh="已激活", en="Active")),
    State.SUSPENDED: (StatusKind.ATTENTION, Text(zh="已暂停", en="Suspended")),
    State.CANCELLED: (StatusKind.ENDED, Text(zh="已注销", en="Cancelled")),
}


def due_of(standing: Standing, *, legacy: LegacyCard | None) -> Text | None:
    """Say which day matters next for a worker, and what it is the last day of."""
    if standing.state is State.NOTICE_ISSUED:
        return _until("通知有效期至", "Notice valid until", last_day(standing), doubt=doubt_of(standing))
    if standing.state is State.VISA_ISSUED:
        return _until("签证有效期至", "Visa valid until", last_day(standing))
    if standing.card and standing.card.qualification and standing.state in {State.ACTIVE, State.SUSPENDED}:
        return _until("许可有效期至", "Permit valid until", last_valid_day(standing.card.qualification.valid_until))
    if legacy and standing.state in {State.LEGACY, State.SWITCH_APPLIED, State.SWITCH_RETURNED}:
        return _until("旧卡有效期至", "Legacy permit valid until", last_valid_day(legacy.valid_until))
    return None


def _until(zh: str, en: str, day: date | None, *, doubt: Text | None = None) -> Text | None:
    if day is None:
        return None
    words = day_in_words(day)
    mark = Text(zh=f"（{doubt.zh}）", en=f" ({doubt.en})") if doubt else None
    return Text(zh=f"{zh}{words.zh}{mark.zh if mark else ''}", en=f"{en} {words.en}{mark.en if mark else ''}")


# --- rows -------------------------------------------------------------------------------------------------------------


def person_rows(person: PersonCard) -> list[Row]:
    """Return who somebody is, by the passport."""
    mrz_name = person.mrz[5:44].rstrip("<")
    return [
        Row(Text(zh="护照所印姓名", en="Name as printed"), name_of(person)),
        Row(Text(zh="机读码姓名", en="Machine-readable name"), number(mrz_name)),
        Row(Text(zh="护照号码", en="Passport number"), number(f"{person.issuing_state} {person.passport_number}")),
        Row(Text(zh="国籍", en="Nationality"), number(person.nationality)),
        Row(Text(zh="出生日期", en="Date of birth"), person.birth_on),
        Row(Text(zh="性别", en="Sex"), SEXES[person.sex]),
        Row(Text(zh="护照有效期至", en="Passport valid until"), person.passport_expires_on),
    ]


def job_rows(case: Case | LegacyCard) -> list[Row]:
    """Return what somebody is to do, where and until when."""
    begins = case.issued_on if isinstance(case, LegacyCard) else case.valid_from
    return [
        Row(Text(zh="类别", en="Category"), Category(case.category).title),
        Row(Text(zh="岗位", en="Post"), typed(case.post)),
        Row(Text(zh="工作地点", en="Place of work"), typed(case.work_place)),
        Row(Text(zh="工作期限", en="Period"), period(begins, case.valid_until)),
    ]


def period(begins: date, until: date) -> Text:
    """Return a period in words, its two days included."""
    first, last = day_in_words(begins), day_in_words(last_valid_day(until))
    return Text(zh=f"{first.zh}至{last.zh}", en=f"{first.en} to {last.en}")


def in_both(rows: Iterable[Row]) -> list[Row]:
    """Return the rows in both languages, for a receipt."""
    return [
        Row(key=both(row.key) if isinstance(row.key, Text) else row.key, value=_value_in_both(row.value))
        for row in rows
    ]


def _value_in_both(value: object) -> object:
    if isinstance(value, date):
        value = day_in_words(value)
    return both(value) if isinstance(value, Text) else value


def reasons_of(ruling: RulingCard) -> SafeString:
    """Show why the authority decided against the applicant, in both languages, and its note."""
    return listed_reasons(ruling.reasons, note=ruling.note)


def listed_reasons(codes: Iterable[str], *, note: str = "") -> SafeString:
    """Show the reasons of these codes in both languages, and a note as it was typed."""
    lines: list[tuple[SafeString | str]] = [(both(REASONS[code]),) for code in codes if code in REASONS]
    if note:
        lines.append((typed(note),))
    return format_html('<ul class="govuk-list govuk-list--bullet">{}</ul>', format_html_join("", "<li>{}</li>", lines))


# --- what happened ----------------------------------------------------------------------------------------------------


def timeline_of(recorded: Sequence[Recorded], *, names_staff: bool = True) -> list[Happening]:
    """Return the newest first, with the actor; colleagues read names, others the unit alone."""
    staff = staff_cards(one.staff_id for one in recorded if one.staff_id) if names_staff else {}
    agencies = agency_cards(one.agency_id for one in recorded if one.agency_id)
    return [
        Happening(what=one.title, at=one.at, who=_who(one, staff, agencies), note=_note(one))
        for one in reversed(recorded)
    ]


def _who(one: Recorded, staff: dict[UUID, StaffCard], agencies: dict[UUID, AgencyCard]) -> Text | SafeString:
    agency = agencies.get(one.agency_id) if one.agency_id else None
    if agency is None:
        return heading_of(ActorKind(one.actor_kind).title)
    colleague = staff.get(one.staff_id) if one.staff_id else None
    if colleague is None:
        return agency.name
    name = colleague_name(colleague)
    return format_html("{} {}", in_page_language(agency.name), name)


def colleague_name(staff: StaffCard) -> SafeString:
    """Show the name of a member of staff."""
    return format_html('<span translate="no">{}</span>', staff.name)


def _note(one: Recorded) -> SafeString | str:
    codes = one.data.get("reasons")
    reasons = [in_page_language(REASONS[code]) for code in codes if code in REASONS] if isinstance(codes, list) else []
    written = str(one.data.get("note") or one.data.get("reason") or "")
    lines = [(part,) for part in (*reasons, reason_of(written)) if part]
    return format_html_join(_("; "), "{}", lines)


def in_lines(texts: Iterable[Text]) -> SafeString:
    """Show one text a line, in the page's language."""
    return format_html_join(mark_safe("<br>"), "{}", ((in_page_language(text),) for text in texts))


def reason_of(written: str) -> SafeString | str:
    """Show a reason: the words of a code that we know, else what somebody typed."""
    return in_page_language(REASONS[written]) if written in REASONS else typed(written)


# --- searching --------------------------------------------------------------------------------------------------------


def searched(request: HttpRequest) -> str:
    """Return what somebody searches for, within bounds."""
    return request.GET.get("q", "").strip()[:MAX_QUERY]


def fits(query: str, *texts: str | None) -> bool:
    """Tell whether every word of the query is in one of the texts."""
    heap = " ".join(text.casefold() for text in texts if text)
    return all(word in heap for word in query.casefold().split())


def fits_person(query: str, person: PersonCard, *texts: str | None) -> bool:
    """Tell whether the query names this person, by either form of the name or by the passport."""
    names = (person.surname, person.given_names, person.mrz_surname, person.mrz_given_names, person.chinese_name)
    return fits(query, *names, person.passport_number, *texts)


def page_address(request: HttpRequest) -> str:
    """Return the address of this list, to which a page's number is added."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return f"?{asked.urlencode()}&page=" if asked else "?page="


def page_of(request: HttpRequest, rows: Sequence[Listed]) -> Page[Listed]:
    """Return the page that the address asks for; a page that is not there becomes the nearest."""
    return Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
