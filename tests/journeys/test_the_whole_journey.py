"""Eight actors, each at a browser of their own, take one worker from the application to a card that is scanned."""

from __future__ import annotations

import os
import re
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from rongka.cli.city.workers import Worker
from rongka.proofing.mrz import Sex
from rongka.registers.journal.numbers import random_number
from rongka.rulebook import Decision
from rongka.rulebook.order import ActorKind, Category, Event, Facts, Paper, State, Track, decide, progress
from rongka.text import Text
from tests.journeys.actors import Actor, Company

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]

NOTICE_NUMBER = re.compile(r"\bTZ[0-9A-Z]{12}\b")
WITHIN = 60  # seconds for the whole journey
OVERLOADED = 4  # processes that wait for each processor: then the time says nothing about us


def somebody() -> Worker:
    return Worker(
        surname="GRÜNEWALD",
        given_names="ZOË ANNE",
        chinese_name="格佐伊",
        number=random_number(prefix="XD", length=7),
        issuing_state="D",
        birth_on=date(1991, 2, 3),
        sex=Sex.FEMALE,
        category=Category.B,
        employer="employer1",
        post="声学工程师",
        work_place="上海市徐汇区",
    )


class Desks:
    """The staff, each signed in at a desk, and what each of them does."""

    def __init__(self, company: Company, language: str, worker: Worker) -> None:
        self.company, self.language, self.worker = company, language, worker
        self.today = date.today()  # noqa: DTZ011 - what a person types who looks at a calendar
        self.zone = worker.passport(on=self.today).mrz

    def at(self, username: str) -> Actor:
        actor = self.company.actor(self.language)
        actor.sign_in_to_desk(username)
        return actor

    def apply(self, employer: Actor) -> None:
        worker, until = self.worker, self.today + timedelta(days=700)
        employer.open("desk/applications/new/")
        employer.fill(
            surname=worker.surname, given_names=worker.given_names, chinese_name=worker.chinese_name, mrz=self.zone
        )
        employer.choose("category", worker.category.value)
        employer.fill(post=worker.post, work_place=worker.work_place)
        employer.fill_day("valid_from", self.today.year, self.today.month, self.today.day)
        employer.fill_day("valid_until", until.year, until.month, until.day)
        employer.press()
        employer.press("confirm")

    def approve(self, authority: Actor) -> None:
        authority.open("desk/cases/?q=" + self.worker.number)
        authority.follow("main table a")
        authority.choose("outcome", "approved")
        authority.press()
        authority.press("confirm")

    def issue_visa(self, consulate: Actor, notice: str) -> None:
        until = self.today + timedelta(days=60)
        consulate.open(f"desk/notices/{notice}/")
        consulate.fill(visa_number=random_number(prefix="XD", length=8))
        consulate.fill_day("expires_on", until.year, until.month, until.day)
        consulate.press()
        consulate.press("confirm")

    def come_to_the_border(self, border: Actor, notice: str, *, shown: Paper) -> None:
        border.open("desk/arrivals/")
        border.fill(passport_number=self.worker.number, notice_number=notice)
        border.choose("shown", shown.value)
        border.press()

    def examine(self, officer: Actor) -> None:
        self._find_at_the_counter(officer)
        officer.fill(mrz=self.zone)
        officer.press()

    def countersign(self, officer: Actor) -> None:
        self._find_at_the_counter(officer)
        officer.press()

    def _find_at_the_counter(self, officer: Actor) -> None:
        officer.open("desk/verifications/?q=" + self.worker.number)
        officer.follow("main table a")


def in_words(text: Text, language: str) -> str:
    return text.in_language(language)


def must_show_steps(holder: Actor, state: State) -> None:
    """Look at the worker's own page: the rule book's steps in its order, one of them current, and whose turn it is."""
    page, language = holder.page, holder.language
    holder.open("wallet/")
    wanted = progress(state=state, track=Track.OVERSEAS)
    # The official Chinese term stands in an element of its own beside the words.
    titles = page.locator(".rk-step__title").evaluate_all("found => found.map(one => one.firstChild.data.trim())")
    assert titles == [in_words(step.title, language) for step in wanted.steps]
    current = page.locator("[aria-current=step]")
    if wanted.current is None:
        assert current.count() == 0
        return
    assert current.count() == 1
    assert in_words(wanted.current.title, language) in current.inner_text()
    assert whose_turn(state, language) in page.locator(".rk-turn__who").inner_text()
    button = page.locator("main .rk-turn .rk-button")
    assert button.count() == 1
    box = button.bounding_box()
    assert box["y"] + box["height"] <= page.viewport_size["height"]


def whose_turn(state: State, language: str) -> str:
    if state.turn is ActorKind.HOLDER:
        return {"en": "your turn", "zh-hans": "轮到您"}[language]
    return in_words(state.turn.title, language)


def refusal_of(paper: Paper) -> Decision:
    papers = frozenset({Paper.PASSPORT, Paper.VISA, paper})
    return decide(
        event=Event.RECORD_ENTRY,
        state=State.VISA_ISSUED,
        actor=ActorKind.BORDER,
        on=date.today(),  # noqa: DTZ011 - as above
        facts=Facts(papers=papers),
    )


def must_refuse(border: Actor, paper: Paper) -> None:
    """The page says which rule refuses, where it stands, and what to bring."""
    reasons = refusal_of(paper).reasons
    assert reasons
    assert 400 <= border.answer.status < 500
    for reason in reasons:
        for text in (reason.text, reason.next_step, reason.source.document, reason.source.clause):
            assert in_words(text, border.language) in border.text()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_eight_actors_take_a_worker_from_the_application_to_a_scanned_card(company, language, tmp_path, capsys):
    begun = time.monotonic()
    desks, holder = Desks(company, language, somebody()), company.actor(language, phone=True, scale=2)

    employer = desks.at("employer1")
    notice = get_a_notice(desks, employer)
    holder.sign_in_to_wallet(number=notice, name=f"{desks.worker.given_names} {desks.worker.surname}".lower())
    must_show_steps(holder, State.NOTICE_ISSUED)
    enter(desks, holder, notice)
    desks.examine(desks.at("counter1"))
    must_show_steps(holder, State.EXAMINED)
    desks.countersign(desks.at("counter2"))
    must_show_steps(holder, State.VERIFIED)
    claim_and_bind(holder)
    must_show_steps(holder, State.ACTIVE)
    inspector = desks.at("inspector1")
    be_inspected(holder, inspector, desks.worker, picture=tmp_path / "phone.png")

    assert all(not actor.watch.elsewhere for actor in (holder, inspector, employer))
    took, load = time.monotonic() - begun, os.getloadavg()[0] / os.cpu_count()
    with capsys.disabled():
        sys.stdout.write(f"\n{language}: eight actors took {took:.1f} s (load {load:.1f} a processor)\n")
    assert took < WITHIN or load > OVERLOADED


def get_a_notice(desks: Desks, employer: Actor) -> str:
    """Apply and approve; the employer then reads the number of the notice off the worker's page."""
    desks.apply(employer)
    employer.open("desk/workers/?q=" + desks.worker.number)
    employer.follow("main table a")
    assert employer.page.locator("[aria-current=step]").count() == 1
    desks.approve(desks.at("authority1"))
    employer.page.reload()
    return NOTICE_NUMBER.search(employer.text()).group()


def enter(desks: Desks, holder: Actor, notice: str) -> None:
    """Get the visa and come to the border: at first with a card, which is refused, then with the notice."""
    desks.issue_visa(desks.at("consulate1"), notice)
    must_show_steps(holder, State.VISA_ISSUED)
    border = desks.at("border1")
    desks.come_to_the_border(border, notice, shown=Paper.CARD)
    must_refuse(border, Paper.CARD)
    must_show_steps(holder, State.VISA_ISSUED)
    border.choose("shown", Paper.ORIGINAL_NOTICE.value)  # what was typed is still there
    border.press()
    must_show_steps(holder, State.ADMITTED)


def claim_and_bind(holder: Actor) -> None:
    """Claim the card, bind the number, and wait for the system, which activates the card."""
    holder.follow("main .rk-turn .rk-button")
    holder.press()
    holder.follow("main a.rk-button")
    holder.press()
    must_show_steps(holder, State.CARD_CLAIMED)
    holder.follow("main .rk-turn .rk-button")
    holder.press()
    holder.press("confirm")
    holder.page.locator("[data-progress=active]").wait_for()
    holder.follow("[data-progress=active] a.rk-button")


def be_inspected(holder: Actor, inspector: Actor, worker: Worker, *, picture: Path) -> None:
    """The inspector gets a picture of the phone's screen, as it is, and a green answer; the holder sees who asked."""
    holder.open("wallet/code/")
    holder.set_up_phone()
    holder.page.screenshot(path=picture)
    inspector.open("scan/")
    # The scanner reads the picture by itself, shows the verdict and then sends the check.
    with inspector.page.expect_response(is_sent):
        inspector.page.set_input_files("[name=image]", picture)
    verdict = inspector.page.locator("[data-verdict=valid]")
    verdict.wait_for()
    assert is_green(verdict)
    assert worker.surname in inspector.text()
    holder.open("wallet/checks/")
    assert {"en": "Demo Labour Inspectorate", "zh-hans": "演示·劳动保障监察大队"}[holder.language] in holder.text()


def is_sent(response) -> bool:
    return response.request.method == "POST" and response.url.endswith("/scan/sync/")


def is_green(verdict) -> bool:
    colour = verdict.evaluate("one => getComputedStyle(one).backgroundColor")
    red, green, blue = (int(part) for part in re.findall(r"\d+", colour)[:3])
    return green > red and green > blue
