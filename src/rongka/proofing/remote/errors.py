"""Why a provider's answer does not count. None of these says anything about the passport or the person.

ProviderError   holds one code and its words in both languages
"""

from typing import Final, Self

from rongka.text import Text

_NEXT: Final = Text("请稍后再试，或到窗口办理。", "Try again later, or go to a counter.")


class ProviderError(Exception):
    """The provider did not answer, or its answer does not count: nothing is verified."""

    def __init__(self, code: str, text: Text) -> None:
        """Keep the code and the words."""
        super().__init__(code)
        self.code = code
        self.text = text

    @classmethod
    def of(cls, code: str) -> Self:
        """Make the error with this code; it is one of `REASONS`."""
        return cls(code, REASONS[code])


def _reason(zh: str, en: str) -> Text:
    return Text(f"{zh}{_NEXT.zh}", f"{en} {_NEXT.en}")


REASONS: Final = {
    "remote.time-out": _reason("外部核验服务未在限时内回答。", "The provider did not answer in time."),
    "remote.unreachable": _reason("无法连接外部核验服务。", "The provider cannot be reached."),
    "remote.failed": _reason("外部核验服务发生故障。", "The provider has a fault of its own."),
    "remote.refused": _reason("外部核验服务拒绝了请求。", "The provider refused the request."),
    "remote.redirected": _reason(
        "外部核验服务指向了其他地址，本系统不跟随。", "The provider points to another address, which is not followed."
    ),
    "remote.too-large": _reason("外部核验服务的回答过大。", "The provider's answer is too large."),
    "remote.malformed": _reason(
        "外部核验服务的回答不完整或格式不正确。", "The provider's answer is cut short or not well formed."
    ),
    "remote.not-signed": _reason(
        "外部核验服务的回答没有可信的签名。", "The provider's answer has no signature that we trust."
    ),
    "remote.other-request": _reason(
        "外部核验服务的回答属于另一次请求。", "The provider's answer belongs to another request."
    ),
    "remote.not-in-time": _reason("外部核验服务的回答不是现在签发的。", "The provider's answer was not signed now."),
    "remote.contradiction": _reason(
        "外部核验服务的回答自相矛盾，或与所送的文件不符。",
        "The provider's answer contradicts itself, or the files that it was asked about.",
    ),
}
