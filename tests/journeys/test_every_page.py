"""Every page of the demo city, in both languages, keeps what we promise of every page."""

from __future__ import annotations

import pytest
from django.urls import URLResolver
from playwright.sync_api import Error as PlaywrightError

from rongka.web import urls
from tests.browsing import WIDTHS, greens, low_targets, strays, too_wide, violations
from tests.journeys.actors import Actor
from tests.journeys.pages import ELSEWHERE, GROUPS, NO_PAGES, VISITED, Visit
from tests.journeys.town import Town

LANGUAGES = ["en", "zh-hans"]
EXTREMES = [320, 1280]  # enough for Chinese, whose words break anywhere


@pytest.fixture
def town(people, company, language):
    """Give the city to one test."""
    return Town(people=people, company=company, language=language)


def every_view(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from every_view(pattern.url_patterns, f"{pattern.namespace}:")
        else:
            yield prefix + pattern.name


def test_every_page_has_a_visit():
    assert set(every_view(urls.urlpatterns)) - VISITED == NO_PAGES.keys() | ELSEWHERE.keys()


@pytest.mark.browser
@pytest.mark.xdist_group("served")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", GROUPS)
def test_every_page_keeps_its_promises(town, group, language):
    broken = {}
    for visit in GROUPS[group]:
        broken |= {f"{visit}: {promise}": found for promise, found in looked_at(town, visit).items() if found}

    assert broken == {}


def looked_at(town: Town, visit: Visit) -> dict[str, object]:
    """Open a page and give what each promise finds there; nothing, when it is kept."""
    visitor = town.visitor(visit.who)
    page, watch = visitor.page, visitor.watch
    watch.elsewhere.clear()
    watch.complaints.clear()
    page.set_viewport_size({"width": 390, "height": 844})
    try:
        visitor.open(town.address_of(visit))
        if visit.act:
            visit.act(visitor, town)
    except PlaywrightError as error:
        return {"can be used": str(error)[:300]}
    return {
        "answers": [] if visitor.answer.status == visit.status else visitor.answer.status,
        "is accessible": violations(page) if is_asked(visit, town.language) else [],
        "keeps to its language": strays(page, town.language),
        "has no green": greens(page),
        "has targets for a thumb": low_targets(page),
        "has an error summary that is read first": _unfocused_summary(visitor),
        "fits": too_wide(page, widths=WIDTHS if town.language == "en" else EXTREMES),
        "is accessible as a desk": violations(page) if visit in AT_A_DESK and town.language == "en" else [],
        "stays at home": watch.elsewhere[:],
        "does not complain": watch.complaints[:],
    }


def is_asked(visit: Visit, language: str) -> bool:
    """Tell whether axe looks at the narrow page: at all of them once, at each view in both languages or both layouts.

    What differs between two visits to a view is the same in both languages, so in Chinese one visit to each is
    enough; a page of the desks that is looked at on a desk in English is looked at on a phone in Chinese.
    """
    return visit in ONE_A_VIEW if language == "zh-hans" else visit not in AT_A_DESK


ONE_A_VIEW = {visit.view: visit for group in GROUPS.values() for visit in reversed(group)}.values()
# The wide layout differs at the desks alone; one visit to each of their views is enough for it.
AT_A_DESK = {visit.view: visit for group in ("desks", "scanner") for visit in reversed(GROUPS[group])}.values()


def _unfocused_summary(visitor: Actor) -> list[str]:
    summary = visitor.page.locator(".govuk-error-summary, .rk-error-summary")
    if visitor.answer.status != 422 or summary.count() == 0:
        return []
    focused = summary.first.evaluate("one => one.contains(document.activeElement)")
    return [] if focused else [summary.first.inner_text()]
