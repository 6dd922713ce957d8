"""A page for every component, to be looked at and to be checked; see conftest.py beside the folder."""

from datetime import UTC, date, datetime
from uuid import UUID

from django import forms
from django.conf.urls.i18n import i18n_patterns
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path

from rongka.registers.agencies.permissions import Kind, Permission, Role
from rongka.registers.agencies.queries import AgencyCard, StaffCard
from rongka.registers.journal.actors import Actor, holder
from rongka.registers.journal.errors import Conflict, Invalid, NotFound, NotPermitted
from rongka.rulebook.order import ActorKind
from rongka.text import Text
from rongka.web.audience import Audience, audience
from rongka.web.components.parts import (
    CardFace,
    Column,
    Happening,
    Link,
    Row,
    Status,
    StatusKind,
    StepKind,
    TrackerStep,
)
from rongka.web.forms import DayField, form_page

NOBODY = UUID(int=0)
LONG_NAME = "WOLFESCHLEGELSTEINHAUSENBERGERDORFF, HUBERT BLAINE MAXIMILIAN"
NOW = datetime(2026, 11, 25, 2, 32, tzinfo=UTC)
DAY = date(2026, 11, 25)

TRACKER = [
    TrackerStep(Text("工作许可通知", "Notice"), StepKind.DONE, done_on=date(2026, 9, 1)),
    TrackerStep(Text("Z字签证", "Visa"), StepKind.DONE, done_on=date(2026, 9, 20)),
    TrackerStep(Text("入境", "Entry"), StepKind.DONE, done_on=date(2026, 10, 8)),
    TrackerStep(
        Text("实名实人核验", "Verification"),
        StepKind.CURRENT,
        turn=Text("轮到您办理", "It is your turn"),
        since=date(2026, 10, 8),
        note=Text("没有领卡期限。", "There is no time limit for claiming the card."),
    ),
    TrackerStep(Text("申领电子社保卡", "Claim the card"), StepKind.AHEAD),
    TrackerStep(Text("绑定许可编号", "Binding"), StepKind.AHEAD),
    TrackerStep(Text("激活", "Activation"), StepKind.AHEAD),
]
FACE = CardFace(
    name=LONG_NAME,
    chinese_name="安娜·穆勒",
    mrz_name="WOLFESCHLEGELSTEINHAUSENBERGERDORFF<<HU",
    category=Text("A类 高端人才", "Category A"),
    status=Status(StatusKind.DONE, Text("已激活", "Active")),
    fields=[
        Row(Text("许可编号", "Permit number"), "3101***0042"),
        Row(Text("有效期至", "Valid until"), DAY),
        Row(
            Text("用人单位", "Employer"),
            Text("上海远帆精密仪器有限公司", "Shanghai Yuanfan Precision Instruments Co., Ltd."),
        ),
        Row(Text("岗位", "Post"), Text("首席光学工程师", "Principal optical engineer")),
        Row(Text("工作地点", "Place of work"), Text("上海市", "Shanghai")),
        Row(Text("护照号码", "Passport number"), "C01X***00T4"),
    ],
    footnote=Text("请与护照核对。", "Compare with the passport."),
)
ENDED = CardFace(
    name="O'CONNOR, SEÁN",
    category=Text("B类 专业人才", "Category B"),
    status=Status(StatusKind.REFUSED, Text("已暂停", "Suspended")),
    fields=FACE.fields[:2],
    is_active=False,
)
STATUSES = [Status(kind, kind.value.capitalize()) for kind in StatusKind]


class WorkerForm(forms.Form):
    surname = forms.CharField(label="Surname", max_length=120, help_text="As the passport prints it")
    number = forms.CharField(label="Passport number", max_length=9)
    category = forms.ChoiceField(label="Category", choices=[("A", "A"), ("B", "B"), ("C", "C")])
    track = forms.ChoiceField(label="Track", widget=forms.RadioSelect, choices=[("o", "Overseas"), ("l", "Legacy")])
    born_on = DayField(label="Date of birth", help_text="For example, 1988 3 7")
    note = forms.CharField(label="Remark", widget=forms.Textarea, required=False)
    passport = forms.FileField(label="Passport copy", required=False)
    agreed = forms.BooleanField(label="The worker agreed to this application")


def show(name, context=None):
    return lambda request: render(request, f"gallery/{name}", context)


def wallet(request):
    request.actor = holder(NOBODY)
    titles = {
        "steps": Text("办理进度", "Steps"),
        "refusal": Text("学历证明未认证。", "The degree certificate is not authenticated."),
    }
    action = Link("Start verification", "#start")
    happenings = [
        Happening(
            Text("已入境", "Entered"), NOW, Text("上海浦东机场边检", "Border inspection, Pudong"), "Passport + notice"
        ),
        Happening(Text("已签发签证", "Visa issued"), NOW),
    ]
    context = {"tracker": TRACKER, "action": action, "titles": titles, "face": FACE, "ended": ENDED}
    return show("wallet.html", context | {"happenings": happenings})(request)


def desk(request):
    agency = AgencyCard(
        NOBODY, Kind.AUTHORITY, Text("上海市外国人来华工作服务中心", "Shanghai permit authority"), "", None
    )
    request.staff = StaffCard(NOBODY, "Li Wei", Role.OFFICER, agency)
    request.actor = Actor(ActorKind.AUTHORITY, permissions=frozenset({Permission.DECIDE}))
    rows = [
        [Link("SQ-2026-000042", "#42"), LONG_NAME, Status(StatusKind.YOURS, "To decide"), DAY, 3],
        [Link("SQ-2026-000043", "#43"), "NGUYEN VAN AN", Status(StatusKind.WAITING, "Correction asked"), None, 10],
    ]
    columns = [
        Column("Case", is_short=True),
        Column("Worker"),
        Column("State"),
        Column("Due"),
        Column("Days", is_number=True),
    ]
    summary = [
        Row("Name", LONG_NAME, href="#name"),
        Row(Text("护照号码", "Passport number"), "C01X00T4", mismatch="Passport copy says C01X00T1"),
        Row("Born", DAY),
        Row("Remark", ""),
    ]
    page = Paginator(range(200), 10).page(5)
    context = {"rows": rows, "columns": columns, "summary": summary, "page": page, "statuses": STATUSES, "none": []}
    return show("desk.html", context)(request)


ERRORS = {
    "invalid": Invalid(
        "passport.number-wrong", Text("护照号码有误。", "The passport number is wrong."), field="number",
        next_step=Text("请核对护照。", "Check it against the passport."),
    ),
    "conflict": Conflict("case.decided", Text("该案件已由他人决定。", "Somebody else has decided this case.")),
    "not-found": NotFound(),
}  # fmt: skip


@audience(Audience.PUBLIC)
def form(request):
    def carry_out(sent):
        surname = sent.cleaned_data["surname"]
        if surname in ERRORS:
            raise ERRORS[surname]
        return HttpResponse("done")

    return form_page(
        request, form=WorkerForm, template="gallery/form.html", check_template="gallery/check.html",
        carry_out=carry_out,
    )  # fmt: skip


def verdict(request, kind):
    reason = Text("许可已于2026年11月1日注销", "The permit was cancelled on 1 November 2026")
    return show("verdict.html", {"kind": kind, "reason": reason})(request)


def fail(request):
    raise NotPermitted(Permission.DECIDE)


def crash(request):
    msg = "secret detail"
    raise RuntimeError(msg)


class Addresses:
    """The gallery's URLconf."""

    handler500 = "rongka.config.incidents.server_error"
    urlpatterns = i18n_patterns(
        path("gallery/wallet", wallet),
        path("gallery/desk", desk),
        path("gallery/form", form),
        path("gallery/done", show("done.html", {"now": NOW, "day": DAY})),
        path("gallery/verdict/<kind>", verdict),
        path("gallery/fail", fail),
        path("gallery/crash", crash),
        path("", include("rongka.web.guide.urls")),
        prefix_default_language=True,
    )


PAGES = [
    "wallet", "desk", "form", "done", "fail", "missing",
    *[f"verdict/{kind}" for kind in ("valid", "check", "not-valid", "not-our-code")],
]  # fmt: skip
