"""Errors of the registers.

RegisterError
├── Refused            the rule book says no; carries its `Decision`
├── NotPermitted       this actor may not do this
├── NotFound           no such thing, or none that this actor may see
├── Invalid            a value that came in is wrong; names the field
│   ├── TooLong        more words than a record or a code holds
│   └── Unprintable    words with characters that cannot be shown
├── Conflict           somebody else was first
└── KeyReused          an idempotency key came back with another request
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rongka.rulebook import RuleId, rule
from rongka.text import Text

if TYPE_CHECKING:
    from rongka.rulebook import Decision, Source


class RegisterError(Exception):
    """A request that was not carried out; nothing was written."""

    status = 422
    source: Source | None = None

    def __init__(self, code: str, text: Text, *, next_step: Text | None = None, field: str = "") -> None:
        """Keep the stable code, the words and what to do next."""
        super().__init__(code)
        self.code = code
        self.text = text
        self.next_step = next_step
        self.field = field


class Refused(RegisterError):
    """The rule book refused; the decision says why, by which source, and what to do next."""

    status = 409

    def __init__(self, decision: Decision) -> None:
        """Take code and words from the first reason; `decision.reasons` holds all."""
        first = decision.reasons[0]
        super().__init__(first.code, first.text, next_step=first.next_step)
        self.decision = decision
        self.source = first.source


class NotPermitted(RegisterError):
    """The actor lacks a permission: in the one order every act has its actor."""

    status = 403
    source = rule(RuleId.ORDER_FIXED).source

    def __init__(self, permission: str) -> None:
        """Keep which permission was missing."""
        super().__init__(
            "access.not-permitted",
            Text(zh="您的账号没有办理此事项的权限。", en="Your account may not do this."),
            next_step=Text(zh="请联系本单位管理员。", en="Ask the administrator of your own unit."),
        )
        self.permission = permission


class NotFound(RegisterError):
    """There is no such thing, or none that this actor may see; the two look the same on purpose."""

    status = 404

    def __init__(self, code: str = "record.not-found", text: Text | None = None, *, field: str = "") -> None:
        """Keep the code; without words, the general ones."""
        super().__init__(
            code,
            text or Text(zh="未找到该记录。", en="No such record was found."),
            next_step=Text(zh="请核对编号后重试。", en="Check the number and try again."),
            field=field,
        )


class Invalid(RegisterError):
    """A value is wrong; `field` names it."""


class TooLong(Invalid):
    """More words than a record or a code holds."""

    def __init__(self, field: str) -> None:
        """Name the field."""
        super().__init__(
            "words.too-long",
            Text(zh="内容过长，无法写入凭证。", en="This is too long to stand in a code."),
            next_step=Text(zh="请缩短后重新输入。", en="Write it shorter."),
            field=field,
        )


class Unprintable(Invalid):
    """Words with control or invisible characters, which no code and no paper could show."""

    def __init__(self, field: str) -> None:
        """Name the field."""
        super().__init__(
            "words.unprintable",
            Text(zh="含有无法显示的字符。", en="This holds characters that cannot be shown."),
            next_step=Text(zh="请重新输入，不要粘贴。", en="Type it anew instead of pasting it."),
            field=field,
        )


class Conflict(RegisterError):
    """Somebody else was first."""

    status = 409


class KeyReused(Conflict):
    """One idempotency key, two different requests."""

    def __init__(self) -> None:
        """Say so; the first request stays as it was done."""
        super().__init__(
            "request.key-reused",
            Text(
                zh="该请求编号已用于另一项内容不同的请求。",
                en="This request key was already used for a different request.",
            ),
            next_step=Text(zh="请重新打开页面后再提交。", en="Open the page again and submit once more."),
        )
