"""The guide and the rules are the rule book's."""

import pytest
from django.utils.translation import override

from rongka.rulebook import RuleId, rule
from rongka.rulebook.guide import guide
from rongka.rulebook.order import Category, Track
from rongka.web.components.words import in_page_language


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("track", list(Track))
@pytest.mark.parametrize("category", list(Category))
def test_the_guide_shows_the_rule_books_steps_in_their_order(client, language, track, category):
    from django.utils import timezone

    page = client.get(f"/{language}/guide/{track}/{category.lower()}/")

    wanted = guide(category=category, track=track, on=timezone.localdate())
    assert page.context["guide"] == wanted
    with override(language):
        titles = [in_page_language(step.title) for step in wanted.steps]
    text = page.content.decode()
    places = [text.index(f'<h3 class="govuk-heading-m">{title}') for title in titles]
    assert places == sorted(places)


@pytest.mark.parametrize("path", ["overseas/d", "sideways/a", "overseas/%00", "OVERSEAS/a"])
def test_a_guide_that_does_not_exist_is_404(client, path):
    assert client.get(f"/en/guide/{path}/").status_code in {400, 404}


def test_every_rule_stands_on_the_page_with_its_code_and_source(client):
    text = client.get("/zh-hans/rules/").content.decode()

    for rule_id in RuleId:
        assert f'id="{rule_id}"' in text
        assert rule(rule_id).statement.zh in text


def test_what_is_not_official_is_marked(client):
    text = client.get("/en/rules/").content.decode()

    assert "rk-status--attention" in text
