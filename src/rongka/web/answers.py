"""What scripts of our own pages ask and get: JSON in, JSON out, the same errors as on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse

from rongka.credential import strict_json
from rongka.credential.errors import JsonError
from rongka.registers.journal.errors import Invalid
from rongka.text import Text

from .components.words import in_page_language

if TYPE_CHECKING:
    from django.http import HttpRequest

    from rongka.registers.journal.errors import RegisterError

SIGN_IN_AGAIN = Text(zh="请重新登录。", en="Sign in again.")
PAGE_EXPIRED = Text(zh="页面已过期，请重新打开。", en="This page has expired. Open it again.")


class RequestUnreadable(Invalid):
    """The body of a request is not the JSON that is asked for."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "request.unreadable",
            Text(zh="请求内容无法读取。", en="The request cannot be read."),
            next_step=Text(zh="请更新应用后重试。", en="Update the app and try again."),
        )


class RequestTooLarge(Invalid):
    """More than is taken at once."""

    status = 413

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "request.too-large",
            Text(zh="请求内容过大。", en="The request is too large."),
            next_step=Text(zh="请分次提交。", en="Send less at a time."),
        )


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a script asks, which can do nothing with a page."""
    accepted = request.headers.get("Accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def read_object(request: HttpRequest, *, max_bytes: int) -> dict[str, object]:
    """Read the body as a JSON object."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > max_bytes:  # a number: `config.security` has looked at it
        raise RequestTooLarge
    try:
        return strict_json.decode_object(request.body, max_bytes=max_bytes)
    except JsonError as error:
        raise RequestUnreadable from error


def refusal(error: RegisterError) -> JsonResponse:
    """Answer with an error of the registers, in the page's language."""
    next_step = in_page_language(error.next_step) if error.next_step else ""
    return answer(code=error.code, text=in_page_language(error.text), next_step=next_step, status=error.status)


def answer(*, code: str, text: str, status: int, next_step: str = "") -> JsonResponse:
    """Answer with a problem: a stable code, and words in the page's language."""
    return JsonResponse({"code": code, "text": text, "next_step": next_step}, status=status)


def both(text: Text) -> dict[str, str]:
    """Give a text in both languages."""
    return {"zh": text.zh, "en": text.en}
