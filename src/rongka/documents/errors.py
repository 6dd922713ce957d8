"""What goes wrong when a document is made.

DocumentError       a field is too long, the code does not fit a QR code, or there is no font
"""

from rongka.text import Text


class DocumentError(Exception):
    """The document cannot be made; ``code`` is stable, ``text`` says what to do."""

    def __init__(self, code: str, text: Text) -> None:
        """Keep the code and the words."""
        super().__init__(code)
        self.code = code
        self.text = text


def field_too_long(*, limit: int) -> DocumentError:
    """Refuse a text that would spoil the page."""
    return DocumentError(
        "document.field-too-long",
        Text(f"有一项内容超过{limit}个字符。请缩短。", f"A field has more than {limit} characters. Shorten it."),
    )


def code_not_printable() -> DocumentError:
    """Refuse a text that no QR code of a size that scans from paper can hold."""
    return DocumentError(
        "document.code-not-printable",
        Text("二维码内容为空或过长，无法打印。", "The text of the QR code is empty or too long to print."),
    )


def no_font() -> DocumentError:
    """Refuse to make a Chinese document without a Chinese font."""
    return DocumentError(
        "document.no-font",
        Text(
            "缺少中文字体。请安装manimgx-fonts-cjk或Noto Sans CJK。",
            "There is no Chinese font. Install manimgx-fonts-cjk or Noto Sans CJK.",
        ),
    )
