"""The one pattern of forms, and the pages for errors."""

import pytest

pytestmark = pytest.mark.usefixtures("gallery")
FORM = "/en/gallery/form"


def answers(**other):
    return {
        "surname": "Müller", "number": "C01X00T47", "category": "A", "track": "o",
        "born_on_year": "1988", "born_on_month": "3", "born_on_day": "7", "agreed": "on",
    } | other  # fmt: skip


def test_a_form_that_does_not_parse_is_422_and_keeps_what_was_typed(client):
    page = client.post(FORM, answers(born_on_month="13", surname="Müller"))

    assert page.status_code == 422
    assert 'value="Müller"' in page.content.decode()
    assert 'value="13"' in page.content.decode()
    assert 'href="#id_born_on_0"' in page.content.decode()


def test_a_valid_form_is_shown_again_before_it_is_carried_out(client):
    page = client.post(FORM, answers()).content.decode()

    assert "Check your answers" in page
    assert "7 March 1988" in page
    assert '<input type="hidden" name="born_on_year" value="1988"' in page


def test_a_form_sent_back_to_be_changed_is_open_again(client):
    page = client.post(FORM, answers(change="1"))

    assert "Apply for a worker" in page.content.decode()


def test_a_confirmed_form_is_carried_out(client):
    assert client.post(FORM, answers(confirm="1")).content == b"done"


@pytest.mark.parametrize(("error", "status"), [("invalid", 422), ("conflict", 409), ("not-found", 404)])
def test_a_refused_command_shows_code_and_both_languages_and_keeps_what_was_typed(client, error, status):
    page = client.post(FORM, answers(confirm="1", surname=error))

    text = page.content.decode()
    assert page.status_code == status
    assert page.context["problems"][0].code in text
    assert page.context["problems"][0].text.zh in text
    assert page.context["problems"][0].text.en in text
    assert f'value="{error}"' in text


def test_an_error_about_a_field_leads_to_it_and_is_told_once_in_the_summary(client):
    text = client.post(FORM, answers(confirm="1", surname="invalid")).content.decode()

    assert 'href="#id_number">The passport number is wrong.</a>' in text
    assert "Passport number: The passport number is wrong." not in text


def test_an_error_that_no_form_caught_says_who_may(client):
    page = client.get("/en/gallery/fail")

    assert page.status_code == 403
    assert "the permit authority" in page.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_missing_page_is_404_with_a_way_on(client, language):
    page = client.get(f"/{language}/nothing/here")

    assert page.status_code == 404
    assert "page.not-found" in page.content.decode()


def test_a_crash_tells_a_number_and_nothing_else(client):
    client.raise_request_exception = False

    page = client.get("/en/gallery/crash")

    assert page.status_code == 500
    assert page["X-Request-ID"] in page.content.decode()
    assert "secret" not in page.content.decode()


def test_a_form_without_its_token_is_told_what_happened(settings, client):
    client.handler.enforce_csrf_checks = True

    page = client.post(FORM, answers())

    assert page.status_code == 403
    assert "request.form-expired" in page.content.decode()


def test_the_language_switch_keeps_the_page_and_its_query(client):
    page = client.get("/en/gallery/form?step=2").content.decode()

    assert '<a href="/zh-hans/gallery/form?step=2" lang="zh-Hans"' in page


def test_pages_hold_no_inline_style_and_no_inline_script(client):
    from gallery.pages import PAGES

    for name in PAGES:
        page = client.get(f"/en/gallery/{name}").content.decode()

        assert " style=" not in page
        assert "<script>" not in page
