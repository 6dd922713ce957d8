"""What an audience enforces."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse

from rongka.registers.agencies.models import Agency, Staff
from rongka.registers.agencies.permissions import Kind, Permission, Role
from rongka.registers.journal.actors import ActorKind
from rongka.registers.journal.errors import NotPermitted
from rongka.web import audience as module
from rongka.web.audience import HOLDER_KEY, Audience, actor_of, audience, who_may


@pytest.fixture(autouse=True)
def _addresses(monkeypatch):
    monkeypatch.setattr(module, "reverse", lambda name: f"/{name}")


@pytest.fixture
def ask(rf):
    def ask(view, *, user=None, session=None, method="get"):
        request = getattr(rf, method)("/en/desk/cases?page=2")
        request.user = user or AnonymousUser()
        request.session = session or {}
        return view(request)

    return ask


@pytest.fixture
def staff(db):
    agency = Agency.objects.create(kind=Kind.AUTHORITY, name_zh="机关", name_en="Authority", place="上海")
    return Staff.objects.create(username="li", name="Li", agency=agency, role=Role.OFFICER)


def seen(request):
    return HttpResponse(actor_of(request).kind)


def test_a_stranger_is_sent_to_the_wallet_sign_in_and_back(ask):
    answer = ask(audience(Audience.HOLDER)(seen))

    assert answer.status_code == 302
    assert answer["Location"] == "/wallet:sign-in?next=%2Fen%2Fdesk%2Fcases%3Fpage%3D2"


def test_a_form_sent_without_a_session_is_not_replayed(ask):
    answer = ask(audience(Audience.STAFF)(seen), method="post")

    assert answer["Location"] == "/desks:sign-in"


def test_a_holder_acts_as_holder_and_the_page_is_kept_by_no_cache(ask):
    answer = ask(audience(Audience.HOLDER)(seen), session={HOLDER_KEY: str(uuid4())})

    assert answer.content.decode() == ActorKind.HOLDER
    assert "no-store" in answer["Cache-Control"]


def test_a_holder_is_no_staff(ask):
    answer = ask(audience(Audience.STAFF)(seen), session={HOLDER_KEY: str(uuid4())})

    assert answer.status_code == 302


def test_staff_with_the_permission_may(ask, staff):
    view = audience(Audience.STAFF, permission=Permission.DECIDE)(seen)

    assert ask(view, user=staff).content.decode() == ActorKind.AUTHORITY


def test_staff_without_the_permission_may_not(ask, staff):
    view = audience(Audience.STAFF, permission=Permission.ISSUE_VISA)(seen)

    with pytest.raises(NotPermitted):
        ask(view, user=staff)


def test_the_refusal_can_say_who_may():
    assert who_may(Permission.ISSUE_VISA) == [Kind.CONSULATE]
