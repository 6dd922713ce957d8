"""The licence view, and the notice as a paper: its link, its printed code, its number with the first letters."""

import shutil
import subprocess

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]
DOTS_PER_INCH = 150  # a scan, or a photograph held straight


@pytest.fixture
def holder(company, people):
    holder, about = company.actor("en", phone=True), people["MÜLLER"]
    holder.sign_in_to_wallet(number=about["notice_number"], name=about["name"])
    return holder


@pytest.fixture
def picture(holder, tmp_path):
    """Follow the link to the notice, print it, and take a picture of the print."""
    if not shutil.which("pdftoppm"):
        pytest.skip("prints the notice with pdftoppm (poppler-utils)")
    holder.open("wallet/me/")
    address = holder.page.locator("a[href$='/notice.pdf']").get_attribute("href")
    answer = holder.page.context.request.get(holder.origin + address)
    assert answer.headers["content-type"] == "application/pdf"
    paper = tmp_path / "notice.pdf"
    paper.write_bytes(answer.body())
    subprocess.run(
        ["pdftoppm", "-png", "-singlefile", "-r", str(DOTS_PER_INCH), paper, paper.with_suffix("")], check=True
    )
    return paper.with_suffix(".png")


def verdict_of(actor) -> str:
    return actor.page.locator("[data-verdict]").get_attribute("data-verdict")


def test_the_licence_view_hides_the_name_until_the_holder_opens_it(holder):
    holder.open("wallet/licence/")
    assert "MÜLLER" not in holder.text()
    assert "M***" in holder.text()

    holder.follow("main .rk-eye button")
    assert "MÜLLER, ANNA MARIA" in holder.text()

    holder.follow("main .rk-eye button")
    assert "MÜLLER" not in holder.text()


def test_a_printed_code_is_amber_and_tells_the_public_nothing_of_the_person(company, picture):
    stranger, inspector = company.actor("en"), company.actor("zh-hans")
    stranger.open("check-notice/")
    stranger.page.set_input_files("[name=image]", picture)
    stranger.press()
    inspector.sign_in_to_desk("inspector1")
    inspector.open("scan/")
    inspector.page.set_input_files("[name=image]", picture)  # read in the browser, at once

    assert (verdict_of(stranger), verdict_of(inspector)) == ("check", "check")
    assert "MÜLLER" not in stranger.page.content()
    assert "MÜLLER, ANNA MARIA" in inspector.text()


@pytest.mark.parametrize(
    ("initials", "verdict"), [("MA", "check"), ("am", "check"), ("XY", "not-our-code"), ("", "not-our-code")]
)
def test_a_notice_is_checked_by_its_number_and_the_first_letters(company, people, initials, verdict):
    stranger = company.actor("zh-hans", phone=True)
    stranger.open("check-notice/")
    stranger.fill(number=people["MÜLLER"]["notice_number"], initials=initials)

    stranger.press()

    assert verdict_of(stranger) == verdict
    assert "MÜLLER" not in stranger.page.content()
